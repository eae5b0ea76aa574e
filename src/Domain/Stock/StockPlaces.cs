namespace Mainstreet.Domain.Stock;

/// <summary>The goods of a variant at several locations (STK-07).</summary>
public sealed partial record StockItem
{
    /// <summary>The ledger of the same variant at a further location, as it is opened there: empty, with the policy and the minimum of this one.</summary>
    public StockItem At(LocationId location, DateTimeOffset now) => Evolve(null, new StockItemOpened(Id, Policy, Minimum, location, now));

    /// <summary>What opened an empty ledger as this one.</summary>
    public StockItemOpened Opening(DateTimeOffset now) => new(Id, Policy, Minimum, LocationId, now);

    /// <summary>
    /// Goods leave for another location at their average cost, once per transfer: its commit sees to that. Rejects <c>out_of_stock</c> beyond what is
    /// there, and under deny beyond what is free of it, <c>not_tracked</c> and <c>cost_too_high</c>.
    /// </summary>
    public StockEvent[] TransferOut(TransferId transfer, decimal quantity, string? reference, DateTimeOffset now)
    {
        Check.That(Policy != StockPolicy.Untracked, StockErrors.NotTracked);
        Check.That(quantity <= OnHand || Policy == StockPolicy.Deny, StockErrors.OutOfStock(Id, quantity, OnHand)); // a sale can be owed, what is on a van cannot
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
    /// What is owed weighs nothing: it takes of what arrives, and what is left is worth what it cost elsewhere.
    /// </summary>
    private StockItem Joined(decimal quantity, decimal? unitCost, string? currency)
    {
        if (unitCost is null && UnitCost is null)
        {
            return this;
        }

        var weight = Math.Max(OnHand, 0);
        var average = ((weight * UnitCost.GetValueOrDefault()) + (quantity * unitCost.GetValueOrDefault())) / (weight + quantity);
        return this with { UnitCost = decimal.Round(average, 6), CostCurrency = CostCurrency ?? currency };
    }
}
