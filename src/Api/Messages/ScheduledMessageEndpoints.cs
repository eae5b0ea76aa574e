using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Messages;
using MediatR;

namespace Mainstreet.Api.Messages;

/// <summary>What is to happen by itself in a business (row 27).</summary>
internal static class ScheduledMessageEndpoints
{
    public static void MapScheduledMessages(this IEndpointRouteBuilder api)
    {
        var messages = api.MapGroup("/scheduled-messages").WithTags("Messages");
        messages.MapGet("/", List).WithName("ListScheduledMessages").RequirePermission(Permissions.MessagesRead);
        messages.MapGet("/{messageId:guid}", Get).WithName("GetScheduledMessage").RequirePermission(Permissions.MessagesRead);
        messages.MapPost("/{messageId:guid}/run", Run).WithName("RunScheduledMessage").RequirePermission(Permissions.MessagesManage)
            .Refuses(409, "illegal_transition");
        messages.MapPost("/{messageId:guid}/cancel", Cancel).WithName("CancelScheduledMessage").RequirePermission(Permissions.MessagesManage)
            .Refuses(409, "illegal_transition", "message_running");
    }

    private static async Task<PageAnswer<ScheduledMessageBody>> List(
        Guid? subject, string? queue, string? type, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListScheduledMessages(paging, subject, queue, type), cancellationToken), ScheduledMessageBody.Of);

    private static async Task<OkAnswer<ScheduledMessageBody>> Get(Guid messageId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(ScheduledMessageBody.Of(await mediator.Send(new GetScheduledMessage(messageId), cancellationToken)));

    private static async Task<NoContentAnswer> Run(Guid messageId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RunScheduledMessage(messageId), cancellationToken));

    private static async Task<NoContentAnswer> Cancel(Guid messageId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new CancelScheduledMessage(messageId), cancellationToken));
}
