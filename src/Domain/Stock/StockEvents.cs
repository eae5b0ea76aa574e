using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Stock;

/// <summary>A step of the goods of one variant at one location.</summary>
public abstract record StockEvent : IEvent
{
    public abstract VariantId VariantId { get; init; }

    /// <summary>Null: the default location, of which no event says anything.</summary>
    public abstract LocationId? LocationId { get; init; }
}

[EventType("stock.item_opened.v1", Description = "Stock of a variant is kept from now on.")]
public sealed record StockItemOpened(VariantId VariantId, StockPolicy Policy, decimal Minimum, LocationId? LocationId, DateTimeOffset At) : StockEvent;

[EventType("stock.received.v1", Description = "Goods came in.")]
public sealed record StockReceived(VariantId VariantId, decimal Quantity, Money? UnitCost, string? Reference, LocationId? LocationId, DateTimeOffset At) : StockEvent;

[EventType("stock.reserved.v1", Description = "Goods were put aside for an order.")]
public sealed record StockReserved(VariantId VariantId, OrderId OrderId, decimal Quantity, LocationId? LocationId, DateTimeOffset At) : StockEvent;

[EventType("stock.reservation_released.v1", Description = "Goods put aside for an order are free again.")]
public sealed record StockReservationReleased(VariantId VariantId, OrderId OrderId, decimal Quantity, LocationId? LocationId, DateTimeOffset At) : StockEvent;

/// <summary><paramref name="UnitCost"/> is the average cost at that moment: what the sold goods had cost.</summary>
[EventType("stock.issued.v1", Description = "Goods left for an order, at their average cost.")]
public sealed record StockIssued(VariantId VariantId, OrderId OrderId, decimal Quantity, Money? UnitCost, LocationId? LocationId, DateTimeOffset At) : StockEvent;

/// <summary>
/// Sold at a till, where the goods leave at once. <paramref name="Unseen"/>: the till could not ask how much there was, so the goods left
/// whatever the policy says.
/// </summary>
[EventType("stock.sold.v1", Description = "Goods left with a sale at a till, at their average cost; unseen, when the till was offline.")]
public sealed record StockSold(VariantId VariantId, SaleId SaleId, decimal Quantity, Money? UnitCost, bool Unseen, LocationId? LocationId, DateTimeOffset At) : StockEvent;

/// <param name="UnitCost">Of goods that were sold at another location its average in minor units, 0 while none is known there but here; null: they cost what those here do.</param>
[EventType("stock.taken_back.v1", Description = "Goods of a sale at a till are on the shelf again, with what they cost at another location if they were sold there.")]
public sealed record StockTakenBack(
    VariantId VariantId, SaleId SaleId, decimal Quantity, LocationId? LocationId, decimal? UnitCost, string? CostCurrency, DateTimeOffset At) : StockEvent;

/// <summary><paramref name="Cost"/> is of all of it, at the average cost of that moment; null while none is known.</summary>
[EventType("stock.consumed.v1", Description = "Goods became others, at their average cost.")]
public sealed record StockConsumed(VariantId VariantId, ProductionId ProductionId, decimal Quantity, Money? Cost, string? Reference, LocationId? LocationId, DateTimeOffset At) : StockEvent;

/// <summary><paramref name="Cost"/> is of all of it: its part of what went in, exact to the minor unit; null where that is not known.</summary>
[EventType("stock.produced.v1", Description = "Goods were made of others, and cost what these did.")]
public sealed record StockProduced(VariantId VariantId, ProductionId ProductionId, decimal Quantity, Money? Cost, string? Reference, LocationId? LocationId, DateTimeOffset At) : StockEvent;

[EventType("stock.transferred_out.v1", Description = "Goods left for another location, at their average cost.")]
public sealed record StockTransferredOut(VariantId VariantId, TransferId TransferId, decimal Quantity, Money? Cost, string? Reference, LocationId? LocationId, DateTimeOffset At) : StockEvent;

/// <param name="Cost">Of all of it, as it left the other location; null while none is known.</param>
/// <param name="UnitCost">The other location's average in minor units, finer than money, so that no part of a cent is lost on the way.</param>
[EventType("stock.transferred_in.v1", Description = "Goods came from another location, with what they cost there.")]
public sealed record StockTransferredIn(
    VariantId VariantId, TransferId TransferId, decimal Quantity, Money? Cost, decimal? UnitCost, string? Reference, LocationId? LocationId, DateTimeOffset At) : StockEvent;

[EventType("stock.adjusted.v1", Description = "The stock was corrected by hand.")]
public sealed record StockAdjusted(VariantId VariantId, decimal Delta, string Reason, LocationId? LocationId, DateTimeOffset At) : StockEvent;

[EventType("stock.counted.v1", Description = "The stock was counted.")]
public sealed record StockCounted(VariantId VariantId, decimal Counted, decimal Difference, LocationId? LocationId, DateTimeOffset At) : StockEvent;

/// <summary>What a catalogue file said was there: remembered so that the same file says nothing new. Moves nothing by itself.</summary>
[EventType("stock.quantity_imported.v1", Internal = true)]
public sealed record StockQuantityImported(VariantId VariantId, decimal Quantity, LocationId? LocationId, DateTimeOffset At) : StockEvent;

[EventType("stock.returned.v1", Description = "Goods of an order came back into stock.")]
public sealed record StockReturned(VariantId VariantId, OrderId OrderId, decimal Quantity, LocationId? LocationId, DateTimeOffset At) : StockEvent;

[EventType("stock.policy_changed.v1", Description = "What happens when a variant is sold out changed.")]
public sealed record StockPolicyChanged(VariantId VariantId, StockPolicy Policy, LocationId? LocationId, DateTimeOffset At) : StockEvent;

[EventType("stock.minimum_set.v1", Description = "Another minimum calls for attention.")]
public sealed record StockMinimumSet(VariantId VariantId, decimal Minimum, LocationId? LocationId, DateTimeOffset At) : StockEvent;

[EventType("stock.low.v1", Description = "What is available came down to the minimum.")]
public sealed record StockLow(VariantId VariantId, decimal Available, decimal Minimum, LocationId? LocationId, DateTimeOffset At) : StockEvent;

[EventType("stock.depleted.v1", Description = "Nothing is available any more.")]
public sealed record StockDepleted(VariantId VariantId, decimal Available, decimal Minimum, LocationId? LocationId, DateTimeOffset At) : StockEvent;

[EventType("stock.replenished.v1", Description = "More than the minimum is available again.")]
public sealed record StockReplenished(VariantId VariantId, decimal Available, decimal Minimum, LocationId? LocationId, DateTimeOffset At) : StockEvent;

[EventType("stock.negative.v1", Description = "More left than there was: somebody has to count or decide.")]
public sealed record StockNegative(VariantId VariantId, decimal OnHand, LocationId? LocationId, DateTimeOffset At) : StockEvent;

[JsonSerializable(typeof(StockItemOpened))]
[JsonSerializable(typeof(StockReceived))]
[JsonSerializable(typeof(StockReserved))]
[JsonSerializable(typeof(StockReservationReleased))]
[JsonSerializable(typeof(StockIssued))]
[JsonSerializable(typeof(StockSold))]
[JsonSerializable(typeof(StockTakenBack))]
[JsonSerializable(typeof(StockConsumed))]
[JsonSerializable(typeof(StockProduced))]
[JsonSerializable(typeof(StockTransferredOut))]
[JsonSerializable(typeof(StockTransferredIn))]
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
