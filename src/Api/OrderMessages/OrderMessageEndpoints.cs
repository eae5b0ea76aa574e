using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.OrderMessages;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.OrderMessages;
using MediatR;

namespace Mainstreet.Api.OrderMessages;

/// <summary>What the business says about its orders, and notes for itself (ORD-13, CUS-07).</summary>
internal static class OrderMessageEndpoints
{
    public static void MapOrderMessages(this IEndpointRouteBuilder api)
    {
        api.MapGet("/business/messages", Conversations).WithName("ListConversations").WithTags("Order messages").RequirePermission(Permissions.OrdersRead);

        var order = api.MapGroup("/business/orders/{orderId:guid}").WithTags("Order messages").Refuses(404, "not_found");
        order.MapGet("/messages", List).WithName("ListOrderMessages").RequirePermission(Permissions.OrdersRead);
        Sending(order.MapPost("/messages", Send).WithName("SendOrderMessage").RequirePermission(Permissions.OrdersWrite).For(Purpose.WindUp)).Refuses(409, "no_driver");
        order.MapPost("/messages/read", Read).WithName("ReadOrderMessages").RequirePermission(Permissions.OrdersWrite).For(Purpose.Attend);
        order.MapGet("/notes", Notes).WithName("ListOrderNotes").RequirePermission(Permissions.OrdersRead);
        order.MapPost("/notes", AddNote).WithName("AddOrderNote").RequirePermission(Permissions.OrdersWrite).For(Purpose.WindUp)
            .Refuses(400, "note_invalid").Refuses(409, "too_many_notes", "customer_erased");
    }

    internal static RouteHandlerBuilder Sending(RouteHandlerBuilder message) =>
        message.Refuses(400, "message_invalid", "message_to_self").Refuses(409, "too_many_messages", "customer_erased");

    private static async Task<PageAnswer<ConversationBody>> Conversations(bool? unread, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListConversations(unread ?? false, paging), cancellationToken), ConversationBody.Of);

    private static async Task<PageAnswer<BusinessMessageBody>> List(Guid orderId, Paging paging, IMediator mediator, CancellationToken cancellationToken)
    {
        var order = await Known(orderId, mediator, cancellationToken);
        return Answers.Page(await mediator.Send(new ListOrderMessages(order, MessageParty.Business, paging), cancellationToken), BusinessMessageBody.Of);
    }

    private static async Task<CreatedAnswer<SentMessageBody>> Send(Guid orderId, SendMessageRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new SendOrderMessage(new(orderId), MessageParty.Business, request.To, request.Text), cancellationToken);
        return Answers.Created($"/business/orders/{orderId}/messages", SentMessageBody.Of(receipt), receipt);
    }

    private static async Task<NoContentAnswer> Read(Guid orderId, ReadMessagesRequest? request, IMediator mediator, CancellationToken cancellationToken)
    {
        var order = await Known(orderId, mediator, cancellationToken);
        return Answers.NoContent(await mediator.Send(new ReadOrderMessages(order, MessageParty.Business, ReadMessagesRequest.Last(request)), cancellationToken));
    }

    private static async Task<PageAnswer<OrderNoteBody>> Notes(Guid orderId, Paging paging, IMediator mediator, CancellationToken cancellationToken)
    {
        var order = await Known(orderId, mediator, cancellationToken);
        return Answers.Page(await mediator.Send(new ListOrderNotes(order, paging), cancellationToken), OrderNoteBody.Of);
    }

    private static async Task<CreatedAnswer<AddedOrderNoteBody>> AddNote(Guid orderId, AddOrderNoteRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new AddOrderNote(new(orderId), request.Text), cancellationToken);
        return Answers.Created($"/business/orders/{orderId}/notes", new AddedOrderNoteBody(receipt.NoteId, receipt.AddedAt), receipt);
    }

    private static async Task<OrderId> Known(Guid orderId, IMediator mediator, CancellationToken cancellationToken) =>
        (await mediator.Send(new GetOrder(new(orderId)), cancellationToken)).Order.OrderId;
}
