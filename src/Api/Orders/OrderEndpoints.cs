using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Api.Orders;

/// <summary>What the business does with its orders (ORD-09). Every step answers 204, or 409 with the steps that are possible.</summary>
internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder api)
    {
        var orders = api.MapGroup("/business/orders").WithTags("Orders");
        orders.MapGet("/", List).WithName("ListOrders").RequirePermission(Permissions.OrdersRead);
        orders.MapGet("/{orderId:guid}", Get).WithName("GetOrder").LooksBack().RequirePermission(Permissions.OrdersRead);

        var order = orders.MapGroup("/{orderId:guid}").RequirePermission(Permissions.OrdersWrite).For(Purpose.WindUp).Refuses(409, "illegal_transition");
        order.MapPatch("/", ChangeStatus).WithName("ChangeOrderStatus").Refuses(409, "order_not_paid").Refuses(422, "in_the_past", "cash_mismatch");
        order.MapPost("/confirm", Confirm).WithName("ConfirmOrder").Refuses(409, "order_not_paid").Refuses(422, "in_the_past");
        order.MapPost("/reject", Reject).WithName("RejectOrder");
        order.MapPost("/start-preparation", StartPreparation).WithName("StartPreparation");
        order.MapPost("/ready", MarkReady).WithName("MarkOrderReady");
        order.MapPost("/collect", Collect).WithName("CollectOrder").Refuses(422, "cash_mismatch");
        order.MapPost("/complete", Complete).WithName("CompleteOrder");
        order.MapPost("/amend", Amend).WithName("AmendOrder").RequireIdempotencyKey().Refuses(409, "order_not_paid", "goods_refunded", "payment_disputed").Refuses(
            422, "line_unknown", "invalid_quantity", "order_would_be_empty", "nothing_to_capture", "line_count", "not_available", "choices_invalid", "out_of_stock", "tax_inclusion_changed",
            "amendment_exceeds_payment", "consent_required", "currency_mismatch", "amount_out_of_range");
        order.MapPost("/cancel", Cancel).WithName("CancelOrder");
        order.MapPost("/return", Return).WithName("ReturnOrder");
        order.MapPost("/redeliver", Redeliver).WithName("RedeliverOrder");
    }

    private static async Task<PageAnswer<OrderSummaryBody>> List(
        Paging paging, Choice<OrderStatus>? status, DateTimeOffset? createdAfter, DateTimeOffset? createdBefore, string? q, IMediator mediator,
        CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListOrders(paging, status?.Value, createdAfter, createdBefore, q), cancellationToken), OrderSummaryBody.Of);

    private static async Task<OkAnswer<OrderBody>> Get(Guid orderId, IMediator mediator, CancellationToken cancellationToken)
    {
        var detail = await mediator.Send(new GetOrder(new OrderId(orderId)), cancellationToken);
        return Answers.Ok(OrderBody.Of(detail), detail.Order.Version);
    }

    private static Task<NoContentAnswer> ChangeStatus(
        Guid orderId, ChangeOrderStatusRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Step(mediator, new ChangeOrderStatus(
            new OrderId(orderId), request.Status, request.PromisedAt, request.Reason, request.CashCollected, ifMatch.Version), cancellationToken);

    private static Task<NoContentAnswer> Confirm(
        Guid orderId, ConfirmOrderRequest? request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Step(mediator, new ConfirmOrder(new OrderId(orderId), request?.PromisedAt, ifMatch.Version), cancellationToken);

    private static Task<NoContentAnswer> Reject(Guid orderId, OrderReasonRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Step(mediator, new RejectOrder(new OrderId(orderId), request.Reason, ifMatch.Version), cancellationToken);

    private static Task<NoContentAnswer> StartPreparation(Guid orderId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Step(mediator, new StartPreparation(new OrderId(orderId), ifMatch.Version), cancellationToken);

    private static Task<NoContentAnswer> MarkReady(Guid orderId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Step(mediator, new MarkOrderReady(new OrderId(orderId), ifMatch.Version), cancellationToken);

    private static Task<NoContentAnswer> Collect(
        Guid orderId, CollectOrderRequest? request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Step(mediator, new CollectOrder(new OrderId(orderId), request?.CashCollected, ifMatch.Version), cancellationToken);

    private static Task<NoContentAnswer> Complete(Guid orderId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Step(mediator, new CompleteOrder(new OrderId(orderId), ifMatch.Version), cancellationToken);

    private static Task<NoContentAnswer> Amend(Guid orderId, AmendOrderRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Step(mediator, request.ToCommand(new OrderId(orderId), ifMatch.Version), cancellationToken);

    private static Task<NoContentAnswer> Cancel(Guid orderId, OrderReasonRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Step(mediator, new CancelOrder(new OrderId(orderId), CanceledBy.Business, request.Reason, ifMatch.Version), cancellationToken);

    private static Task<NoContentAnswer> Return(Guid orderId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Step(mediator, new ReturnOrder(new OrderId(orderId), ifMatch.Version), cancellationToken);

    private static Task<NoContentAnswer> Redeliver(Guid orderId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Step(mediator, new RedeliverOrder(new OrderId(orderId), ifMatch.Version), cancellationToken);

    private static async Task<NoContentAnswer> Step(IMediator mediator, IRequest<Committed> command, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(command, cancellationToken));
}

/// <summary>The status to reach; the step that leads there is taken.</summary>
/// <param name="PromisedAt">With confirmed: when the customer can expect the goods.</param>
/// <param name="Reason">Needed with rejected and canceled.</param>
/// <param name="CashCollected">With delivered, for a pickup that is paid in cash.</param>
internal sealed record ChangeOrderStatusRequest(OrderStatus Status, DateTimeOffset? PromisedAt = null, string? Reason = null, Money? CashCollected = null);

/// <param name="PromisedAt">When the customer can expect the goods; left out: when they were wanted, or when they can be ready.</param>
internal sealed record ConfirmOrderRequest(DateTimeOffset? PromisedAt = null);

internal sealed record OrderReasonRequest(string Reason);

/// <param name="Lines">With another quantity; lines that are not named stay.</param>
/// <param name="Add">At the prices of today.</param>
/// <param name="CustomerAgreed">To pay more: needed where the total rises.</param>
internal sealed record AmendOrderRequest(LineQuantityRequest[]? Lines = null, BasketLineRequest[]? Add = null, string? Reason = null, bool CustomerAgreed = false)
{
    public AmendOrder ToCommand(OrderId order, int? version) => new(
        order, [.. (Lines ?? []).Select(line => new LineQuantity(line.LineNo, line.Quantity))], [.. (Add ?? []).Select(line => line.ToLine())], Reason, CustomerAgreed, version);
}

/// <param name="Quantity">From now on, with at most 3 decimals; 0 takes the line off.</param>
internal sealed record LineQuantityRequest(int LineNo, decimal Quantity);

/// <param name="CashCollected">Exactly what is due in cash; left out when nothing is.</param>
internal sealed record CollectOrderRequest(Money? CashCollected = null);
