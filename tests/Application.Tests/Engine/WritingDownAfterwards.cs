using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Application.Tests.Engine;

public class WritingDownAfterwards(EngineHost engine) : IClassFixture<EngineHost>
{
    private static readonly DateTimeOffset Earlier = new(2024, 2, 29, 8, 15, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_decision_takes_place_when_the_scope_says_and_is_recorded_now()
    {
        var tenant = await engine.NewTenant();
        var variant = new VariantId(Uuid.New());
        await engine.In(
            tenant,
            services => services.GetRequiredService<ILane>().Run(
                streams => streams.Of<StockItem>(variant.Value),
                (log, now) =>
                {
                    log.Append<StockItem, StockEvent>(variant.Value, StockItem.Open(variant, StockPolicy.Deny, 0, now));
                    return new Committed(log.Version(variant.Value));
                },
                CancellationToken.None),
            context => context.OccurredAt = Earlier);
        await engine.Send(tenant, new Receive(variant.Value, 1), context => context.OccurredAt = Earlier.AddHours(1));
        await engine.Send(tenant, new Receive(variant.Value, 1));

        var events = await Events(variant);
        events.Select(e => e.At).Distinct().Take(2).ShouldBe([Earlier, Earlier.AddHours(1)]);
        events[^1].At.ShouldBeGreaterThan(Earlier.AddYears(1));
        events.ShouldAllBe(e => e.RecordedAt > Earlier.AddYears(1));
    }

    [Fact]
    public async Task Steps_in_other_tenants_take_place_then_too()
    {
        var (here, there) = (await engine.NewTenant(), await engine.NewTenant());
        var variant = await engine.OpenItem(there);
        await engine.In(
            here,
            services => services.GetRequiredService<ITenantScopes>().Send(there, new Receive(variant, 1), CancellationToken.None),
            context => context.OccurredAt = Earlier);

        (await Events(new(variant)))[^1].At.ShouldBe(Earlier);
    }

    private Task<List<(DateTimeOffset At, DateTimeOffset RecordedAt)>> Events(VariantId variant) => engine.Rows(
        "select (data->>'at')::timestamptz, recorded_at from events where stream_id = $1 order by version",
        row => (row.GetFieldValue<DateTimeOffset>(0), row.GetFieldValue<DateTimeOffset>(1)), variant.Value);
}
