using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;

namespace Mainstreet.Application.Payments;

/// <summary>A payment and what its provider has reported (PAY-01).</summary>
public sealed record PaymentView(
    [property: Key] PaymentId PaymentId,
    int Version,
    OrderId OrderId,
    PaymentState Status,
    Money Amount,
    string Provider,
    string Reference,
    string? PayUrl,
    string? FailureReason,
    DateTimeOffset InitiatedAt,
    DateTimeOffset UpdatedAt)
{
    internal static async Task<PaymentView?> OfOrder(IReadStore reads, OrderView order, CancellationToken cancellationToken) =>
        order.PaymentMethod == PaymentMethod.Card
            ? await reads.Find<PaymentView>("select * from rm.payments where order_id = @order_id", new { order.OrderId }, cancellationToken)
            : null;
}

internal sealed class PaymentProjection : Projection<PaymentView>
{
    public PaymentProjection() : base("payments", version: 1, inline: true)
    {
        On<PaymentInitiated>(e => Empty(e.PaymentId), (_, e, context) => new(
            e.PaymentId, context.Version, e.OrderId, PaymentState.Pending, e.Amount, e.Provider, e.Reference, e.PayUrl, null, e.At, e.At));
        On<PaymentAuthorized>(e => Empty(e.PaymentId), (payment, e, context) => Changed(payment, PaymentState.Authorized, e.At, context));
        On<PaymentFailed>(e => Empty(e.PaymentId), (payment, e, context) =>
            Changed(payment, PaymentState.Failed, e.At, context) with { FailureReason = e.Reason });
        On<PaymentExpired>(e => Empty(e.PaymentId), (payment, e, context) => Changed(payment, PaymentState.Expired, e.At, context));
        On<PaymentVoided>(e => Empty(e.PaymentId), (payment, e, context) => Changed(payment, PaymentState.Voided, e.At, context));
        Index("order_id");
    }

    private static PaymentView Empty(PaymentId id) => new(id, 0, default, default, Money.Zero(""), "", "", null, null, default, default);

    private static PaymentView Changed(PaymentView payment, PaymentState status, DateTimeOffset at, FoldContext context) =>
        payment with { Version = context.Version, Status = status, FailureReason = null, UpdatedAt = at };
}
