using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;

namespace Mainstreet.Application.Payments;

/// <summary>One step of one payment, committed together with what it means for its order and with what is to be done next.</summary>
internal static class PaymentSteps
{
    /// <summary>Errors: not_found (404), and what <paramref name="decide"/> refuses.</summary>
    public static async Task<Committed> Step(
        this ILane lane, IAggregates aggregates, PaymentId id, Func<Payment, DateTimeOffset, PaymentEvent[]> decide, CancellationToken cancellationToken)
    {
        var loaded = await aggregates.Find<Payment, PaymentEvent>(id.Value, cancellationToken) ?? throw new DomainException(PaymentErrors.NotFound);
        var order = loaded.State.OrderId;
        return await lane.Run(
            streams => streams.Of<Payment>(id.Value).Of<Order>(order.Value),
            (log, now) =>
            {
                log.AppendPayment(id, now, decide(log.Get<Payment>(id.Value), now));
                return new Committed(log.Version(id.Value));
            },
            cancellationToken);
    }

    /// <summary>For every decision in the lane that appends to a payment. The streams are the payment and its order.</summary>
    public static void AppendPayment(this ILaneLog log, PaymentId id, DateTimeOffset now, params PaymentEvent[] events)
    {
        log.Append<Payment, PaymentEvent>(id.Value, events);
        var payment = log.Get<Payment>(id.Value);
        foreach (var e in events)
        {
            var order = log.Get<Order>(payment.OrderId.Value);
            log.Append<Order, OrderEvent>(order.Id.Value, Meaning(e, payment, order, now));
            Follow(log, e, payment, order, now);
        }
    }

    private static OrderEvent[] Meaning(PaymentEvent e, Payment payment, Order order, DateTimeOffset now) => e switch
    {
        PaymentAuthorized when order.Status == OrderStatus.AwaitingPayment => order.AuthorizePayment(payment.Reference, now),
        PaymentCaptured captured => order.CapturePayment(captured.Amount, now),
        PaymentFailed failed => order.FailPayment(failed.Reason, now),
        PaymentVoided => order.FailPayment("authorization_released", now),
        PaymentRefundRequested { Automatic: true } requested => order.RequestRefund(requested.RefundId, requested.Amount, [], requested.Reason, now),
        PaymentRefunded made => order.Refund(made.RefundId, made.Amount, StatusOf(payment), now),
        PaymentRefundFailed failed => order.FailRefund(failed.RefundId, failed.Amount, failed.Reason, StatusOf(payment), now),
        PaymentDisputeResolved { Won: false } lost => order.Refund(new(Uuid.Named("dispute", payment.Id.ToString(), lost.Dispute)), lost.Amount, StatusOf(payment), now),
        _ => [],
    };

    /// <param name="order">As it was before the event.</param>
    private static void Follow(ILaneLog log, PaymentEvent e, Payment payment, Order order, DateTimeOffset now)
    {
        switch (e)
        {
            case PaymentAuthorized when payment.IsCaptured || order.Status == OrderStatus.AwaitingPayment:
                break;
            case PaymentAuthorized or PaymentCaptured or PaymentDisputeResolved when order.IsGivenUp:
                log.Schedule(new ReleasePayment(order.Id), now);
                break;
            case PaymentCaptured captured:
                var asked = captured.Amount.Amount < payment.Amount.Amount ? captured.Amount : payment.Amount; // what a provider takes besides is its own affair
                log.AppendPayment(payment.Id, now, payment.RefundExcess(asked - order.Total, now));
                break;
            case PaymentAuthorized:
                log.Schedule(new CapturePayment(order.Id), now);
                break;
            case PaymentRefundRequested requested:
                log.Schedule(new ExecuteRefund(requested.PaymentId, requested.RefundId), now);
                break;
        }
    }

    private static PaymentStatus StatusOf(Payment payment) => Payment.StateOf(payment.Captured!.Value, payment.Refunded, disputed: false) switch
    {
        PaymentState.Refunded => PaymentStatus.Refunded,
        PaymentState.PartiallyRefunded => PaymentStatus.PartiallyRefunded,
        _ => PaymentStatus.Paid,
    };
}
