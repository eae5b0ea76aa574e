using Mainstreet.Application.Orders;
using Mainstreet.Application.Stock;
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
        var moved = events.SelectMany(e => Moved(log, id, session.LocationId, e, now)).ToArray();
        log.Append<Sale, SaleEvent>(id.Value, events);
        log.Append<RegisterSession, RegisterSessionEvent>(session.Id.Value, entries);
        foreach (var (item, movement) in moved)
        {
            log.AppendStock(item, movement, now);
        }
    }

    /// <summary>The next number of a till's receipts, which is taken when it is appended.</summary>
    public static (string Number, Action Take) NextReceipt(this ILaneLog log, Register register, DateTimeOffset now)
    {
        var stream = NumberSeries.Stream(register.Series);
        var (number, taken) = NumberSeries.Next(register.Series, log.Find<NumberSeries>(stream), now);
        return ($"{register.Code}-{number}", () => log.Append<NumberSeries, NumberSeriesEvent>(stream, taken));
    }

    /// <param name="location">Where the till of the step stands: what comes back at another till than it was sold at is on the shelf there.</param>
    private static (StockItem Item, StockEvent[] Movement)[] Moved(ILaneLog log, SaleId id, LocationId? location, SaleEvent e, DateTimeOffset now) => e switch
    {
        SaleRungUp sold => Leaving(log, location, sold, now),
        SaleVoided voided => Back(log, id, location, voided.Lines, now),
        SaleReturned returned => Back(log, id, location, returned.Lines, now),
        _ => [],
    };

    private static (StockItem, StockEvent[])[] Leaving(ILaneLog log, LocationId? location, SaleRungUp sold, DateTimeOffset now)
    {
        var demand = SaleLine.Demand(sold.Lines).Select(needed => (Item: log.FindStock(needed.VariantId, location, now)!, needed.Quantity)).Where(needed => needed.Item is not null).ToArray();
        if (sold.Offline is null)
        {
            var shortages = demand.Where(needed => !needed.Item.Covers(needed.Quantity)).Select(needed => new Shortage(
                needed.Item.Id, needed.Quantity, needed.Item.Available,
                [.. sold.Lines.Where(line => line.VariantId == needed.Item.Id).Select(line => line.LineNo - 1)])).ToArray();
            Check.That(shortages.Length == 0, CheckoutErrors.OutOfStock(shortages));
        }

        return [.. demand.Select(needed => (needed.Item, needed.Item.Sell(sold.SaleId, needed.Quantity, sold.Offline is not null, now)))];
    }

    private static (StockItem, StockEvent[])[] Back(ILaneLog log, SaleId id, LocationId? location, ReturnedLine[] lines, DateTimeOffset now)
    {
        var soldAt = log.Get<RegisterSession>(log.Get<Sale>(id.Value).SessionId.Value).LocationId;
        return
        [
            .. lines.Where(line => line.Restocked).GroupBy(line => line.VariantId)
                .Select(same => (Item: log.FindStock(same.Key, location, now)!, From: soldAt == location ? null : log.FindStock(same.Key, soldAt, now), Quantity: same.Sum(line => line.Quantity)))
                .Where(same => same.Item is not null)
                .Select(same => (same.Item, same.Item.TakeBack(id, same.Quantity, same.From, now))),
        ];
    }
}
