using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;

namespace Mainstreet.Application.Payments;

/// <summary>A payment and what its provider has reported (PAY-01).</summary>
/// <param name="Refunded">What the customer has back: by refunds, and by disputes that were lost.</param>
public sealed record PaymentView(
    [property: Key] PaymentId PaymentId,
    int Version,
    OrderId OrderId,
    PaymentState Status,
    Money Amount,
    Money? Captured,
    Money Refunded,
    string Provider,
    string Reference,
    string? PayUrl,
    string? FailureReason,
    RefundOfPayment[] Refunds,
    DisputeOfPayment[] Disputes,
    DateTimeOffset InitiatedAt,
    DateTimeOffset? CapturedAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>What can still be refunded.</summary>
    public Money Left => (Captured ?? Money.Zero(Amount.Currency)) - Refunded
        - Refunds.Where(refund => refund.Status == RefundState.Pending).Aggregate(Money.Zero(Amount.Currency), (sum, refund) => sum + refund.Amount);

    /// <summary>A row before its first event.</summary>
    internal static PaymentView Empty(PaymentId id) =>
        new(id, 0, default, default, Money.Zero(""), null, Money.Zero(""), "", "", null, null, [], [], default, null, default);

    internal static async Task<PaymentView?> OfOrder(IReadStore reads, OrderView order, CancellationToken cancellationToken) =>
        order.PaymentMethod == PaymentMethod.Card
            ? await reads.Find<PaymentView>("select * from rm.payments where order_id = @order_id", new { order.OrderId }, cancellationToken)
            : null;

    /// <summary>The payment that the provider calls so.</summary>
    internal static Task<PaymentView?> AtProvider(IReadStore reads, string provider, string reference, CancellationToken cancellationToken) =>
        reads.Find<PaymentView>("select * from rm.payments where provider = @provider and reference = @reference", new { provider, reference }, cancellationToken);
}

/// <param name="Automatic">Nobody asked for it, but the order was not to be fulfilled.</param>
/// <param name="Reference">What the provider calls it.</param>
/// <param name="FailureReason">The provider's code.</param>
public sealed record RefundOfPayment(
    RefundId RefundId, Money Amount, RefundState Status, string? Reason, bool Automatic, string? Reference, string? FailureReason, DateTimeOffset RequestedAt,
    DateTimeOffset UpdatedAt);

/// <param name="Reference">What the provider calls it.</param>
/// <param name="Reason">The provider's code.</param>
public sealed record DisputeOfPayment(string Reference, Money Amount, DisputeState Status, string Reason, DateTimeOffset OpenedAt, DateTimeOffset? ResolvedAt);
