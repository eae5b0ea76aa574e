using Mainstreet.Application;
using Mainstreet.Domain;
using Npgsql;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>Reads a tenant's log in order. Positions are dense and appear in order, so a reader just goes on from its last.</summary>
internal sealed class LogReader(EventRegistry registry, SubjectKeys keys)
{
    private const string Columns = "e.event_id, e.stream_id, e.version, e.position, e.type, e.data, e.metadata, e.recorded_at, e.subject_id, k.wrapped";

    private const string From = " from events e left join subject_keys k on k.tenant_id = e.tenant_id and k.subject_id = e.subject_id and e.position > k.erased_to where e.tenant_id = $1";

    /// <summary>The events behind a position; the tenant is set in the batch before.</summary>
    public static NpgsqlBatchCommand SelectAfter(TenantId tenant, long position, int limit) =>
        new($"select {Columns}{From} and e.position > $2 order by e.position limit $3")
        {
            Parameters = { new() { Value = tenant.Value }, new() { Value = position }, new() { Value = limit } },
        };

    /// <summary>The last position; 0 where nothing has happened yet.</summary>
    public static NpgsqlBatchCommand SelectHead(TenantId tenant) => new("select coalesce(max(position), 0)::bigint from events where tenant_id = $1")
    {
        Parameters = { new() { Value = tenant.Value } },
    };

    /// <summary>The events behind a position, up to another one, except those of some types.</summary>
    public static NpgsqlBatchCommand SelectBetween(TenantId tenant, long after, long upTo, string[] except, int limit) =>
        new($"select {Columns}{From} and e.position > $2 and e.position <= $3 and e.type <> all($4) order by e.position limit $5")
        {
            Parameters =
            {
                new() { Value = tenant.Value }, new() { Value = after }, new() { Value = upTo }, new() { Value = except }, new() { Value = limit },
            },
        };

    /// <summary>The events of one request and of what followed from it, behind a position, except those of some types.</summary>
    public static NpgsqlBatchCommand SelectCorrelated(TenantId tenant, Guid correlation, long after, string[] except, int limit) =>
        new($"select {Columns}{From} and e.correlation_id = $2 and e.position > $3 and e.type <> all($4) order by e.position limit $5")
        {
            Parameters =
            {
                new() { Value = tenant.Value }, new() { Value = correlation }, new() { Value = after }, new() { Value = except }, new() { Value = limit },
            },
        };

    /// <summary>The events at these positions, in order.</summary>
    public static NpgsqlBatchCommand SelectAt(TenantId tenant, long[] positions) =>
        new($"select {Columns}{From} and e.position = any ($2) order by e.position")
        {
            Parameters = { new() { Value = tenant.Value }, new() { Value = positions } },
        };

    /// <summary>The events behind the lowest checkpoint of these subscriptions, aside from parked ones and from those that are the limit or more behind the first.</summary>
    public static NpgsqlBatchCommand SelectAfterCheckpoints(TenantId tenant, string[] subscriptions, int limit) =>
        new($"""
            select {Columns}{From} and e.position > (
              with places as (
                select coalesce(c.position, 0) as position from unnest($2::text[]) as n (subscription)
                  left join checkpoints c on c.tenant_id = $1 and c.subscription = n.subscription
                 where c.parked_at is null)
              select min(position) from places where position > (select max(position) from places) - $3)
             order by e.position limit $3
            """)
        {
            Parameters = { new() { Value = tenant.Value }, new() { Value = subscriptions }, new() { Value = limit } },
        };

    /// <summary>The events of one stream behind a version.</summary>
    public static NpgsqlBatchCommand SelectStream(TenantId tenant, Guid stream, int afterVersion, int limit) =>
        new($"select {Columns}{From} and e.stream_id = $2 and e.version > $3 order by e.version limit $4")
        {
            Parameters = { new() { Value = tenant.Value }, new() { Value = stream }, new() { Value = afterVersion }, new() { Value = limit } },
        };

    /// <summary>The events of some streams, of some types, up to a position.</summary>
    public static NpgsqlBatchCommand SelectStreams(TenantId tenant, Guid[] streams, string[] types, long upTo) =>
        new($"select {Columns}{From} and e.stream_id = any ($2) and e.type = any ($3) and e.position <= $4 order by e.position")
        {
            Parameters = { new() { Value = tenant.Value }, new() { Value = streams }, new() { Value = types }, new() { Value = upTo } },
        };

    public async Task<List<EventEnvelope>> Read(NpgsqlDataReader reader, TenantId tenant, CancellationToken cancellationToken)
    {
        var envelopes = new List<EventEnvelope>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var kind = registry.Named(reader.GetString(4));
            var key = await reader.IsDBNullAsync(9, cancellationToken) ? null : keys.Unwrap(tenant, reader.GetGuid(8), reader.GetString(9));
            envelopes.Add(new(
                tenant, reader.GetGuid(0), reader.GetGuid(1), reader.GetInt32(2), reader.GetInt64(3), registry.Of(kind.Present).Name,
                EventSerializer.Deserialize(tenant, kind, reader.GetString(5), key),
                new StoredMetadata(reader.GetString(6)),
                reader.GetFieldValue<DateTimeOffset>(7)));
        }

        return envelopes;
    }
}
