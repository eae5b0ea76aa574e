using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>Errors: not_found (404), also for a replay of another endpoint.</summary>
public sealed record GetWebhookReplay(WebhookEndpointId EndpointId, WebhookReplayId ReplayId) : IRequest<WebhookReplayProgress>;

/// <summary>The newest first. Errors: not_found (404) for an endpoint that is not there.</summary>
public sealed record ListWebhookReplays(WebhookEndpointId EndpointId, PageRequest Page) : IRequest<Page<WebhookReplayProgress>>;

/// <summary>A replay with how far it has come.</summary>
/// <param name="Position">Everything up to here was looked at.</param>
/// <param name="Pending">Filed, and neither delivered nor given up.</param>
/// <param name="Failed">Given up.</param>
/// <param name="Canceled">With the endpoint or the replay.</param>
public sealed record WebhookReplayProgress(
    WebhookReplayId Id,
    WebhookEndpointId EndpointId,
    long FromPosition,
    long ToPosition,
    string[]? Types,
    WebhookReplayStatus Status,
    DateTimeOffset RequestedAt,
    DateTimeOffset? EndedAt,
    int Version,
    long Position,
    long Pending,
    long Delivered,
    long Failed,
    long Canceled)
{
    /// <summary>Events in the range, whether the endpoint asks for them or not.</summary>
    public long Total => ToPosition - FromPosition + 1;

    /// <summary>How many of them were looked at.</summary>
    public long Examined => Position - FromPosition + 1;

    public long Filed => Pending + Delivered + Failed + Canceled;

    /// <summary>Of the range, what needs nothing more.</summary>
    public int Percent => (int)(100 * (Examined - Pending) / Total);

    internal const string Select = """
        select v.id, v.endpoint_id, v.from_position, v.to_position, v.types, v.status, v.requested_at, v.ended_at, v.version,
               coalesce(r.position, v.from_position - 1) as position, d.pending, d.delivered, d.failed, d.canceled
          from rm.webhook_replays v
          left join webhook_replay_runs r on r.replay_id = v.id
         cross join lateral (
           select count(*) filter (where status = 'pending') as pending, count(*) filter (where status = 'succeeded') as delivered,
                  count(*) filter (where status = 'failed') as failed, count(*) filter (where status = 'canceled') as canceled
             from webhook_deliveries where replay_id = v.id) d
        """;
}

internal sealed class GetWebhookReplayHandler(IReadStore reads, IMediator mediator) :
    IRequestHandler<GetWebhookReplay, WebhookReplayProgress>, IRequestHandler<ListWebhookReplays, Page<WebhookReplayProgress>>
{
    public async Task<WebhookReplayProgress> Handle(GetWebhookReplay query, CancellationToken cancellationToken)
    {
        await mediator.Send(new GetWebhookEndpoint(query.EndpointId), cancellationToken);
        return await reads.Find<WebhookReplayProgress>(
                $"{WebhookReplayProgress.Select} where v.id = @replay_id and v.endpoint_id = @endpoint_id", new { query.ReplayId, query.EndpointId }, cancellationToken)
            ?? throw new DomainException(WebhookReplayErrors.NotFound);
    }

    public async Task<Page<WebhookReplayProgress>> Handle(ListWebhookReplays query, CancellationToken cancellationToken)
    {
        await mediator.Send(new GetWebhookEndpoint(query.EndpointId), cancellationToken);
        var list = $"webhook replays {query.EndpointId}";
        var after = query.Page.After(list);
        var rows = await reads.List<WebhookReplayProgress>(
            $"""
            {WebhookReplayProgress.Select}
             where v.endpoint_id = @endpoint_id and (@requested_at::timestamptz is null or (v.requested_at, v.id) < (@requested_at, @id))
             order by v.requested_at desc, v.id desc limit @rows
            """,
            new { query.EndpointId, RequestedAt = after?.Time(0), Id = after?.Id(1), query.Page.Rows },
            cancellationToken);
        return query.Page.Cut(rows, list, replay => [replay.RequestedAt, replay.Id.Value]);
    }
}
