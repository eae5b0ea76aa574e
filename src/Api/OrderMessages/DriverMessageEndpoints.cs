using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.OrderMessages;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Api.OrderMessages;

/// <summary>What a driver says about the order of a delivery, while it is under way (ORD-13). Positions count in the log of the delivery's business.</summary>
internal static class DriverMessageEndpoints
{
    public static void MapDriverMessages(this IEndpointRouteBuilder api)
    {
        var messages = api.MapGroup("/driver/deliveries/{deliveryId:guid}/messages").WithTags("Driver app").RequirePermission(Permissions.DriverDeliveries).For(Purpose.Attend)
            .Refuses(404, "not_found").Refuses(423, "business_closed");
        messages.MapGet("/", List).WithName("ListDriverMessages");
        OrderMessageEndpoints.Sending(messages.MapPost("/", Send).WithName("SendDriverMessage"));
        messages.MapPost("/read", Read).WithName("ReadDriverMessages");
    }

    private static async Task<PageAnswer<MessageBody>> List(Guid deliveryId, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListDriverMessages(new(deliveryId), paging), cancellationToken), MessageBody.Of);

    private static async Task<CreatedAnswer<SentMessageBody>> Send(Guid deliveryId, SendMessageRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = (await mediator.Send(new SendDriverMessage(new(deliveryId), request.To, request.Text), cancellationToken)).There;
        return Answers.Created($"/driver/deliveries/{deliveryId}/messages", SentMessageBody.Of(receipt), receipt);
    }

    private static async Task<NoContentAnswer> Read(Guid deliveryId, ReadMessagesRequest? request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent((await mediator.Send(new ReadDriverMessages(new(deliveryId), ReadMessagesRequest.Last(request)), cancellationToken)).There);
}
