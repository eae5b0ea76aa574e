using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Mainstreet.Application.Events;
using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using Mainstreet.Infrastructure.EventStore;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>How an earlier release may have stored an arrival.</summary>
[EventType("stock.received.v0")]
public sealed record StockArrived(Guid Item, int Pieces, DateTimeOffset At) : StockEvent, IFormerShape<StockCounted>
{
    [JsonIgnore]
    public override VariantId VariantId { get => new(Item); init => Item = value.Value; }

    [JsonIgnore]
    public override LocationId? LocationId { get; init; }

    public StockCounted Upcast() => new(Item, Pieces, "pieces", At);
}

/// <summary>And the release after it.</summary>
[EventType("stock.arrived.v1")]
public sealed record StockCounted(Guid Item, decimal Quantity, string Unit, DateTimeOffset At) : StockEvent, IFormerShape<StockReceived>
{
    [JsonIgnore]
    public override VariantId VariantId { get => new(Item); init => Item = value.Value; }

    [JsonIgnore]
    public override LocationId? LocationId { get; init; }

    public StockReceived Upcast() => new(new(Item), Quantity, UnitCost: null, Reference: null, LocationId: null, At);
}

/// <summary>Events that earlier releases stored in another shape.</summary>
public sealed class FormerShapeTests : IAsyncLifetime
{
    private readonly EngineHost engine = new(services => services.AddSingleton(new EventRegistry(
        [typeof(StockArrived), typeof(StockCounted)],
        new JsonSerializerOptions(EventJson.Options)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(EventJson.Options.TypeInfoResolver, new DefaultJsonTypeInfoResolver()),
        })));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => engine.InitializeAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task They_are_read_in_today_s_shape_and_stay_as_they_are()
    {
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);
        await Store(tenant, variant, $$"""{"item":"{{variant}}","pieces":5,"at":"2026-03-02T09:00:00Z"}""");

        (await engine.OnHand(tenant, variant)).ShouldBe(5);
        var last = (await engine.Send(tenant, new Receive(variant, 2))).Position;

        (await engine.OnHand(tenant, variant)).ShouldBe(7);
        (await engine.Read<Arrivals>(tenant, "select * from rm.test_arrivals where quantity > 0", last)).Sum(day => day.Quantity).ShouldBe(7);
        (await Told(tenant)).ShouldBe([("stock.received", 1, 5), ("stock.received", 1, 2)]);
        (await engine.Rows("select type from events where tenant_id = $1 and position = 2", row => row.GetString(0), tenant.Value)).ShouldBe(["stock.received.v0"]);
    }

    private Task<List<bool>> Store(TenantId tenant, Guid variant, string data) => engine.Rows(
        """
        insert into events (tenant_id, stream_id, version, position, event_id, type, data, metadata, recorded_at)
        select tenant_id, stream_id, version + 1, position + 1, gen_random_uuid(), 'stock.received.v0', $3::jsonb, metadata, recorded_at
          from events where tenant_id = $1 and stream_id = $2
        returning true
        """,
        row => row.GetBoolean(0), tenant.Value, variant, data);

    private async Task<(string Type, int Schema, decimal Quantity)[]> Told(TenantId tenant)
    {
        using var reader = await engine.In(tenant, services => services.GetRequiredService<IEventFeed>().Open(new(["stock.received"], null), new(0), 10, Token));
        var events = await reader.Next(TimeSpan.Zero, Token);
        return [.. events.Select(e =>
        {
            var body = JsonDocument.Parse(e.Body).RootElement;
            return (e.Type, body.GetProperty("schema_version").GetInt32(), body.GetProperty("data").GetProperty("quantity").GetDecimal());
        })];
    }
}
