using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Webhooks;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>The statements of those who send. All times are the tenant's, by the database.</summary>
internal static class DeliverySql
{
    /// <summary>Characters of an answer: a receiver that fails at length for days would fill the disk with more.</summary>
    private const int Kept = 4096;

    private const string Columns = "delivery_id, endpoint_id, event_id, event_type, position, stream_id, payload, status, attempts, retries, asked, created_at";

    /// <summary>With how many messages are left of its rate; null: it has none.</summary>
    public static NpgsqlBatchCommand SelectLane(TenantId tenant, WebhookEndpoint endpoint) => new("""
        select failures, coalesce(paused_until > (select tenant_now()), false),
               case when $4 is not null then greatest(0, $4 - case when rate_window = date_trunc($3, (select tenant_now())) then rate_used else 0 end) end
          from webhook_lanes where tenant_id = $1 and endpoint_id = $2
        """)
    {
        Parameters = { new() { Value = tenant.Value }, new() { Value = endpoint.Id.Value }, Period(endpoint.Settings.Rate), Max(endpoint.Settings.Rate) },
    };

    /// <summary>Takes so many of its rate before they are sent, so that a killed run does not give them out again.</summary>
    public static NpgsqlBatchCommand TakeOfRate(TenantId tenant, WebhookEndpointId endpoint, WebhookRate rate, int count) => new("""
        update webhook_lanes set rate_used = $4 + case when rate_window = date_trunc($3, (select tenant_now())) then rate_used else 0 end,
                                 rate_window = date_trunc($3, (select tenant_now()))
         where tenant_id = $1 and endpoint_id = $2
        """)
    {
        Parameters = { new() { Value = tenant.Value }, new() { Value = endpoint.Value }, Period(rate), new() { Value = count } },
    };

    /// <summary>What was asked for by hand, and what is due and held by no earlier delivery; the first in the log first.</summary>
    public static NpgsqlBatchCommand SelectDue(TenantId tenant, WebhookEndpointId endpoint, WebhookOrdering ordering, int limit) => new($"""
        with due as ({Due(ordering)} order by d.position limit $3),
        asked as (select d.* from webhook_deliveries d where d.tenant_id = $1 and d.endpoint_id = $2 and d.asked order by d.created_at limit $3)
        select {Columns}, true as is_due from due
        union all
        select {Columns}, false as is_due from asked where delivery_id not in (select delivery_id from due)
         order by is_due desc, position
        """)
    {
        Parameters = { new() { Value = tenant.Value }, new() { Value = endpoint.Value }, new() { Value = limit } },
    };

    /// <summary>When there is something to do next; null: not until something happens.</summary>
    public static NpgsqlBatchCommand SelectNext(TenantId tenant, WebhookEndpoint endpoint) => new($"""
        select case
          when exists (select from webhook_deliveries d where d.tenant_id = $1 and d.endpoint_id = $2 and d.asked) then n.now
          when $3 then (
            select greatest(c.at, l.paused_until, case when l.rate_window = date_trunc($4, n.now) and l.rate_used >= $5 then l.rate_window + ('1 ' || $4)::interval end) from (
              select case
                when exists ({Due(endpoint.Settings.Ordering)}) then n.now
                else (select min(d.next_attempt_at) from webhook_deliveries d
                       where d.tenant_id = $1 and d.endpoint_id = $2 and d.status = 'pending' and d.position > 0 and d.next_attempt_at > n.now)
                end as at) c
             where c.at is not null)
          end
          from webhook_lanes l, (select tenant_now() as now) n
         where l.tenant_id = $1 and l.endpoint_id = $2
        """)
    {
        Parameters =
        {
            new() { Value = tenant.Value }, new() { Value = endpoint.Id.Value }, new() { Value = endpoint.Enabled },
            Period(endpoint.Settings.Rate), Max(endpoint.Settings.Rate),
        },
    };

