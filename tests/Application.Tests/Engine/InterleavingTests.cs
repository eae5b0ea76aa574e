using FsCheck;
using FsCheck.Fluent;
using Mainstreet.Application.Projections;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Subscriptions;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>What holds whatever happens to a tenant's subscriptions, in whatever order, while they run.</summary>
public class InterleavingTests(EngineHost engine) : IClassFixture<EngineHost>
{
    private const string Superstitious = "test_superstitious";
    private static readonly string[] views = ["test_arrivals", "test_item_count", Superstitious];

    /// <summary>Few steps of many kinds; commits more often than the rest.</summary>
    private static readonly Gen<Step> steps = Gen.Frequency(
        (8, Gen.Elements(1, 2, 5).Select(quantity => new Step("receive", quantity))),
        (2, Gen.Constant(new Step("receive", 13))),
        (2, Gen.Choose(0, views.Length - 1).Select(view => new Step("rebuild", view))),
        (1, Gen.Constant(new Step("retry", 0))),
        (1, Gen.Constant(new Step("skip", 0))),
        (1, Gen.Constant(new Step("restart", 0))));

    private SubscriptionRunner Runner => engine.Services.GetRequiredService<SubscriptionRunner>();

    [Fact]
    public Task Every_view_stays_the_fold_of_its_log() => Task.Run(
        () => Prop.ForAll(steps.ListOf().ToArbitrary(), taken => Holds([.. taken]).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(20).WithEndSize(40)),
        TestContext.Current.CancellationToken);

    private async Task Holds(Step[] taken)
    {
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);
        foreach (var step in taken)
        {
            await Take(step, tenant, variant);
        }

        while (await Unfinished(tenant) > 0)
        {
            // they go on by themselves, and each look is a trip to the database
        }

        do
        {
            await Runner.CatchUp(tenant, CancellationToken.None);
        }
        while (await Decide(tenant, parked => new SkipParkedEvent(Superstitious, parked, new(tenant), "bad luck")));

        var arrivals = taken.Where(step => step.Kind == "receive").Select(step => step.Value).ToArray();
        var head = arrivals.Length + 1;
        (await engine.Read<Arrivals>(tenant, "select min(day) as day, sum(items)::int as items, sum(quantity) as quantity from rm.test_arrivals", head))
            .Select(all => (all.Items, all.Quantity)).ShouldBe([(1, arrivals.Sum())]);
        (await engine.Read<ItemCount>(tenant, "select id, events from rm.test_item_count", head)).ShouldBe([new(new(variant), head)]);
        (await engine.Read<ItemCount>(tenant, "select id, events from rm.test_superstitious", head)).Sum(item => item.Events).ShouldBe(arrivals.Count(quantity => quantity != 13));
    }

    private async Task Take(Step step, TenantId tenant, Guid variant)
    {
        switch (step.Kind)
        {
            case "receive":
                await engine.Send(tenant, new Receive(variant, step.Value));
                break;
            case "rebuild":
                await Rebuild(tenant, views[step.Value]);
                break;
            case "retry":
                await Decide(tenant, parked => new RetryParkedEvent(Superstitious, parked, new(tenant)));
                break;
            case "skip":
                await Decide(tenant, parked => new SkipParkedEvent(Superstitious, parked, new(tenant), "bad luck"));
                break;
            default:
                await Runner.StopAsync(CancellationToken.None);
                await Runner.StartAsync(CancellationToken.None);
                break;
        }
    }

    private async Task Rebuild(TenantId tenant, string view)
    {
        try
        {
            await engine.Send(tenant, new StartRebuild(Uuid.New(), view, new(tenant), RebuildSwitch.Auto));
        }
        catch (DomainException e) when (e.Error.Code == "rebuild_running")
        {
            // the one before goes on
        }
    }

    /// <returns>Whether an event was parked.</returns>
    private async Task<bool> Decide(TenantId tenant, Func<Guid, MediatR.IRequest<Committed>> decision)
    {
        var parked = (await engine.Send(tenant, new ListParkedEvents(Superstitious, new(tenant), ParkedState.Parked, new()))).Data;
        foreach (var one in parked)
        {
            await engine.Send(tenant, decision(one.EventId));
        }

        return parked.Count > 0;
    }

    private async Task<long> Unfinished(TenantId tenant) => (await engine.Rows(
        "select count(*) from rebuilds where tenant_id = $1 and status not in ('switched', 'failed')", row => row.GetInt64(0), tenant.Value))[0];

    /// <param name="Value">How much is received, or which view is rebuilt.</param>
    private sealed record Step(string Kind, int Value);
}
