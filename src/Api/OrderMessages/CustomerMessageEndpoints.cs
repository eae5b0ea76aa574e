using Mainstreet.Api.Customers;
using Mainstreet.Api.Http;
using Mainstreet.Api.Orders;
using Mainstreet.Application;
using Mainstreet.Application.Customers;
using Mainstreet.Application.OrderMessages;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.OrderMessages;
using MediatR;

namespace Mainstreet.Api.OrderMessages;

/// <summary>What customers say about their orders (ORD-13): with the session, or with an order's token.</summary>
internal static class CustomerMessageEndpoints
{
    public static void MapCustomerMessages(this IEndpointRouteBuilder api)
    {
        var linked = api.MapGroup("/orders/{orderId:guid}/messages").WithTags("Orders").Public().ResolveTenant<TrackingTokenTenant>()
            .Refuses(403, "conversation_in_account").Refuses(404, "not_found");
        linked.MapGet("/", ListLinked).WithName("ListTrackedOrderMessages");
        Sending(linked.MapPost("/", SendLinked).WithName("SendTrackedOrderMessage"));
        linked.MapPost("/read", ReadLinked).WithName("ReadTrackedOrderMessages").For(Purpose.Attend);

        var own = api.MapGroup("/customers/me/orders/{orderId:guid}/messages").WithTags("Customers").RequireCustomer().Refuses(404, "not_found");
        own.MapGet("/", List).WithName("ListCustomerOrderMessages");
        Sending(own.MapPost("/", Send).WithName("SendCustomerOrderMessage"));
        own.MapPost("/read", Read).WithName("ReadCustomerOrderMessages").For(Purpose.Attend);
    }

    private static void Sending(RouteHandlerBuilder message) => OrderMessageEndpoints.Sending(message).For(Purpose.WindUp).Refuses(409, "no_driver", "conversation_closed");

    private static async Task<PageAnswer<MessageBody>> ListLinked(Guid orderId, string token, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        await Shown(await Linked(orderId, token, mediator, cancellationToken), MessageParty.Link, paging, mediator, cancellationToken);

    private static async Task<CreatedAnswer<SentMessageBody>> SendLinked(Guid orderId, string token, SendMessageRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var order = await Linked(orderId, token, mediator, cancellationToken);
        var receipt = await mediator.Send(new SendOrderMessage(order, MessageParty.Link, request.To, request.Text), cancellationToken);
        return Answers.Created($"/orders/{orderId}/messages?token={token}", SentMessageBody.Of(receipt), receipt);
    }

    private static async Task<NoContentAnswer> ReadLinked(Guid orderId, string token, ReadMessagesRequest? request, IMediator mediator, CancellationToken cancellationToken) =>
        await Noted(await Linked(orderId, token, mediator, cancellationToken), MessageParty.Link, request, mediator, cancellationToken);

    private static async Task<PageAnswer<MessageBody>> List(Guid orderId, Caller caller, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        await Shown(await Own(orderId, caller, mediator, cancellationToken), MessageParty.Customer(caller.Customer()), paging, mediator, cancellationToken);

    private static async Task<CreatedAnswer<SentMessageBody>> Send(Guid orderId, SendMessageRequest request, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var order = await Own(orderId, caller, mediator, cancellationToken);
        var receipt = await mediator.Send(new SendOrderMessage(order, MessageParty.Customer(caller.Customer()), request.To, request.Text), cancellationToken);
        return Answers.Created($"/customers/me/orders/{orderId}/messages", SentMessageBody.Of(receipt), receipt);
    }

    private static async Task<NoContentAnswer> Read(Guid orderId, ReadMessagesRequest? request, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        await Noted(await Own(orderId, caller, mediator, cancellationToken), MessageParty.Customer(caller.Customer()), request, mediator, cancellationToken);

    private static async Task<PageAnswer<MessageBody>> Shown(OrderId order, MessageParty reader, PageRequest page, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListOrderMessages(order, reader, page), cancellationToken), MessageBody.Of);

    private static async Task<NoContentAnswer> Noted(OrderId order, MessageParty reader, ReadMessagesRequest? request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ReadOrderMessages(order, reader, ReadMessagesRequest.Last(request)), cancellationToken));

    private static async Task<OrderId> Linked(Guid orderId, string token, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new TrackOrder(new(orderId), token), cancellationToken)).Order.OrderId;

    private static async Task<OrderId> Own(Guid orderId, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new GetCustomerOrder(caller.Customer(), new(orderId)), cancellationToken)).Order.OrderId;
}
