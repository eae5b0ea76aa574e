using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;
using Mainstreet.Domain.Payouts;
using Mainstreet.Domain.Pos;

namespace Mainstreet.Application.Payouts;

/// <summary>How a transaction stands, by the stream that it is told in.</summary>
internal static class TransactionSources
{
    /// <summary>Null: there is no such thing.</summary>
    public static async Task<TransactionFacts?> Facts(this IAggregates aggregates, TransactionRef source, CancellationToken cancellationToken) => source.Kind switch
    {
        TransactionKind.CardPayment => await aggregates.Find<Payment, PaymentEvent>(source.Id, cancellationToken) is { State: var payment }
            ? Of(source, payment, (await aggregates.Find<Order, OrderEvent>(payment.OrderId.Value, cancellationToken))?.State.Tip)
            : null,
        TransactionKind.CashOrder => await aggregates.Find<Order, OrderEvent>(source.Id, cancellationToken) is { State: var order } ? Of(source, order) : null,
        TransactionKind.TillSale => await aggregates.Find<Sale, SaleEvent>(source.Id, cancellationToken) is { State: var sale } ? Of(source, sale) : null,
    };

    /// <summary>As it stands in the lane.</summary>
    public static LaneStreams OfSource(this LaneStreams streams, TransactionRef source) => source.Kind switch
    {
        TransactionKind.CardPayment => streams.Of<Payment>(source.Id),
        TransactionKind.CashOrder => streams.Of<Order>(source.Id),
        TransactionKind.TillSale => streams.Of<Sale>(source.Id),
    };

    /// <param name="log">With the source's stream.</param>
    /// <param name="before">As it was found before: tips do not change.</param>
    public static TransactionFacts Facts(this ILaneLog log, TransactionFacts before) => before.Source.Kind switch
    {
        TransactionKind.CardPayment => Of(before.Source, log.Get<Payment>(before.Source.Id), before.Tip),
        TransactionKind.CashOrder => Of(before.Source, log.Get<Order>(before.Source.Id)),
        TransactionKind.TillSale => Of(before.Source, log.Get<Sale>(before.Source.Id)),
    };

    private static TransactionFacts Of(TransactionRef source, Payment payment, Money? tip)
    {
        var none = Money.Zero(payment.Amount.Currency);
        return new(
            source, payment.ConnectionId is null, payment.Captured ?? none,
            Sum(none, payment.Refunds.Where(refund => refund.State == RefundState.Succeeded).Select(refund => refund.Amount)),
            Sum(none, payment.Disputes.Where(dispute => dispute.State != DisputeState.Won).Select(dispute => dispute.Amount)),
            Sum(none, payment.Disputes.Where(dispute => dispute.State == DisputeState.Lost).Select(dispute => dispute.Amount)),
            tip ?? none);
    }

    private static TransactionFacts Of(TransactionRef source, Order order)
    {
        var none = Money.Zero(order.Total.Currency);
        return new(source, Held: false, order.PaymentStatus.IsSettled() ? order.Total : none, none, none, none, order.Tip);
    }

    private static TransactionFacts Of(TransactionRef source, Sale sale)
    {
        var none = Money.Zero(sale.Total.Currency);
        return new(
            source, Held: false, Sum(none, sale.Payments.Select(payment => payment.Amount)), Sum(none, sale.Refunds.Select(refund => refund.Amount)), none, none, none);
    }

    private static Money Sum(Money none, IEnumerable<Money> amounts) => amounts.Aggregate(none, (sum, amount) => sum + amount);
}