    /// <summary>Counts the attempt and stores what came of it, unless another attempt was counted or the delivery was canceled meanwhile.</summary>
    public static NpgsqlBatchCommand Record(TenantId tenant, DueDelivery delivery, SentAttempt sent, DeliveryOutcome outcome) => new("""
        with attempted as (
          update webhook_deliveries set
            attempts = attempts + 1, status = $5, retries = $6, asked = asked and not $7,
            next_attempt_at = coalesce((select tenant_now()) + $8, next_attempt_at),
            last_status_code = $10, last_error = $11,
            completed_at = case when $5 = 'pending' then null when status = $5 then completed_at else (select tenant_now()) end
           where tenant_id = $1 and delivery_id = $2 and attempts = $3 and status = $4
          returning attempts, position)
        insert into webhook_attempts
          (tenant_id, delivery_id, endpoint_id, number, attempted_at, status_code, error, duration_ms, request_headers, response_truncated, response_body)
        select $1, $2, $14, attempts, $9, $10, $11, $12, $15, $16, case when not exists (
                 select from events e join subject_keys k on k.tenant_id = e.tenant_id and k.subject_id = e.subject_id and k.erased_to >= e.position
                  where e.tenant_id = $1 and e.position = attempted.position) then $13 end
          from attempted
        """)
    {
        Parameters =
        {
            new() { Value = tenant.Value },
            new() { Value = delivery.DeliveryId },
            new() { Value = delivery.Attempts },
            new() { Value = delivery.Status.StoredName() },
            new() { Value = outcome.Status.StoredName() },
            new() { Value = outcome.Retries },
            new() { Value = delivery.Asked },
            new() { Value = (object?)outcome.Delay ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Interval },
            new() { Value = sent.At.ToUniversalTime() },
            new() { Value = (object?)sent.Response.Status ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer },
            new() { Value = (object?)sent.Response.Error ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new() { Value = (int)sent.Response.Duration.TotalMilliseconds },
            new() { Value = (object?)Cut(sent.Response.Body) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new() { Value = delivery.EndpointId.Value },
            new() { Value = JsonSerializer.Serialize(sent.Headers, StoredJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb },
            new() { Value = sent.Response.Body?.Length > Kept },
        },
    };

    /// <summary>Answers since when the endpoint has met no success, and whether that is long, and too long.</summary>
    public static NpgsqlBatchCommand CountFailure(TenantId tenant, WebhookEndpoint endpoint, TimeSpan pause) => new("""
        update webhook_lanes set
          failures = failures + 1, failing_since = coalesce(failing_since, (select tenant_now())),
          paused_until = case when $3 > interval '0' then greatest(paused_until, (select tenant_now()) + $3) else paused_until end
         where tenant_id = $1 and endpoint_id = $2
        returning failing_since, failing_since <= (select tenant_now()) - $4, coalesce(failing_since <= (select tenant_now()) - $5, false)
        """)
    {
        Parameters =
        {
            new() { Value = tenant.Value }, new() { Value = endpoint.Id.Value }, new() { Value = pause }, new() { Value = WebhookRetries.DegradeAfter },
            new() { Value = endpoint.Settings.DisableAfterDays is > 0 and var days ? TimeSpan.FromDays(days) : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Interval },
        },
    };

    public static NpgsqlBatchCommand CountSuccess(TenantId tenant, WebhookEndpointId endpoint) => new("""
        update webhook_lanes set failures = 0, failing_since = null, paused_until = null
         where tenant_id = $1 and endpoint_id = $2 and failing_since is not null
        """)
    {
        Parameters = { new() { Value = tenant.Value }, new() { Value = endpoint.Value } },
    };

    private static string Due(WebhookOrdering ordering) => $"""
        select d.* from webhook_deliveries d
         where d.tenant_id = $1 and d.endpoint_id = $2 and d.status = 'pending' and d.position > 0
           and d.next_attempt_at <= (select tenant_now()) {NotHeld(ordering)}
        """;

    /// <summary>What stands in the log behind the place that a replay has come to waits for it, so that all that an endpoint gets is in order.</summary>
    private const string NotBehindReplay = """
        and not exists (
             select from webhook_replay_runs r
              where r.tenant_id = $1 and r.endpoint_id = $2 and r.status = 'filing' and r.position < d.position)
        """;

    /// <summary>An earlier delivery that waits for its next attempt holds later ones.</summary>
    private static string NotHeld(WebhookOrdering ordering) => ordering switch
    {
        WebhookOrdering.None => "",
        WebhookOrdering.PerSubject => $"""
            {NotBehindReplay} and not exists (
                 select from webhook_deliveries h
                  where h.tenant_id = $1 and h.endpoint_id = $2 and h.stream_id = d.stream_id and h.status = 'pending'
                    and h.position > 0 and h.position < d.position and h.next_attempt_at > (select tenant_now()))
            """,
        WebhookOrdering.Strict => $"""
            {NotBehindReplay} and d.position < coalesce((
                 select min(h.position) from webhook_deliveries h
                  where h.tenant_id = $1 and h.endpoint_id = $2 and h.status = 'pending' and h.position > 0
                    and h.next_attempt_at > (select tenant_now())), 9223372036854775807)
            """,
    };

    /// <summary>The beginning of an answer; never half a character, which no text can hold.</summary>
    private static string? Cut(string? body)
    {
        return body is null || body.Length <= Kept ? body : body[..(char.IsHighSurrogate(body[Kept - 1]) ? Kept - 1 : Kept)];
    }

    private static NpgsqlParameter Period(WebhookRate? rate) =>
        new() { Value = rate is null ? DBNull.Value : rate.Per is WebhookRatePeriod.Second ? "second" : "minute", NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Max(WebhookRate? rate) => new() { Value = (object?)rate?.Max ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer };
}
