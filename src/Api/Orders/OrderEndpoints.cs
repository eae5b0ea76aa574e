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

/// <param name="CashCollected">Exactly what is due in cash; left out when nothing is.</param>
internal sealed record CollectOrderRequest(Money? CashCollected = null);
