namespace Mainstreet.Domain.Stock;

/// <summary>The goods of a variant at several locations (STK-07).</summary>
public sealed partial record StockItem
{
    /// <summary>The ledger of the same variant at a further location, as it is opened there: empty, with the policy and the minimum of this one.</summary>
    public StockItem At(LocationId location, DateTimeOffset now) => Evolve(null, new StockItemOpened(Id, Policy, Minimum, location, now));

    /// <summary>What opened an empty ledger as this one.</summary>
    public StockItemOpened Opening(DateTimeOffset now) => new(Id, Policy, Minimum, LocationId, now);

    /// <summary>
    /// Goods leave for another location at their average cost, once per transfer: its commit sees to that. Rejects <c>out_of_stock</c> where the
    /// policy is deny, <c>not_tracked</c> and <c>cost_too_high</c>.
    /// </summary>
    public StockEvent[] TransferOut(TransferId transfer, decimal quantity, string? reference, DateTimeOffset now)
    {
        Check.That(Policy != StockPolicy.Untracked, StockErrors.NotTracked);
        return Take(quantity, () => new StockTransferredOut(Id, transfer, quantity, CostOf(quantity), reference, LocationId, now), now);
    }

    /// <summary>Goods come from another location, with what they cost there. Rejects <c>not_tracked</c>: they would be lost.</summary>
    /// <param name="from">As it was when they left.</param>
    public StockEvent[] TransferIn(TransferId transfer, StockItem from, decimal quantity, string? reference, DateTimeOffset now)
    {
        Check.That(Policy != StockPolicy.Untracked, StockErrors.NotTracked);
        return Moved(new StockTransferredIn(Id, transfer, Positive(quantity), from.CostOf(quantity), from.UnitCost, reference, LocationId, now), now);
    }

    /// <summary>
    /// The average of both, so that all locations together are worth what they were before: goods whose cost is not known count for nothing, there as here.
    /// </summary>
    private StockItem Joined(StockTransferredIn arrived)
    {
        if (arrived.UnitCost is null && UnitCost is null)
        {
            return this;
        }

        var weight = Math.Max(OnHand, 0); // what is owed weighs nothing
        var average = ((weight * UnitCost.GetValueOrDefault()) + (arrived.Quantity * arrived.UnitCost.GetValueOrDefault())) / (weight + arrived.Quantity);
        return this with { UnitCost = decimal.Round(average, 6), CostCurrency = CostCurrency ?? arrived.Cost?.Currency };
    }
}
