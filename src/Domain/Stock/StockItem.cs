using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Stock;

public enum StockPolicy
{
    /// <summary>Nothing is sold that is not there.</summary>
    Deny,

    /// <summary>Orders are taken beyond what is there.</summary>
    Backorder,

    /// <summary>Orders neither reserve nor take anything, such as for services.</summary>
    Untracked,
}

/// <summary>
/// The ledger of one variant at one location (D4, C7, STK-07). Levels are sums of movements. Under <see cref="StockPolicy.Deny"/> no step takes
/// what is available below zero.
/// </summary>
public sealed partial record StockItem : IAggregate<StockItem, StockEvent>, ISnapshotted
{
    /// <summary>How many returning orders are remembered to recognise a repeat: a retry comes soon, and a snapshot must stay small.</summary>
    private const int RememberedReturns = 50;

    public static int SnapshotVersion => 1;

    public required VariantId Id { get; init; }

    /// <summary>Null: the default location.</summary>
    public LocationId? LocationId { get; init; }

    public required StockPolicy Policy { get; init; }

    /// <summary>At or below this, stock is low; zero means no alert before it is depleted.</summary>
    public required decimal Minimum { get; init; }

    public decimal OnHand { get; init; }

    /// <summary>What each order was promised and has not received.</summary>
    public ImmutableDictionary<OrderId, decimal> Reservations { get; init; } = ImmutableDictionary<OrderId, decimal>.Empty;

    public decimal Reserved { get; init; }

    /// <summary>The moving average in minor units, kept finer than money so that roundings do not add up.</summary>
    public decimal? UnitCost { get; init; }

    public string? CostCurrency { get; init; }

    [JsonIgnore]
    public Guid Stream => StreamOf(Id, LocationId);

    public ReturnedGoods[] RecentReturns { get; init; } = [];

    /// <summary>What the last catalogue file said was there; null before the first one.</summary>
    public decimal? ImportedQuantity { get; init; }

    [JsonIgnore]
    public decimal Available => OnHand - Reserved;

    /// <summary>Weighted moving average of what was paid per unit (STK-06); null while no receipt has named a cost.</summary>
    [JsonIgnore]
    public Money? AverageCost => UnitCost is { } cost && CostCurrency is { } currency ? new Money(1, currency) * cost : null;

    /// <summary>What so much of it cost, by the average before it is rounded; null while no receipt has named a cost. Rejects <c>cost_too_high</c>.</summary>
    public Money? CostOf(decimal quantity) =>
        UnitCost is not { } cost || CostCurrency is not { } currency ? null
        : cost * quantity <= Money.MaxAmount ? new Money(1, currency) * (cost * quantity)
        : throw new DomainException(StockErrors.CostTooHigh);

    [JsonIgnore]
    public bool IsDepleted => Policy != StockPolicy.Untracked && Available <= 0;

    [JsonIgnore]
    public bool IsLow => Policy != StockPolicy.Untracked && Minimum > 0 && Available <= Minimum;

    /// <summary>At the default location the variant's own id, which the ledger had before there were others.</summary>
    public static Guid StreamOf(VariantId variant, LocationId? location) =>
        location is { } place && place != Domain.LocationId.Default ? Uuid.Named("stock_item", variant.ToString(), place.ToString()) : variant.Value;

    public static StockEvent[] Open(VariantId variant, StockPolicy policy, decimal minimum, DateTimeOffset now) =>
        [new StockItemOpened(variant, policy, Level(minimum), null, now)];

    /// <summary>Goods arrive from a supplier (STK-05).</summary>
    /// <param name="quantity">Above zero.</param>
    /// <param name="unitCost">What one unit was bought for, in the item's currency; null leaves the average as it is.</param>
    /// <param name="reference">The purchase, for people.</param>
    /// <param name="now">When it arrived.</param>
    public StockEvent[] Receive(decimal quantity, Money? unitCost, string? reference, DateTimeOffset now) =>
        unitCost is { } cost && (cost.Amount is < 0 or > Money.MaxAmount || !string.Equals(cost.Currency, CostCurrency ?? cost.Currency, StringComparison.Ordinal))
            ? throw new DomainException(StockErrors.InvalidUnitCost)
            : Moved(new StockReceived(Id, Positive(quantity), unitCost, reference, LocationId, now), now);

    /// <summary>
    /// Goods leave with a sale at a till, once per sale: its commit sees to that. Rejects <c>out_of_stock</c> where the policy is deny, unless
    /// they have left already (<paramref name="unseen"/>): then the level goes below zero, and somebody has to decide.
    /// </summary>
    public StockEvent[] Sell(SaleId sale, decimal quantity, bool unseen, DateTimeOffset now) =>
        Take(quantity, () => new StockSold(Id, sale, quantity, AverageCost, unseen, LocationId, now), now, unseen);

