using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Pos;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Api.Pos;

/// <summary>What is sold at a till (POS-01): rung up in one call, paid at once or later, voided or returned.</summary>
internal static class SaleEndpoints
{
    public static void MapSales(this IEndpointRouteBuilder api)
    {
        var sales = api.MapGroup("/business/sales").WithTags("Point of sale");
        sales.MapGet("/", List).WithName("ListSales").RequirePermission(Permissions.SalesRead);
        sales.MapPost("/", RingUp).WithName("RingUpSale").RequirePermission(Permissions.SalesWrite)
            .Refuses(400, "reason_required").Refuses(403, "override_not_allowed").Refuses(404, "not_found").Refuses(409, "already_exists", "session_closed")
            .Refuses(
                422, "not_available", "choices_invalid", "out_of_stock", "price_changed", "payment_incomplete", "overpaid", "reference_required", "discount_exceeds_price", "invalid_quantity",
                "amount_out_of_range", "currency_mismatch");

        var sale = sales.MapGroup("/{saleId:guid}");
        sale.MapGet("/", Get).WithName("GetSale").LooksBack().RequirePermission(Permissions.SalesRead);
        sale.MapPost("/payments", Pay).WithName("PaySale").RequirePermission(Permissions.SalesWrite).For(Purpose.WindUp).Refuses(409, "session_closed", "nothing_due")
            .Refuses(422, "overpaid", "reference_required", "amount_out_of_range", "currency_mismatch");
        sale.MapPost("/void", Void).WithName("VoidSale").RequirePermission(Permissions.SalesRefund).For(Purpose.WindUp)
            .Refuses(409, "session_closed", "other_session", "goods_returned");
        sale.MapPost("/returns", Return).WithName("ReturnGoods").RequirePermission(Permissions.SalesRefund).For(Purpose.WindUp)
            .Refuses(409, "session_closed", "illegal_transition")
            .Refuses(422, "line_unknown", "returns_too_much", "invalid_quantity", "refund_mismatch", "refund_above_payment", "amount_out_of_range", "currency_mismatch");
    }

    private static async Task<PageAnswer<SaleSummaryBody>> List(
        Paging paging, Choice<SaleStatus>? status, Choice<PaymentStatus>? paymentStatus, Guid? sessionId, Guid? customerId, DateTimeOffset? soldAfter,
        DateTimeOffset? soldBefore, string? q, IMediator mediator, CancellationToken cancellationToken) => Answers.Page(
            await mediator.Send(
                new ListSales(
                    paging, status?.Value, paymentStatus?.Value, sessionId is { } session ? new RegisterSessionId(session) : null,
                    customerId is { } customer ? new CustomerId(customer) : null, soldAfter, soldBefore, q),
                cancellationToken),
            SaleSummaryBody.Of);

    private static async Task<CreatedAnswer<SaleReceiptBody>> RingUp(RingUpSaleRequest request, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new RingUpSale(request.ToSale(), caller.Permissions.Contains(Permissions.SalesOverride)), cancellationToken);
        return Answers.Created($"/business/sales/{receipt.SaleId}", SaleReceiptBody.Of(receipt), receipt);
    }

    private static async Task<OkAnswer<SaleBody>> Get(Guid saleId, IMediator mediator, CancellationToken cancellationToken)
    {
        var sale = await mediator.Send(new GetSale(new(saleId)), cancellationToken);
        return Answers.Ok(SaleBody.Of(sale), sale.Version);
    }

    private static async Task<OkAnswer<SaleReceiptBody>> Pay(Guid saleId, PaySaleRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new PaySale(new(saleId), new(request.SessionId), [.. request.Payments.Select(Tender)], ifMatch.Version), cancellationToken);
        return Answers.Ok(SaleReceiptBody.Of(receipt), receipt);
    }

    private static async Task<NoContentAnswer> Void(Guid saleId, VoidSaleRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new VoidSale(new(saleId), new(request.SessionId), request.Reason, ifMatch.Version), cancellationToken));

    private static async Task<OkAnswer<SaleReceiptBody>> Return(Guid saleId, ReturnGoodsRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(
            new ReturnGoods(
                new(saleId), new(request.SessionId), [.. request.Lines.Select(line => new ReturnRequest(line.LineNo, line.Quantity, line.Restock))],
                request.Refunds is { } refunds ? [.. refunds.Select(Tender)] : null, request.Reason, ifMatch.Version),
            cancellationToken);
        return Answers.Ok(SaleReceiptBody.Of(receipt), receipt);
    }

    private static Tender Tender(TenderRequest tender) => tender.ToTender();
}
