using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>The statements of the outlet; they commit with its checkpoint.</summary>
internal static class OutletSql
{
    public static NpgsqlBatchCommand SelectLanes(TenantId tenant) => new("select endpoint_id, settings, enabled from webhook_lanes where tenant_id = $1 order by endpoint_id")
    {
        Parameters = { new() { Value = tenant.Value } },
    };

    public static NpgsqlBatchCommand Insert(TenantId tenant, List<FiledDelivery> filed) => new("""
        insert into webhook_deliveries (tenant_id, delivery_id, endpoint_id, event_id, event_type, position, stream_id, payload, created_at, next_attempt_at)
        select $1, d.delivery_id, d.endpoint_id, d.event_id, d.event_type, d.position, d.stream_id, d.payload, n.now, n.now
          from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::uuid[], $8::text[])
            as d (delivery_id, endpoint_id, event_id, event_type, position, stream_id, payload), (select tenant_now() as now) n
        """)
    {
        Parameters =
        {
            new() { Value = tenant.Value },
            new() { Value = filed.Select(delivery => delivery.DeliveryId).ToArray() },
            new() { Value = filed.Select(delivery => delivery.EndpointId).ToArray() },
            new() { Value = filed.Select(delivery => delivery.Envelope.EventId).ToArray() },
            new() { Value = filed.Select(delivery => delivery.Envelope.PublicType).ToArray() },
            new() { Value = filed.Select(delivery => delivery.Envelope.Position).ToArray() },
            new() { Value = filed.Select(delivery => delivery.Envelope.StreamId).ToArray() },
            new() { Value = filed.Select(delivery => delivery.Payload is PayloadKind.Thin ? "thin" : "full").ToArray() },
        },
    };

    /// <summary>
    /// All that waits at these endpoints goes at once, with the whole schedule before it again, except what stands before the position
    /// from which each goes on.
    /// </summary>
    public static NpgsqlBatchCommand[] Resume(TenantId tenant, IReadOnlyDictionary<Guid, long> from)
    {
        var endpoints = from.Keys.ToArray();
        return
        [
            new("""
                update webhook_deliveries d set status = 'canceled', asked = false, completed_at = (select tenant_now())
                  from unnest($2::uuid[], $3::bigint[]) as r (endpoint_id, position)
                 where d.tenant_id = $1 and d.endpoint_id = r.endpoint_id and d.status = 'pending' and d.position > 0 and d.position < r.position
                """)
            {
                Parameters = { new() { Value = tenant.Value }, new() { Value = endpoints }, new() { Value = from.Values.ToArray() } },
            },
            For(tenant, endpoints, """
                update webhook_deliveries set retries = 0, next_attempt_at = (select tenant_now())
                 where tenant_id = $1 and endpoint_id = any ($2) and status = 'pending' and (retries > 0 or next_attempt_at > (select tenant_now()))
                """),
            For(tenant, endpoints, "update webhook_lanes set failures = 0, failing_since = null, paused_until = null where tenant_id = $1 and endpoint_id = any ($2)"),
        ];
    }

    public static NpgsqlBatchCommand[] Delete(TenantId tenant, Guid[] endpoints) =>
    [
        For(tenant, endpoints, """
            update webhook_deliveries set status = 'canceled', asked = false, completed_at = (select tenant_now())
             where tenant_id = $1 and endpoint_id = any ($2) and status = 'pending'
            """),
        For(tenant, endpoints, "delete from webhook_lanes where tenant_id = $1 and endpoint_id = any ($2)"),
        For(tenant, endpoints, "update webhook_replay_runs set status = 'closed' where tenant_id = $1 and endpoint_id = any ($2) and status <> 'closed'"),
    ];

    public static NpgsqlBatchCommand Upsert(TenantId tenant, IReadOnlyCollection<(Guid Id, WebhookLane Lane)> lanes) => new("""
        insert into webhook_lanes (tenant_id, endpoint_id, settings, enabled)
        select $1, l.endpoint_id, l.settings, l.enabled from unnest($2::uuid[], $3::jsonb[], $4::boolean[]) as l (endpoint_id, settings, enabled)
        on conflict (tenant_id, endpoint_id) do update set settings = excluded.settings, enabled = excluded.enabled
        """)
    {
        Parameters =
        {
            new() { Value = tenant.Value },
            new() { Value = lanes.Select(lane => lane.Id).ToArray() },
            new()
            {
                Value = lanes.Select(lane => JsonSerializer.Serialize(lane.Lane.Settings, StoredJson.Options)).ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
            },
            new() { Value = lanes.Select(lane => lane.Lane.Enabled).ToArray() },
        },
    };

    private static NpgsqlBatchCommand For(TenantId tenant, Guid[] endpoints, string sql) => new(sql)
    {
        Parameters = { new() { Value = tenant.Value }, new() { Value = endpoints } },
    };
}
