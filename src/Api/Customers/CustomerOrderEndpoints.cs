using Mainstreet.Api.Http;
using Mainstreet.Api.Orders;
using Mainstreet.Application.Customers;
using Mainstreet.Application.Orders;
using Mainstreet.Application.Reviews;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Api.Customers;

/// <summary>What a guest does with an order's token, a customer does with the session, for all of their orders.</summary>
internal static class CustomerOrderEndpoints
{
    public static void MapCustomerOrders(this IEndpointRouteBuilder api)
    {
        var orders = api.MapGroup("/customers/me/orders").WithTags("Customers").RequireCustomer();
        orders.MapGet("/", List).WithName("ListCustomerOrders").Refuses(404, "not_found");
        orders.MapPost("/claim", Claim).WithName("ClaimOrder").Refuses(404, "not_found").Refuses(409, "order_of_another_customer");
        orders.MapGet("/{orderId:guid}", Get).WithName("GetCustomerOrder");
        orders.MapGet("/{orderId:guid}/tracking", Track).WithName("TrackCustomerOrder");
        orders.MapPost("/{orderId:guid}/cancel", Cancel).WithName("CancelCustomerOrder").For(Purpose.Attend).Refuses(409, "illegal_transition");
    }

    private static async Task<PageAnswer<CustomerOrderBody>> List(Paging paging, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListCustomerOrders(caller.Customer(), paging), cancellationToken), CustomerOrderBody.Of);

    private static async Task<NoContentAnswer> Claim(ClaimOrderRequest request, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ClaimOrder(caller.Customer(), new(request.OrderId), request.Token), cancellationToken));

    private static async Task<OkAnswer<TrackedOrderBody>> Get(Guid orderId, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var detail = await mediator.Send(new GetCustomerOrder(caller.Customer(), new(orderId)), cancellationToken);
        return Answers.Ok(TrackedOrderBody.Of(detail, await mediator.Send(new FindOrderReview(detail.Order.OrderId, OfGuests: false), cancellationToken)), detail.Order.Version);
    }

    private static async Task<OkAnswer<TrackingBody>> Track(Guid orderId, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var order = (await mediator.Send(new GetCustomerOrder(caller.Customer(), new(orderId)), cancellationToken)).Order;
        return Answers.Ok(TrackingBody.Of(order), order.Version);
    }

    private static async Task<NoContentAnswer> Cancel(Guid orderId, IfMatch ifMatch, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var order = (await mediator.Send(new GetCustomerOrder(caller.Customer(), new(orderId)), cancellationToken)).Order;
        return Answers.NoContent(await mediator.Send(new CancelOrder(order.OrderId, CanceledBy.Customer, "customer_request", ifMatch.Version), cancellationToken));
    }
}

/// <param name="Token">The order's, as it was given to whoever placed it.</param>
internal sealed record ClaimOrderRequest(Guid OrderId, string Token);

internal sealed record CustomerOrderBody(
    Guid Id, string Number, OrderStatus Status, PaymentStatus PaymentStatus, DeliveryType DeliveryType, int LineCount, Money Total, DateTimeOffset CreatedAt)
{
    public static CustomerOrderBody Of(OrderView order) => new(
        order.OrderId.Value, order.Number, order.Status, order.PaymentStatus, order.DeliveryType, order.Lines.Length, order.Total, order.PlacedAt);
}