    /// <summary>Goods of a sale at a till come back, once per return: its commit sees to that.</summary>
    /// <param name="sale">With which they left.</param>
    /// <param name="quantity">Above zero.</param>
    /// <param name="from">The ledger of another location from which they left, whose cost they have; null: this one.</param>
    /// <param name="now">When.</param>
    public StockEvent[] TakeBack(SaleId sale, decimal quantity, StockItem? from, DateTimeOffset now)
    {
        if (Policy == StockPolicy.Untracked)
        {
            return [];
        }

        var cost = from is null ? null : from.UnitCost ?? (UnitCost is null ? null : 0m); // what is not known counts for nothing, as with transfers
        return Moved(new StockTakenBack(Id, sale, Positive(quantity), LocationId, cost, cost is null ? null : from?.CostCurrency ?? CostCurrency, now), now);
    }

    /// <summary>Goods of an order come back in parts, once per refund: its commit sees to that. What is untracked was never taken.</summary>
    public StockEvent[] Restock(OrderId order, decimal quantity, DateTimeOffset now) =>
        Policy == StockPolicy.Untracked || quantity == 0 ? [] : Moved(new StockReturned(Id, order, Positive(quantity), LocationId, now), now);

    /// <summary>Goods become others (STK-05), once per production: its commit sees to that. Rejects <c>out_of_stock</c> where the policy is deny.</summary>
    public StockEvent[] Consume(ProductionId production, decimal quantity, string? reference, DateTimeOffset now) =>
        Take(quantity, () => new StockConsumed(Id, production, quantity, CostOf(quantity), reference, LocationId, now), now);

    /// <summary>Goods were made of others. Rejects <c>not_tracked</c>: there would be nothing to say how many there are.</summary>
    /// <param name="cost">Of all of it, see <see cref="Production"/>; null leaves the average as it is.</param>
    public StockEvent[] Produce(ProductionId production, decimal quantity, Money? cost, string? reference, DateTimeOffset now) =>
        Policy == StockPolicy.Untracked
            ? throw new DomainException(StockErrors.NotTracked)
            : Moved(new StockProduced(Id, production, Positive(quantity), cost, reference, LocationId, now), now);

    /// <summary>Corrects the level. Rejects <c>out_of_stock</c> when deny forbids to go below what orders were promised.</summary>
    /// <param name="delta">Up or down, not zero.</param>
    /// <param name="reason">Why, such as breakage.</param>
    /// <param name="now">When.</param>
    public StockEvent[] Adjust(decimal delta, string reason, DateTimeOffset now)
    {
        Positive(Math.Abs(delta));
        return Policy == StockPolicy.Deny && delta < 0 && Available + delta < 0
            ? throw new DomainException(StockErrors.OutOfStock(Id, -delta, Available))
            : Moved(new StockAdjusted(Id, delta, reason, LocationId, now), now);
    }

    /// <summary>
    /// What is really on the shelf. Records nothing when that is what the ledger says, so an import can be repeated. Under
    /// deny it cannot be less than what orders were promised: <c>counted_below_reserved</c>.
    /// </summary>
    public StockEvent[] Count(decimal counted, DateTimeOffset now)
    {
        if (Level(counted) == OnHand)
        {
            return [];
        }

        return Policy == StockPolicy.Deny && counted < OnHand && counted < Reserved
            ? throw new DomainException(StockErrors.CountedBelowReserved(Id, counted, Reserved))
            : Moved(new StockCounted(Id, counted, counted - OnHand, LocationId, now), now);
    }

    /// <summary>
    /// What a catalogue file says is there. It counts when it is not what the last file said: the same file again says
    /// nothing new, however much was sold since. Rejects as <see cref="Count"/> does.
    /// </summary>
    public StockEvent[] Import(decimal quantity, DateTimeOffset now) =>
        quantity == ImportedQuantity ? [] : [new StockQuantityImported(Id, Level(quantity), LocationId, now), .. Count(quantity, now)];

    /// <summary>Goods of an order come back, once per order. What is untracked was never taken.</summary>
    public StockEvent[] Return(OrderId order, decimal quantity, DateTimeOffset now)
    {
        var earlier = RecentReturns.FirstOrDefault(returned => returned.OrderId == order);
        return earlier switch
        {
            null when Policy == StockPolicy.Untracked => [],
            null => Moved(new StockReturned(Id, order, Positive(quantity), LocationId, now), now),
            _ when earlier.Quantity == quantity => [],
            _ => throw new DomainException(StockErrors.OtherQuantity(order, earlier.Quantity, quantity)),
        };
    }

    /// <summary>Backorders that were accepted before stay when the policy becomes deny: only new ones are refused.</summary>
    public StockEvent[] SetPolicy(StockPolicy policy, DateTimeOffset now) =>
        policy == Policy ? [] : Moved(new StockPolicyChanged(Id, policy, LocationId, now), now);

    public StockEvent[] SetMinimum(decimal minimum, DateTimeOffset now) =>
        Level(minimum) == Minimum ? [] : Moved(new StockMinimumSet(Id, minimum, LocationId, now), now);

