using Mainstreet.Domain;
using Mainstreet.Domain.Payments;

namespace Mainstreet.Application.Payments;

internal sealed class PaymentProjection : Projection<PaymentView>
{
    public PaymentProjection() : base("payments", version: 2, inline: true)
    {
        Fold<PaymentInitiated>(e => e.PaymentId, e => e.At, (payment, e) => payment with
        {
            OrderId = e.OrderId,
            Amount = e.Amount,
            Refunded = Money.Zero(e.Amount.Currency),
            Provider = e.Provider,
            Reference = e.Reference,
            PayUrl = e.PayUrl,
            InitiatedAt = e.At,
        });
        Fold<PaymentAuthorized>(e => e.PaymentId, e => e.At, (payment, _) => payment with { Status = PaymentState.Authorized, FailureReason = null });
        Fold<PaymentCaptured>(e => e.PaymentId, e => e.At, (payment, e) =>
            Settled(payment with { Captured = e.Amount, CapturedAt = e.At, FailureReason = null }));
        Fold<PaymentFailed>(e => e.PaymentId, e => e.At, (payment, e) => payment with { Status = PaymentState.Failed, FailureReason = e.Reason });
        Fold<PaymentExpired>(e => e.PaymentId, e => e.At, (payment, _) => payment with { Status = PaymentState.Expired, FailureReason = null });
        Fold<PaymentVoided>(e => e.PaymentId, e => e.At, (payment, _) => payment with { Status = PaymentState.Voided, FailureReason = null });
        Fold<PaymentRefundRequested>(e => e.PaymentId, e => e.At, (payment, e) => payment with
        {
            Refunds = [.. payment.Refunds, new(e.RefundId, e.Amount, RefundState.Pending, e.Reason, e.Automatic, null, null, e.At, e.At)],
        });
        Fold<PaymentRefunded>(e => e.PaymentId, e => e.At, (payment, e) => Settled(Changed(payment with { Refunded = e.Refunded }, e.RefundId, e.Amount, e.At, refund => refund with
        {
            Status = RefundState.Succeeded,
            Reference = e.RefundReference,
        })));
        Fold<PaymentRefundFailed>(e => e.PaymentId, e => e.At, (payment, e) => Settled(Changed(payment with { Refunded = e.Refunded }, e.RefundId, e.Amount, e.At, refund => refund with
        {
            Status = RefundState.Failed,
            FailureReason = e.Reason,
        })));
        Fold<PaymentDisputed>(e => e.PaymentId, e => e.At, (payment, e) => Settled(payment with
        {
            Disputes = [.. payment.Disputes, new(e.Dispute, e.Amount, DisputeState.Open, e.Reason, e.At, null)],
        }));
        Fold<PaymentDisputeResolved>(e => e.PaymentId, e => e.At, (payment, e) => Settled(payment with
        {
            Refunded = e.Refunded,
            Disputes = [.. payment.Disputes.Select(dispute => dispute.Reference == e.Dispute
                ? dispute with { Status = e.Won ? DisputeState.Won : DisputeState.Lost, ResolvedAt = e.At }
                : dispute)],
        }));
        Index("order_id");
        Index("reference");
        Index("initiated_at desc", "payment_id desc");
        Index("status", "initiated_at desc", "payment_id desc");
    }

    private void Fold<TEvent>(Func<TEvent, PaymentId> id, Func<TEvent, DateTimeOffset> at, Func<PaymentView, TEvent, PaymentView> fold) where TEvent : PaymentEvent =>
        On<TEvent>(e => PaymentView.Empty(id(e)), (payment, e, context) => fold(payment, e) with { Version = context.Version, UpdatedAt = at(e) });

    /// <summary>What was refunded at the provider itself was not asked for here.</summary>
    private static PaymentView Changed(PaymentView payment, RefundId id, Money amount, DateTimeOffset at, Func<RefundOfPayment, RefundOfPayment> change)
    {
        var refunds = Array.Exists(payment.Refunds, refund => refund.RefundId == id)
            ? payment.Refunds
            : [.. payment.Refunds, new(id, amount, RefundState.Pending, null, false, null, null, at, at)];
        return payment with { Refunds = [.. refunds.Select(refund => refund.RefundId == id ? change(refund) with { UpdatedAt = at } : refund)] };
    }

    private static PaymentView Settled(PaymentView payment) => payment.Captured is { } captured
        ? payment with { Status = Payment.StateOf(captured, payment.Refunded, Array.Exists(payment.Disputes, dispute => dispute.Status == DisputeState.Open)) }
        : payment;
}
