using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Payments;
using MediatR;

namespace Mainstreet.Api.Payments;

/// <summary>What customers paid for orders (PAY-01), and what is given back of it (ORD-12).</summary>
internal static class PaymentEndpoints
{
    public static void MapPayments(this IEndpointRouteBuilder api)
    {
        var payments = api.MapGroup("/business/payments").WithTags("Payments");
        payments.MapGet("/", List).WithName("ListPayments").RequirePermission(Permissions.OrdersRead);

        var payment = payments.MapGroup("/{paymentId:guid}");
        payment.MapGet("/", Get).WithName("GetPayment").LooksBack().RequirePermission(Permissions.OrdersRead);
        payment.MapGet("/refunds/{refundId:guid}", GetRefund).WithName("GetRefund").RequirePermission(Permissions.OrdersRead);
        payment.MapPost("/refunds", Refund).WithName("RefundPayment").RequirePermission(Permissions.PaymentsRefund).For(Purpose.WindUp).RequireStepUp(openToKeys: true)
            .Refuses(400, "refund_amount_invalid").Refuses(409, "payment_not_captured", "payment_disputed", "nothing_to_refund", "goods_not_handed_over")
            .Refuses(422, "refund_by_hand_only", "refund_exceeds_payment", "line_unknown", "refunds_too_much", "invalid_quantity");
    }

    private static async Task<PageAnswer<PaymentDetailBody>> List(
        Paging paging, Choice<PaymentState>? status, string? provider, Guid? orderId, DateTimeOffset? createdAfter, DateTimeOffset? createdBefore, IMediator mediator,
        CancellationToken cancellationToken) => Answers.Page(
            await mediator.Send(
                new ListPayments(paging, status?.Value, provider, orderId is { } order ? new OrderId(order) : null, createdAfter, createdBefore), cancellationToken),
            PaymentDetailBody.Of);

    private static async Task<OkAnswer<PaymentDetailBody>> Get(Guid paymentId, IMediator mediator, CancellationToken cancellationToken)
    {
        var payment = await mediator.Send(new GetPayment(new(paymentId)), cancellationToken);
        return Answers.Ok(PaymentDetailBody.Of(payment), payment.Version);
    }

    private static async Task<OkAnswer<RefundBody>> GetRefund(Guid paymentId, Guid refundId, IMediator mediator, CancellationToken cancellationToken)
    {
        var payment = await mediator.Send(new GetPayment(new(paymentId)), cancellationToken);
        return Array.Find(payment.Refunds, refund => refund.RefundId.Value == refundId) is { } found
            ? Answers.Ok(RefundBody.Of(found), payment.Version)
            : throw new DomainException(DomainError.NotFound("refund"));
    }

    private static async Task<CreatedAnswer<RefundRequestedBody>> Refund(
        Guid paymentId, RefundPaymentRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        var lines = (request.Lines ?? []).Select(line => new RefundLine(line.LineNo, line.Quantity, line.Restock)).ToArray();
        var receipt = await mediator.Send(new RefundPayment(new(paymentId), request.Amount, lines, request.Reason, request.ByHand, ifMatch.Version), cancellationToken);
        return Answers.Created(
            $"/business/payments/{paymentId}/refunds/{receipt.RefundId}",
            new RefundRequestedBody(receipt.RefundId.Value, receipt.Status, receipt.Amount, receipt.Left), receipt);
    }
}

/// <param name="Amount">Left out: what the goods were worth, or without goods all that is left.</param>
/// <param name="Lines">Goods that it is for; they are worth their part of what was paid for all goods.</param>
/// <param name="ByHand">It was given back already, by bank or in cash: the provider is not told.</param>
internal sealed record RefundPaymentRequest(Money? Amount = null, RefundLineRequest[]? Lines = null, string? Reason = null, bool ByHand = false);

/// <param name="Restock">The goods came back, and are on the shelf again.</param>
internal sealed record RefundLineRequest(int LineNo, decimal Quantity, bool Restock = false);