    public static StockItem Evolve(StockItem? state, StockEvent e) => (state, e) switch
    {
        (null, StockItemOpened opened) => new() { Id = opened.VariantId, LocationId = opened.LocationId, Policy = opened.Policy, Minimum = opened.Minimum },
        ({ }, StockReceived received) => state.Averaged(received.Quantity, received.UnitCost, received.Quantity, counted: state.UnitCost is null ? 0 : state.OnHand) with { OnHand = state.OnHand + received.Quantity },
        ({ }, StockProduced made) => state.Averaged(made.Quantity, made.Cost, times: 1, counted: state.OnHand) with { OnHand = state.OnHand + made.Quantity },
        ({ }, StockConsumed consumed) => state with { OnHand = state.OnHand - consumed.Quantity },
        ({ }, StockReserved reserved) => state with
        {
            Reserved = state.Reserved + reserved.Quantity,
            Reservations = state.Reservations.SetItem(reserved.OrderId, state.Reservations.GetValueOrDefault(reserved.OrderId) + reserved.Quantity),
        },
        ({ }, StockReservationReleased released) => state.Without(released.OrderId, released.Quantity),
        ({ }, StockIssued issued) => state.Without(issued.OrderId, issued.Quantity) with { OnHand = state.OnHand - issued.Quantity },
        ({ }, StockSold sold) => state with { OnHand = state.OnHand - sold.Quantity },
        ({ }, StockTakenBack back) => (back.UnitCost is null ? state : state.Joined(back.Quantity, back.UnitCost, back.CostCurrency)) with { OnHand = state.OnHand + back.Quantity },
        ({ }, StockTransferredOut gone) => state with { OnHand = state.OnHand - gone.Quantity },
        ({ }, StockTransferredIn arrived) => state.Joined(arrived.Quantity, arrived.UnitCost, arrived.Cost?.Currency) with { OnHand = state.OnHand + arrived.Quantity },
        ({ }, StockAdjusted adjusted) => state with { OnHand = state.OnHand + adjusted.Delta },
        ({ }, StockCounted counted) => state with { OnHand = state.OnHand + counted.Difference },
        ({ }, StockQuantityImported imported) => state with { ImportedQuantity = imported.Quantity },
        ({ }, StockReturned returned) => state with
        {
            OnHand = state.OnHand + returned.Quantity,
            RecentReturns = [.. state.RecentReturns.TakeLast(RememberedReturns - 1), new(returned.OrderId, returned.Quantity)],
        },
        ({ }, StockPolicyChanged changed) => state with { Policy = changed.Policy },
        ({ }, StockMinimumSet set) => state with { Minimum = set.Minimum },
        ({ }, StockLow or StockDepleted or StockReplenished or StockNegative) => state,
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(state is null ? "an empty stream" : "an open item")}."),
    };

    /// <summary>The movement, and what it means where it crosses a threshold: once per crossing, in the same commit.</summary>
    private StockEvent[] Moved(StockEvent movement, DateTimeOffset now)
    {
        var after = Evolve(this, movement);
        return [movement, .. Crossings(after, now)];
    }

    private IEnumerable<StockEvent> Crossings(StockItem after, DateTimeOffset now)
    {
        if (after.IsLow && !IsLow)
        {
            yield return new StockLow(Id, after.Available, after.Minimum, LocationId, now);
        }

        if (after.IsDepleted && !IsDepleted)
        {
            yield return new StockDepleted(Id, after.Available, after.Minimum, LocationId, now);
        }

        if ((IsLow || IsDepleted) && !after.IsLow && !after.IsDepleted && after.Policy != StockPolicy.Untracked)
        {
            yield return new StockReplenished(Id, after.Available, after.Minimum, LocationId, now);
        }

        if (after.OnHand < 0 && OnHand >= 0)
        {
            yield return new StockNegative(Id, after.OnHand, LocationId, now);
        }
    }

    /// <summary>With the average after so much came in that cost <paramref name="cost"/> <paramref name="times"/> so often.</summary>
    /// <param name="counted">How much of what is there counts. What a receipt finds there without a known cost is taken to have cost as much; what was made must not make that worth more.</param>
    private StockItem Averaged(decimal quantity, Money? cost, decimal times, decimal counted)
    {
        if (cost is not { } paid)
        {
            return this;
        }

        var weight = Math.Max(counted, 0); // what is owed weighs nothing
        var average = ((weight * UnitCost.GetValueOrDefault()) + (times * paid.Amount)) / (weight + quantity);
        return this with { UnitCost = decimal.Round(average, 6), CostCurrency = paid.Currency };
    }

    private static decimal Positive(decimal quantity) =>
        Quantities.IsPositive(quantity) ? quantity : throw new DomainException(StockErrors.InvalidQuantity(quantity));

    private static decimal Level(decimal quantity) =>
        Quantities.IsLevel(quantity) ? quantity : throw new DomainException(StockErrors.InvalidQuantity(quantity));
}

/// <summary>What an order gave back.</summary>
public sealed record ReturnedGoods(OrderId OrderId, decimal Quantity);
