using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;
using Mainstreet.Domain.Stock;

namespace Mainstreet.Application.Pos;

/// <summary>
/// What a step of a sale means beyond the sale, in the same commit: the session's books, and the goods that leave or come back (STK-03).
/// All of it is decided before any of it is appended, so a refused sale leaves nothing behind in a batch.
/// </summary>
internal static class TillGoods
{
    public static void AppendSale(this ILaneLog log, SaleId id, RegisterSession session, bool taxIncluded, SaleEvent[] events, DateTimeOffset now)
    {
        var entries = events.SelectMany(e => session.Enter(e, taxIncluded, now)).ToArray();
        var moved = events.SelectMany(e => Moved(log, id, e, now)).ToArray();
        log.Append<Sale, SaleEvent>(id.Value, events);
        log.Append<RegisterSession, RegisterSessionEvent>(session.Id.Value, entries);
        foreach (var (variant, movement) in moved)
        {
            log.Append<StockItem, StockEvent>(variant.Value, movement);
        }
    }

    /// <summary>The next number of a till's receipts, which is taken when it is appended.</summary>
    public static (string Number, Action Take) NextReceipt(this ILaneLog log, Register register, DateTimeOffset now)
    {
        var stream = NumberSeries.Stream(register.Series);
        var (number, taken) = NumberSeries.Next(register.Series, log.Find<NumberSeries>(stream), now);
        return ($"{register.Code}-{number}", () => log.Append<NumberSeries, NumberSeriesEvent>(stream, taken));
    }

    private static (VariantId Variant, StockEvent[] Movement)[] Moved(ILaneLog log, SaleId id, SaleEvent e, DateTimeOffset now) => e switch
    {
        SaleRungUp sold => Leaving(log, sold, now),
        SaleVoided voided => Back(log, id, voided.Lines, now),
        SaleReturned returned => Back(log, id, returned.Lines, now),
        _ => [],
    };

    private static (VariantId, StockEvent[])[] Leaving(ILaneLog log, SaleRungUp sold, DateTimeOffset now)
    {
        var demand = SaleLine.Demand(sold.Lines).Where(needed => log.Find<StockItem>(needed.VariantId.Value) is not null).ToArray();
        if (sold.Offline is null)
        {
            var shortages = demand.Where(needed => !log.Get<StockItem>(needed.VariantId.Value).Covers(needed.Quantity)).Select(needed => new Shortage(
                needed.VariantId, needed.Quantity, log.Get<StockItem>(needed.VariantId.Value).Available,
                [.. sold.Lines.Where(line => line.VariantId == needed.VariantId).Select(line => line.LineNo - 1)])).ToArray();
            Check.That(shortages.Length == 0, CheckoutErrors.OutOfStock(shortages));
        }

        return [.. demand.Select(needed => (needed.VariantId, log.Get<StockItem>(needed.VariantId.Value).Sell(sold.SaleId, needed.Quantity, sold.Offline is not null, now)))];
    }

    private static (VariantId, StockEvent[])[] Back(ILaneLog log, SaleId id, ReturnedLine[] lines, DateTimeOffset now) =>
    [
        .. lines.Where(line => line.Restocked).GroupBy(line => line.VariantId)
            .Where(same => log.Find<StockItem>(same.Key.Value) is not null)
            .Select(same => (same.Key, log.Get<StockItem>(same.Key.Value).TakeBack(id, same.Sum(line => line.Quantity), now))),
    ];
}
