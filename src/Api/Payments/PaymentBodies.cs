using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;

namespace Mainstreet.Api.Payments;

/// <summary>A payment as its business sees it.</summary>
/// <param name="Captured">What the business was paid; left out while it has nothing.</param>
/// <param name="Refunded">What the customer has back: by refunds, and by disputes that were lost.</param>
/// <param name="Left">What can still be refunded.</param>
/// <param name="Reference">What the provider calls the payment.</param>
/// <param name="FailureReason">The provider's code.</param>
internal sealed record PaymentDetailBody(
    Guid Id,
    int Version,
    Guid OrderId,
    PaymentMethod Method,
    PaymentState Status,
    Money Amount,
    Money? Captured,
    Money Refunded,
    Money Left,
    string Provider,
    string Reference,
    string? FailureReason,
    RefundBody[] Refunds,
    DisputeBody[] Disputes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? CapturedAt,
    DateTimeOffset UpdatedAt)
{
    public static PaymentDetailBody Of(PaymentView payment) => new(
        payment.PaymentId.Value, payment.Version, payment.OrderId.Value, PaymentMethod.Card, payment.Status, payment.Amount, payment.Captured, payment.Refunded, payment.Left,
        payment.Provider, payment.Reference, payment.FailureReason, [.. payment.Refunds.Select(RefundBody.Of)], [.. payment.Disputes.Select(DisputeBody.Of)],
        payment.InitiatedAt, payment.CapturedAt, payment.UpdatedAt);
}

/// <param name="Automatic">Nobody asked for it, but the order was not to be fulfilled.</param>
/// <param name="Reference">What the provider calls it.</param>
/// <param name="FailureReason">The provider's code.</param>
internal sealed record RefundBody(
    Guid Id, RefundState Status, Money Amount, string? Reason, bool Automatic, string? Reference, string? FailureReason, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static RefundBody Of(RefundOfPayment refund) => new(
        refund.RefundId.Value, refund.Status, refund.Amount, refund.Reason, refund.Automatic, refund.Reference, refund.FailureReason, refund.RequestedAt, refund.UpdatedAt);
}

/// <param name="Reference">What the provider calls it.</param>
/// <param name="Reason">The provider's code.</param>
internal sealed record DisputeBody(string Reference, DisputeState Status, Money Amount, string Reason, DateTimeOffset OpenedAt, DateTimeOffset? ResolvedAt)
{
    public static DisputeBody Of(DisputeOfPayment dispute) =>
        new(dispute.Reference, dispute.Status, dispute.Amount, dispute.Reason, dispute.OpenedAt, dispute.ResolvedAt);
}

/// <param name="Left">What can still be refunded afterwards.</param>
internal sealed record RefundRequestedBody(Guid Id, RefundState Status, Money Amount, Money Left);
