using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>
/// Sends a stretch of the log to an endpoint once more, with the ids that its events have had (row 22). Errors: not_found (404);
/// webhook_endpoint_disabled, replay_running (409); position_ahead, replay_empty (422).
/// </summary>
/// <param name="FromPosition">The first one; 0 means the beginning too.</param>
/// <param name="FromTime">Instead: from then on.</param>
/// <param name="ToPosition">The last one; without it, and without a time, the end of the log.</param>
/// <param name="ToTime">Instead: what happened until then.</param>
/// <param name="Types">Event types or patterns; null: all that the endpoint asks for.</param>
public sealed record RequestWebhookReplay(
    WebhookEndpointId EndpointId, long? FromPosition, DateTimeOffset? FromTime, long? ToPosition, DateTimeOffset? ToTime, string[]? Types) : IRequest<WebhookReplayReceipt>;

public sealed record WebhookReplayReceipt(WebhookReplayId ReplayId, int Version) : Committed(Version);

internal sealed class RequestWebhookReplayValidator : AbstractValidator<RequestWebhookReplay>
{
    public RequestWebhookReplayValidator()
    {
        RuleFor(c => c.FromPosition).NotNull().When(c => c.FromTime is null).WithMessage("Either from_position or from_time says where to begin.");
        RuleFor(c => c.FromTime).Null().When(c => c.FromPosition is not null).WithMessage("Either from_position or from_time, not both.");
        RuleFor(c => c.ToTime).Null().When(c => c.ToPosition is not null).WithMessage("Either to_position or to_time, not both.");
        RuleFor(c => c.FromPosition).GreaterThanOrEqualTo(0);
        RuleFor(c => c.ToPosition).GreaterThanOrEqualTo(1);
        RuleFor(c => c.ToPosition).GreaterThanOrEqualTo(c => c.FromPosition).When(c => c.FromPosition is not null && c.ToPosition >= 1);
        RuleFor(c => c.ToTime).GreaterThanOrEqualTo(c => c.FromTime).When(c => c.FromTime is not null);
        RuleFor(c => c.Types).Must(types => types is null or { Length: > 0 and <= 100 }).WithMessage("There are 1 to 100 event types, or none is named.");
        RuleForEach(c => c.Types).KnownEventType();
    }
}

internal sealed class RequestWebhookReplayHandler(ILane lane, IReadStore reads) : IRequestHandler<RequestWebhookReplay, WebhookReplayReceipt>
{
    public async Task<WebhookReplayReceipt> Handle(RequestWebhookReplay command, CancellationToken cancellationToken)
    {
        var range = (await reads.Find<LogRange>(LogRange.Select, new { command.FromPosition, command.FromTime, command.ToPosition, command.ToTime }, cancellationToken))!;
        range.Require(command.FromPosition, "/from_position");
        range.Require(command.ToPosition, "/to_position");
        var (endpoint, id) = (command.EndpointId, new WebhookReplayId(Uuid.New()));
        return await lane.Run(
            streams => streams.Of<WebhookEndpoint>(endpoint.Value).Of<WebhookReplay>(id.Value).WithReplaysOf(endpoint),
            (log, now) =>
            {
                log.BeginReplay(endpoint, id, range, command.Types, now);
                return new WebhookReplayReceipt(id, log.Version(id.Value));
            },
            cancellationToken);
    }
}

/// <summary>A stretch of the log as positions.</summary>
internal sealed record LogRange(long First, long Last, long Head)
{
    public const string Select = """
        select case when @from_time::timestamptz is null then greatest(@from_position, 1) else position_at(@from_time - interval '1 microsecond') + 1 end as first,
               case when @to_time::timestamptz is null then coalesce(@to_position, h.head) else position_at(@to_time) end as last, h.head
          from (select coalesce(max(position), 0) as head from events) h
        """;

    /// <summary>Errors: position_ahead (422).</summary>
    public void Require(long? position, string place) => Check.That(position is null || position <= Head, WebhookReplayErrors.PositionAhead(place, Head));
}

/// <summary>How replays begin, in the lane.</summary>
internal static class WebhookReplays
{
    public static LaneStreams WithReplaysOf(this LaneStreams streams, WebhookEndpointId endpoint) =>
        streams.In<WebhookReplay>("select id from rm.webhook_replays where endpoint_id = @endpoint and status = 'running'", new { endpoint });

    public static void BeginReplay(this ILaneLog log, WebhookEndpointId endpoint, WebhookReplayId id, LogRange range, string[]? types, DateTimeOffset now)
    {
        var to = log.Find<WebhookEndpoint>(endpoint.Value) ?? throw new DomainException(WebhookEndpointErrors.NotFound);
        var others = log.All<WebhookReplay>().Any(replay => replay.Status is WebhookReplayStatus.Running);
        log.Append<WebhookReplay, WebhookReplayEvent>(id.Value, WebhookReplay.Request(id, to, range.First, range.Last, range.Head, types, others, now));
    }
}
