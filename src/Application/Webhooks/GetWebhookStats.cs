using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Webhooks;

public enum StatsWindow
{
    Hour,
    Day,
    Week,
}

public enum WebhookCircuit
{
    /// <summary>Everything is sent.</summary>
    Closed,

    /// <summary>Nothing is, for a while: it failed too often, or asked for it.</summary>
    Open,

    /// <summary>One message is tried; the rest follows its success.</summary>
    HalfOpen,
}

/// <summary>How an endpoint does. Errors: not_found (404).</summary>
public sealed record GetWebhookStats(WebhookEndpointId EndpointId, StatsWindow Window) : IRequest<WebhookStats>;

/// <param name="Attempts">In the window, of the newest <see cref="Most"/>.</param>
/// <param name="LatencyP50">Milliseconds; null without attempts.</param>
/// <param name="Backlog">Messages that wait, up to <see cref="MostWaiting"/>.</param>
/// <param name="OldestPendingAt">When the one that waits longest was filed.</param>
/// <param name="Failures">Attempts since the last success.</param>
public sealed record WebhookStats(
    long Attempts, long Succeeded, int? LatencyP50, int? LatencyP95, long Backlog, DateTimeOffset? OldestPendingAt, int Failures, DateTimeOffset? FailingSince,
    DateTimeOffset? PausedUntil, bool Paused)
{
    /// <summary>What bounds the work, however much there is.</summary>
    public const int Most = 10_000;

    public const int MostWaiting = 10_000;

    public double? SuccessRate => Attempts == 0 ? null : (double)Succeeded / Attempts;

    public WebhookCircuit Circuit => Paused ? WebhookCircuit.Open : WebhookRetries.NeedsProbe(Failures) ? WebhookCircuit.HalfOpen : WebhookCircuit.Closed;
}

internal sealed class GetWebhookStatsHandler(IReadStore reads, IMediator mediator, TimeProvider clock) : IRequestHandler<GetWebhookStats, WebhookStats>
{
    public async Task<WebhookStats> Handle(GetWebhookStats query, CancellationToken cancellationToken)
    {
        await mediator.Send(new GetWebhookEndpoint(query.EndpointId), cancellationToken);
        var now = clock.GetUtcNow();
        return (await reads.Find<WebhookStats>(
            """
            select a.*, b.*, coalesce(l.failures, 0) as failures, l.failing_since, l.paused_until, coalesce(l.paused_until > @now, false) as paused
              from (select count(*) as attempts, count(*) filter (where error is null and status_code between 200 and 299) as succeeded,
                           percentile_disc(0.5) within group (order by duration_ms) as latency_p50, percentile_disc(0.95) within group (order by duration_ms) as latency_p95
                      from (select status_code, error, duration_ms from webhook_attempts
                             where endpoint_id = @endpoint_id and attempted_at > @since order by attempted_at desc limit @most) newest) a
             cross join (select count(*) as backlog, min(created_at) as oldest_pending_at
                           from (select created_at from webhook_deliveries where endpoint_id = @endpoint_id and status = 'pending' and position > 0
                                  order by position limit @most_waiting) waiting) b
              left join webhook_lanes l on l.endpoint_id = @endpoint_id
            """,
            new { query.EndpointId, Now = now, Since = now - Length(query.Window), WebhookStats.Most, WebhookStats.MostWaiting }, cancellationToken))!;
    }

    private static TimeSpan Length(StatsWindow window) => window switch
    {
        StatsWindow.Hour => TimeSpan.FromHours(1),
        StatsWindow.Day => TimeSpan.FromDays(1),
        StatsWindow.Week => TimeSpan.FromDays(7),
    };
}
