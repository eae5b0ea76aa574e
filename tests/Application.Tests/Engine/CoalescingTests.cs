using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>Commits that wait for the same lane are written in one transaction, and each has its own outcome all the same.</summary>
public class CoalescingTests(EngineHost engine) : IClassFixture<EngineHost>
{
    [Fact]
    public async Task What_waits_for_a_lane_is_written_together_in_order_of_arrival()
    {
        var tenant = await engine.NewTenant();
        var variants = new List<Guid>();
        for (var i = 0; i < 30; i++)
        {
            variants.Add(await engine.OpenItem(tenant));
        }

        var written = await Behind(tenant, [.. variants.Select(variant => (Func<Task<Committed>>)(() => engine.Send(tenant, new Receive(variant, 2))))]);

        written.Select(commit => commit.Position).ShouldBe(Enumerable.Range(1, 30).Select(i => 30L + (2 * i))); // each an arrival and a replenishment
        (await engine.Rows("select count(distinct xmin::text) from events where tenant_id = $1 and position > 30", row => row.GetInt64(0), tenant.Value)).ShouldBe([1L]);
        (await engine.Read<ItemCount>(tenant, "select id, events from rm.test_item_count order by id", 0)).ShouldAllBe(item => item.Events == 2);
        (await engine.Read<Arrivals>(tenant, "select min(day) as day, sum(items)::int as items, sum(quantity) as quantity from rm.test_arrivals", written[^1].Position))[0]
            .Quantity.ShouldBe(60);
    }

    [Fact]
    public async Task Who_lost_a_race_within_a_group_decides_again()
    {
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);

        await Behind(tenant, [.. Enumerable.Range(0, 3).Select(_ => (Func<Task<Committed>>)(() => engine.Send(tenant, new Receive(variant, 1))))]);

        (await engine.OnHand(tenant, variant)).ShouldBe(3);
        (await engine.Rows("select version from events where tenant_id = $1 and stream_id = $2 order by 1", row => row.GetInt32(0), tenant.Value, variant)).ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task A_twin_in_the_same_group_has_the_answer_of_the_first()
    {
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);
        var id = Uuid.New();

        var answers = await Behind(tenant, [.. Enumerable.Range(0, 4).Select(_ => (Func<Task<Committed>>)(() => engine.Send(tenant, new Receive(variant, 5), context =>
        {
            context.CommandId = id;
            context.Fingerprint = [1];
        })))]);

        answers.Distinct().Count().ShouldBe(1);
        (await engine.OnHand(tenant, variant)).ShouldBe(5);
    }

    [Fact]
    public async Task A_refusal_by_the_database_is_that_of_one_commit_and_not_of_its_neighbours()
    {
        var tenant = await engine.NewTenant();
        Guid[] variants = [await engine.OpenItem(tenant), await engine.OpenItem(tenant), await engine.OpenItem(tenant)];
        var takenOver = new ClaimedMessage(tenant, Uuid.New(), Queues.Default, "test.receive", "{}", EngineHost.Day, 1, 0, 0, "{}");

        var outcomes = await Behind(tenant, [.. variants.Select((variant, i) => (Func<Task<string>>)(async () =>
        {
            try
            {
                await engine.Send(tenant, new Receive(variant, 1), context => context.Message = i == 1 ? takenOver : null);
                return "committed";
            }
            catch (FencedException)
            {
                return "fenced";
            }
        }))]);

        outcomes.ShouldBe(["committed", "fenced", "committed"]);
        (await Task.WhenAll(variants.Select(variant => engine.OnHand(tenant, variant)))).ShouldBe([1, 0, 1]);
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_the_queue_and_writes_nothing()
    {
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);
        var gates = engine.Services.GetRequiredService<TenantGates>();
        using (await gates.Enter(tenant, Token))
        {
            using var patience = new CancellationTokenSource();
            var update = engine.In(tenant, services => services.GetRequiredService<IAggregates>().Update<StockItem, StockEvent>(
                variant, null, item => item.Receive(1, null, null, EngineHost.Day), patience.Token));
            while (gates.Waiting(tenant) < 1)
            {
                await Task.Yield();
            }

            await patience.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => update);
            gates.Waiting(tenant).ShouldBe(0);
        }

        (await engine.OnHand(tenant, variant)).ShouldBe(0);
    }

    /// <summary>Holds the lane until all of these wait for it, in this order.</summary>
    private async Task<T[]> Behind<T>(TenantId tenant, IReadOnlyList<Func<Task<T>>> commits)
    {
        var gates = engine.Services.GetRequiredService<TenantGates>();
        using var held = new ManualResetEventSlim();
        using var free = new ManualResetEventSlim();
        var holder = Task.Run(() => engine.In(tenant, services => services.GetRequiredService<ILane>().Run(
            _ => { },
            (_, _) =>
            {
                held.Set();
                free.Wait(Token);
                return new Committed(0);
            },
            Token)), Token);
        held.Wait(Token);
        var waiting = new List<Task<T>>();
        foreach (var commit in commits)
        {
            waiting.Add(commit());
            while (gates.Waiting(tenant) < waiting.Count)
            {
                await Task.Yield();
            }
        }

        free.Set();
        await holder;
        return await Task.WhenAll(waiting);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
