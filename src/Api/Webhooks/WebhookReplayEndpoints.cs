using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Webhooks;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using MediatR;

namespace Mainstreet.Api.Webhooks;

internal static class WebhookReplayEndpoints
{
    public static void MapWebhookReplays(this IEndpointRouteBuilder api)
    {
        var replays = api.MapGroup("/webhook-endpoints/{endpointId:guid}/replays").WithTags("Webhooks");
        replays.MapPost("/", Request).WithName("RequestWebhookReplay").RequirePermission(Permissions.WebhooksWrite)
            .Refuses(409, "webhook_endpoint_disabled", "replay_running").Refuses(422, "position_ahead", "replay_empty");
        replays.MapGet("/", List).WithName("ListWebhookReplays").RequirePermission(Permissions.WebhooksRead);
        replays.MapGet("/{replayId:guid}", Get).WithName("GetWebhookReplay").RequirePermission(Permissions.WebhooksRead);
        replays.MapPost("/{replayId:guid}/cancel", Cancel).WithName("CancelWebhookReplay").RequirePermission(Permissions.WebhooksWrite)
            .Refuses(409, "illegal_transition");
    }

    private static async Task<CreatedAnswer<WebhookReplayIdBody>> Request(
        Guid endpointId, RequestWebhookReplayRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(request.ToCommand(new(endpointId)), cancellationToken);
        return Answers.Created($"/webhook-endpoints/{endpointId}/replays/{receipt.ReplayId}", new WebhookReplayIdBody(receipt.ReplayId.Value), receipt);
    }

    private static async Task<PageAnswer<WebhookReplayBody>> List(Guid endpointId, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListWebhookReplays(new(endpointId), paging), cancellationToken), WebhookReplayBody.Of);

    private static async Task<OkAnswer<WebhookReplayBody>> Get(Guid endpointId, Guid replayId, IMediator mediator, CancellationToken cancellationToken)
    {
        var replay = await mediator.Send(new GetWebhookReplay(new(endpointId), new(replayId)), cancellationToken);
        return Answers.Ok(WebhookReplayBody.Of(replay), replay.Version);
    }

    private static async Task<NoContentAnswer> Cancel(Guid endpointId, Guid replayId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new CancelWebhookReplay(new(endpointId), new(replayId)), cancellationToken));
}

/// <param name="FromPosition">Of the first event; 0 means the beginning too.</param>
/// <param name="FromTime">Instead: what happened from then on.</param>
/// <param name="ToPosition">Of the last event. Without it, and without a time, the replay goes up to the end of the log as it is now.</param>
/// <param name="ToTime">Instead: what happened until then.</param>
/// <param name="Types">Such as order.placed or order.*, of those that the endpoint asks for; left out: all of them.</param>
internal sealed record RequestWebhookReplayRequest(
    long? FromPosition = null, DateTimeOffset? FromTime = null, long? ToPosition = null, DateTimeOffset? ToTime = null, string[]? Types = null)
{
    public RequestWebhookReplay ToCommand(WebhookEndpointId endpoint) => new(endpoint, FromPosition, FromTime, ToPosition, ToTime, Types);
}

internal sealed record WebhookReplayIdBody(Guid Id);

/// <param name="Types">Left out: all that the endpoint asks for.</param>
/// <param name="Status">running, completed: nothing of it waits any more; or canceled.</param>
/// <param name="Total">Events in the range, asked for or not.</param>
/// <param name="Examined">How many of them were looked at.</param>
/// <param name="Filed">Those that are sent again. What was on its way already is not filed a second time.</param>
/// <param name="Pending">Filed, and still to be delivered.</param>
/// <param name="Failed">Given up after the last attempt.</param>
/// <param name="Canceled">Filed, and not sent after all.</param>
/// <param name="Percent">Of the range, what needs nothing more.</param>
internal sealed record WebhookReplayBody(
    Guid Id, Guid EndpointId, long FromPosition, long ToPosition, string[]? Types, WebhookReplayStatus Status, long Total, long Examined, long Filed, long Pending,
    long Delivered, long Failed, long Canceled, int Percent, DateTimeOffset RequestedAt, DateTimeOffset? EndedAt, int Version)
{
    public static WebhookReplayBody Of(WebhookReplayProgress replay) => new(
        replay.Id.Value, replay.EndpointId.Value, replay.FromPosition, replay.ToPosition, replay.Types, replay.Status, replay.Total, replay.Examined, replay.Filed,
        replay.Pending, replay.Delivered, replay.Failed, replay.Canceled, replay.Percent, replay.RequestedAt, replay.EndedAt, replay.Version);
}
