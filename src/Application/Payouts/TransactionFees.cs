using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;
using Mainstreet.Domain.Payouts;
using Mainstreet.Domain.Pos;

namespace Mainstreet.Application.Payouts;

/// <summary>
/// The platform's fee follows money (PAY-04): it is charged when a payment is captured, an order paid in cash, a till sale paid, and reversed with what goes
/// back. Whoever asks a fee to be charged is the event that paid; so a rate that changes later charges nothing anew.
/// </summary>
internal sealed class TransactionFees : Policy
{
    public TransactionFees() : base("transaction_fees")
    {
        On<PaymentCaptured>(e => Settle(TransactionKind.CardPayment, e.PaymentId.Value, charges: true, e.At));
        On<PaymentRefunded>(e => Settle(TransactionKind.CardPayment, e.PaymentId.Value, charges: false, e.At));
        On<PaymentRefundFailed>(e => Settle(TransactionKind.CardPayment, e.PaymentId.Value, charges: false, e.At));
        On<PaymentDisputed>(e => Settle(TransactionKind.CardPayment, e.PaymentId.Value, charges: false, e.At));
        On<PaymentDisputeResolved>(e => Settle(TransactionKind.CardPayment, e.PaymentId.Value, charges: false, e.At));
        On<OrderDelivered>(e => OfCash(e.OrderId, e.CashCollected, e.At));
        On<OrderCollected>(e => OfCash(e.OrderId, e.CashCollected, e.At));
        On<SaleRungUp>(e => e.Due.Amount == 0 && e.Payments is not [] ? Settle(TransactionKind.TillSale, e.SaleId.Value, charges: true, e.At) : null);
        On<SalePaid>(e => e.Due.Amount == 0 ? Settle(TransactionKind.TillSale, e.SaleId.Value, charges: true, e.At) : null);
        On<SaleVoided>(e => Settle(TransactionKind.TillSale, e.SaleId.Value, charges: false, e.At));
        On<SaleReturned>(e => Settle(TransactionKind.TillSale, e.SaleId.Value, PaysTheRest(e), e.At));
    }

    /// <summary>Nothing is due any more, because what came back was taken off what was.</summary>
    private static bool PaysTheRest(SaleReturned e) => e.Due.Amount == 0 && e.Refunds.Sum(refund => refund.Amount.Amount) < e.Total.Amount;

    private static ScheduledCommand? OfCash(OrderId order, Money? collected, DateTimeOffset at) =>
        collected is { Amount: > 0 } ? Settle(TransactionKind.CashOrder, order.Value, charges: true, at) : null;

    private static ScheduledCommand Settle(TransactionKind kind, Guid id, bool charges, DateTimeOffset at) => Schedule(new SettleTransaction(kind, id, charges), at);
}
