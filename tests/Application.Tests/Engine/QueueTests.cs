using System.Text.Json;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Application.Tests.Engine;

public class QueueTests(EngineHost engine) : IClassFixture<EngineHost>
{
    /// <summary>No worker serves it, so that the test alone claims.</summary>
    private readonly string queue = "test." + Guid.NewGuid();

    private readonly List<Guid> running = [];

    [Fact]
    public async Task A_provider_that_does_not_answer_holds_up_its_own_queue_alone_and_of_a_tenant_no_more_than_its_share()
    {
        var holds = engine.Services.GetRequiredService<Holds>();
        var (busy, other) = (await engine.NewTenant(), await engine.NewTenant());
        await engine.Send(busy, new ScheduleProviderHolds(6));
        await Started(4);
        await engine.Send(other, new ScheduleProviderHolds(6));
        await Started(4);

        var received = await engine.Send(busy, new ScheduleReceive(await engine.OpenItem(busy), 5, DateTimeOffset.UnixEpoch));
        await engine.Read<Arrivals>(busy, "select day, items, quantity from rm.test_arrivals", received.Position + 1);
        holds.Running.ShouldBe(8);
        (await Running(busy)).ShouldBe(4);
        (await Running(other)).ShouldBe(4);

        for (var i = 0; i < 12; i++)
        {
            holds.Release();
        }

        await Started(4);

        async Task Started(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await holds.Started();
            }
        }

        async Task<int> Running(TenantId tenant) => (await engine.Rows(
            "select 1 from messages where tenant_id = $1 and queue = $2 and leased_until > clock_timestamp()", row => row.GetInt32(0), tenant.Value, Queues.AiGeneration)).Count;
    }

    [Fact]
    public async Task Three_thousand_due_messages_of_one_tenant_do_not_delay_another_s_single_one()
    {
        var (flooding, single) = (await engine.NewTenant(), await engine.NewTenant());
        await Due(flooding, 3000);
        await Due(single, 1);

        var first = await Claim(most: 8, perTenant: 4);
        first.Count(tenant => tenant == flooding).ShouldBe(4);
        first.Count(tenant => tenant == single).ShouldBe(1);
    }

    [Fact]
    public async Task Where_many_tenants_flood_each_has_its_turn()
    {
        var tenants = new List<TenantId>();
        for (var i = 0; i < 20; i++)
        {
            tenants.Add(await engine.NewTenant());
            await Due(tenants[i], 300);
        }

        var late = await engine.NewTenant();
        await Due(late, 1);

        // one place, in which nothing stays: the newcomer waits for one message of each of the others at most
        var turns = new List<TenantId>();
        for (var i = 0; i < 42; i++)
        {
            turns.AddRange(await Claim(most: 1, perTenant: 1));
            running.Clear();
        }

        turns.Take(21).ShouldBe([.. tenants, late], ignoreOrder: true);
        turns.Take(20).ShouldBe(turns.Skip(21).Take(20).Where(tenant => tenant != late), ignoreOrder: true);
    }

    [Fact]
    public async Task A_tenant_behind_a_thousand_that_wait_for_another_day_is_found()
    {
        var flooding = await engine.NewTenant();
        await Due(flooding, 1000);
        var waiting = Enumerable.Range(0, 1200).Select(_ => Uuid.New()).ToArray();
        await Insert(waiting, "clock_timestamp() + interval '1 day'");
        var single = await engine.NewTenant();
        await Due(single, 1);
        running.AddRange(Enumerable.Repeat(flooding.Value, 4));

        var claims = 0;
        while (!(await Claim(most: 4, perTenant: 4)).Contains(single))
        {
            (await LookAgainAtOnce()).ShouldBeTrue();
            (++claims).ShouldBeLessThan(5);
        }

        (await Claim(most: 4, perTenant: 4)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_claim_reads_as_much_as_it_needs_where_many_wait_since_the_table_was_counted_nearly_empty()
    {
        await engine.Rows("delete from messages where type = 'test.nothing'", _ => 0);
        await engine.Rows("analyze messages", _ => 0);
        await Due(await engine.NewTenant(), 5000);

        var plan = await engine.Rows(
            "explain (analyze, buffers, format json) select * from claim_messages($1, 4, 4, interval '1 hour', '{}')", row => row.GetString(0), queue);

        using var read = JsonDocument.Parse(plan[0]);
        read.RootElement[0].GetProperty("Plan").GetProperty("Shared Hit Blocks").GetInt32().ShouldBeLessThan(10_000);
    }

    [Fact]
    public void Limits_are_settings_that_are_checked_at_the_start()
    {
        Limits("payments", parallel: 3).ShouldBe(new(3, 3));
        Limits("payments", parallel: 16, perTenant: 1).ShouldBe(new(16, 1));
        Should.Throw<InvalidOperationException>(() => Limits("payments", parallel: 0)).Message.ShouldStartWith("Messages:Queues:payments");
        Should.Throw<InvalidOperationException>(() => Limits("payments", parallel: 2, perTenant: 3));
        Should.Throw<InvalidOperationException>(() => Limits("paiments", parallel: 2)).Message.ShouldContain("no such queue");

        static QueueLimits Limits(string queue, int parallel, int? perTenant = null) =>
            QueueLimits.Of(new() { Queues = { [queue] = new() { Parallel = parallel, PerTenant = perTenant } } })[queue];
    }

    private Task Due(TenantId tenant, int count) => Insert([.. Enumerable.Repeat(tenant.Value, count)], "clock_timestamp()");

    private async Task Insert(Guid[] tenants, string visible) => await engine.Rows(
        $$"""
        insert into messages (tenant_id, message_id, queue, type, body, metadata, due_at, visible_at)
        select t, gen_random_uuid(), $2, 'test.nothing', '{}', '{}', clock_timestamp(), {{visible}} from unnest($1) as t
        """, _ => 0, tenants, queue);

    /// <summary>The tenants of the messages claimed; they count as running from now on.</summary>
    private async Task<List<TenantId>> Claim(int most, int perTenant)
    {
        var claimed = await engine.Rows(
            "select tenant_id from claim_messages($1, $2, $3, interval '1 hour', $4)", row => row.GetGuid(0), queue, most, perTenant, running.ToArray());
        running.AddRange(claimed);
        return [.. claimed.Select(tenant => new TenantId(tenant))];
    }

    private async Task<bool> LookAgainAtOnce() =>
        (await engine.Rows("select next_message_at($1, clock_timestamp()) <= clock_timestamp()", row => row.GetBoolean(0), queue))[0];
}
