using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Stock;

public abstract record StockEvent : IEvent;

[EventType("stock.item_opened.v1")]
public sealed record StockItemOpened(VariantId VariantId, StockPolicy Policy, decimal Minimum, DateTimeOffset At) : StockEvent;

[EventType("stock.received.v1")]
public sealed record StockReceived(VariantId VariantId, decimal Quantity, Money? UnitCost, string? Reference, DateTimeOffset At) : StockEvent;

[EventType("stock.reserved.v1")]
public sealed record StockReserved(VariantId VariantId, OrderId OrderId, decimal Quantity, DateTimeOffset At) : StockEvent;

[EventType("stock.reservation_released.v1")]
public sealed record StockReservationReleased(VariantId VariantId, OrderId OrderId, decimal Quantity, DateTimeOffset At) : StockEvent;

/// <summary><paramref name="UnitCost"/> is the average cost at that moment: what the sold goods had cost.</summary>
[EventType("stock.issued.v1")]
public sealed record StockIssued(VariantId VariantId, OrderId OrderId, decimal Quantity, Money? UnitCost, DateTimeOffset At) : StockEvent;

[EventType("stock.adjusted.v1")]
public sealed record StockAdjusted(VariantId VariantId, decimal Delta, string Reason, DateTimeOffset At) : StockEvent;

[EventType("stock.counted.v1")]
public sealed record StockCounted(VariantId VariantId, decimal Counted, decimal Difference, DateTimeOffset At) : StockEvent;

/// <summary>What a catalogue file said was there: remembered so that the same file says nothing new. Moves nothing by itself.</summary>
[EventType("stock.quantity_imported.v1", Internal = true)]
public sealed record StockQuantityImported(VariantId VariantId, decimal Quantity, DateTimeOffset At) : StockEvent;

[EventType("stock.returned.v1")]
public sealed record StockReturned(VariantId VariantId, OrderId OrderId, decimal Quantity, DateTimeOffset At) : StockEvent;

[EventType("stock.policy_changed.v1")]
public sealed record StockPolicyChanged(VariantId VariantId, StockPolicy Policy, DateTimeOffset At) : StockEvent;

[EventType("stock.minimum_set.v1")]
public sealed record StockMinimumSet(VariantId VariantId, decimal Minimum, DateTimeOffset At) : StockEvent;

/// <summary>What is available has come down to the minimum.</summary>
[EventType("stock.low.v1")]
public sealed record StockLow(VariantId VariantId, decimal Available, decimal Minimum, DateTimeOffset At) : StockEvent;

/// <summary>Nothing is available any more.</summary>
[EventType("stock.depleted.v1")]
public sealed record StockDepleted(VariantId VariantId, decimal Available, decimal Minimum, DateTimeOffset At) : StockEvent;

/// <summary>There is something available again, and more than the minimum.</summary>
[EventType("stock.replenished.v1")]
public sealed record StockReplenished(VariantId VariantId, decimal Available, decimal Minimum, DateTimeOffset At) : StockEvent;

/// <summary>More has left than there was: somebody has to count or decide.</summary>
[EventType("stock.negative.v1")]
public sealed record StockNegative(VariantId VariantId, decimal OnHand, DateTimeOffset At) : StockEvent;

[JsonSerializable(typeof(StockItemOpened))]
[JsonSerializable(typeof(StockReceived))]
[JsonSerializable(typeof(StockReserved))]
[JsonSerializable(typeof(StockReservationReleased))]
[JsonSerializable(typeof(StockIssued))]
[JsonSerializable(typeof(StockAdjusted))]
[JsonSerializable(typeof(StockCounted))]
[JsonSerializable(typeof(StockQuantityImported))]
[JsonSerializable(typeof(StockReturned))]
[JsonSerializable(typeof(StockPolicyChanged))]
[JsonSerializable(typeof(StockMinimumSet))]
[JsonSerializable(typeof(StockLow))]
[JsonSerializable(typeof(StockDepleted))]
[JsonSerializable(typeof(StockReplenished))]
[JsonSerializable(typeof(StockNegative))]
[JsonSerializable(typeof(StockItem))]
internal sealed partial class StockJson : JsonSerializerContext;
