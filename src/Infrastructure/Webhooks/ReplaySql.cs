using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>The statements of replays.</summary>
internal static class ReplaySql
{
    public static NpgsqlBatchCommand Begin(TenantId tenant, WebhookReplayRequested replay) => new("""
        insert into webhook_replay_runs (tenant_id, replay_id, endpoint_id, position, to_position, types) values ($1, $2, $3, $4, $5, $6)
        """)
    {
        Parameters =
        {
            new() { Value = tenant.Value },
            new() { Value = replay.WebhookReplayId.Value },
            new() { Value = replay.WebhookEndpointId.Value },
            new() { Value = replay.FromPosition - 1 },
            new() { Value = replay.ToPosition },
            new() { Value = (object?)replay.Types ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        },
    };

    public static NpgsqlBatchCommand Close(TenantId tenant, Guid replay) => Of(tenant, replay, "update webhook_replay_runs set status = 'closed' where tenant_id = $1 and replay_id = $2");

    public static NpgsqlBatchCommand CancelDeliveries(TenantId tenant, Guid replay) => Of(tenant, replay, """
        update webhook_deliveries set status = 'canceled', asked = false, completed_at = (select tenant_now())
         where tenant_id = $1 and replay_id = $2 and status = 'pending'
        """);

    /// <summary>A replay that is being filed, with its endpoint as the outlet knows it; no row where there is nothing more to do.</summary>
    public static NpgsqlBatchCommand Select(TenantId tenant, WebhookReplayId replay) => new("""
        select r.endpoint_id as endpoint, r.position, r.to_position as "to", to_jsonb(r.types) as types, l.settings
          from webhook_replay_runs r join webhook_lanes l on l.tenant_id = r.tenant_id and l.endpoint_id = r.endpoint_id
         where r.tenant_id = $1 and r.replay_id = $2 and r.status = 'filing'
        """)
    {
        Parameters = { new() { Value = tenant.Value }, new() { Value = replay.Value } },
    };

    /// <summary>Files events, and notes how far that was, unless another run was here or the replay has ended. What is on its way already is not filed twice.</summary>
    public static NpgsqlBatchCommand File(TenantId tenant, WebhookReplayId replay, long after, long upTo, IReadOnlyList<EventEnvelope> events, PayloadKind payload) => new("""
        with moved as (
          update webhook_replay_runs set position = $4, status = case when $4 >= to_position then 'delivering' else 'filing' end
           where tenant_id = $1 and replay_id = $2 and position = $3 and status = 'filing'
          returning endpoint_id)
        insert into webhook_deliveries (tenant_id, delivery_id, endpoint_id, event_id, event_type, position, stream_id, payload, created_at, next_attempt_at, replay_id)
        select $1, e.delivery_id, m.endpoint_id, e.event_id, e.event_type, e.position, e.stream_id, $10, n.now, n.now, $2
          from unnest($5::uuid[], $6::uuid[], $7::text[], $8::bigint[], $9::uuid[]) as e (delivery_id, event_id, event_type, position, stream_id),
               moved m, (select tenant_now() as now) n
         where not exists (
           select from webhook_deliveries d
            where d.tenant_id = $1 and d.endpoint_id = m.endpoint_id and d.position = e.position and d.status = 'pending')
        """)
    {
        Parameters =
        {
            new() { Value = tenant.Value },
            new() { Value = replay.Value },
            new() { Value = after },
            new() { Value = upTo },
            new() { Value = events.Select(_ => Uuid.New()).ToArray() },
            new() { Value = events.Select(e => e.EventId).ToArray() },
            new() { Value = events.Select(e => e.PublicType).ToArray() },
            new() { Value = events.Select(e => e.Position).ToArray() },
            new() { Value = events.Select(e => e.StreamId).ToArray() },
            new() { Value = payload is PayloadKind.Thin ? "thin" : "full" },
        },
    };

    /// <summary>Replays to an endpoint of which nothing waits any more.</summary>
    public static NpgsqlBatchCommand SelectDone(TenantId tenant, WebhookEndpointId endpoint) => new("""
        select r.replay_id from webhook_replay_runs r
         where r.tenant_id = $1 and r.endpoint_id = $2 and r.status = 'delivering'
           and not exists (select from webhook_deliveries d where d.tenant_id = $1 and d.replay_id = r.replay_id and d.status = 'pending')
        """)
    {
        Parameters = { new() { Value = tenant.Value }, new() { Value = endpoint.Value } },
    };

    private static NpgsqlBatchCommand Of(TenantId tenant, Guid replay, string sql) => new(sql)
    {
        Parameters = { new() { Value = tenant.Value }, new() { Value = replay } },
    };
}
