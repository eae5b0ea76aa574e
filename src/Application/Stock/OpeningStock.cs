using Mainstreet.Domain;
using Mainstreet.Domain.Stock;

namespace Mainstreet.Application.Stock;

/// <summary>With what the ledger of a new variant begins.</summary>
public sealed record OpeningStock(StockPolicy Policy = StockPolicy.Deny, decimal Quantity = 0, decimal Minimum = 0);

internal static class StockOpening
{
    private const string Reference = "Opening stock";

    /// <summary>
    /// Opens the ledger of a variant in the commit that makes the variant. One that was here before keeps its ledger: it goes
    /// on when the variant comes back.
    /// </summary>
    /// <param name="unitCost">What the quantity was bought for, where known.</param>
    public static void OpenStock(this ILaneLog log, VariantId variant, OpeningStock stock, Money? unitCost, DateTimeOffset now)
    {
        if (log.Find<StockItem>(variant.Value) is not null)
        {
            return;
        }

        log.Append<StockItem, StockEvent>(variant.Value, StockItem.Open(variant, stock.Policy, stock.Minimum, now));
        if (stock.Quantity != 0)
        {
            log.Append<StockItem, StockEvent>(variant.Value, log.Get<StockItem>(variant.Value).Receive(stock.Quantity, unitCost, Reference, now));
        }
    }
}
