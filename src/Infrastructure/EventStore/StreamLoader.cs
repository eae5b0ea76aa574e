using System.Text.Json;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Projections;
using Npgsql;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>Loads streams, with their snapshots and inline views, as part of one batch.</summary>
internal sealed class StreamLoader(
    EventRegistry events, AggregateRegistry aggregates, SubjectKeys keys, ViewCatalog views)
{
    // Lateral with a limit, and a case for what a coalesce would say: so every plan looks up one snapshot and the events behind it, whatever the
    // planner thinks of the tables. A coalesce may not be looked up in an index below row-level security, for all that it knows.
    private const string SelectStreams = """
        select s.stream_id, n.version, n.position, n.state, e.version, e.position, e.type, e.data, e.subject_id, k.wrapped
          from unnest($2::uuid[], $3::int[]) as s (stream_id, schema_version)
          left join lateral (
            select * from snapshots n where n.tenant_id = $1 and n.stream_id = s.stream_id limit 1) n
            on n.schema_version = s.schema_version and n.position_version = n.version
          left join lateral (
            select * from events e
             where e.tenant_id = $1 and e.stream_id = s.stream_id and e.version > case when n.version is null then 0 else n.version end
             order by e.version offset 0) e on true
          left join subject_keys k on k.tenant_id = $1 and k.subject_id = e.subject_id and e.position > k.erased_to
         order by s.stream_id, e.version
        """;

    public StreamSlot Slot(Guid id, Type aggregate) => new(id, aggregates.Of(aggregate));

    /// <summary>Adds the selects for these streams to a batch in which the tenant is set already.</summary>
    public void AddTo(NpgsqlBatch batch, TenantId tenant, IReadOnlyCollection<StreamSlot> slots)
    {
        var ids = slots.Select(slot => slot.Id).ToArray();
        var versions = slots.Select(slot => slot.Kind.SnapshotVersion).ToArray();
        batch.BatchCommands.Add(new(SelectStreams) { Parameters = { new() { Value = tenant.Value }, new() { Value = ids }, new() { Value = versions } } });
        foreach (var (table, streams) in InlineTables(slots))
        {
            batch.BatchCommands.Add(ViewRows.Select(table, tenant.Value, [.. streams.Select(slot => new ViewKey([slot.Id]))]));
        }
    }

    /// <summary>Reads what <see cref="AddTo"/> selected; the reader stands on the first of these results.</summary>
    public async Task Read(NpgsqlDataReader reader, TenantId tenant, IReadOnlyCollection<StreamSlot> slots, CancellationToken cancellationToken)
    {
        var byId = slots.ToDictionary(slot => slot.Id);
        while (await reader.ReadAsync(cancellationToken))
        {
            var slot = byId[reader.GetGuid(0)];
            if (slot.Version == 0 && !await reader.IsDBNullAsync(1, cancellationToken))
            {
                slot.Restore(JsonSerializer.Deserialize(reader.GetString(3), slot.Kind.SnapshotJson!)!, reader.GetInt32(1), reader.GetInt64(2));
            }

            if (!await reader.IsDBNullAsync(4, cancellationToken))
            {
                await Apply(slot, reader, tenant, cancellationToken);
            }
        }

        foreach (var (table, streams) in InlineTables(slots))
        {
            await reader.NextResultAsync(cancellationToken);
            var rows = await ViewRows.Read(table, reader, cancellationToken);
            foreach (var slot in streams)
            {
                var key = new ViewKey([slot.Id]);
                slot.Views[table] = rows.GetValueOrDefault(key) ?? new(key, null, 0);
            }
        }
    }

    private async Task Apply(StreamSlot slot, NpgsqlDataReader reader, TenantId tenant, CancellationToken cancellationToken)
    {
        var kind = events.Named(reader.GetString(6));
        if (!slot.Kind.EventType.IsAssignableFrom(kind.Present))
        {
            throw new DomainException(DomainError.NotFound(slot.Kind.ClrType.Name)); // the id belongs to something else
        }

        var key = await reader.IsDBNullAsync(9, cancellationToken) ? null : keys.Unwrap(tenant, reader.GetGuid(8), reader.GetString(9));
        slot.Apply(EventSerializer.Deserialize(tenant, kind, reader.GetString(7), key), reader.GetInt32(4), reader.GetInt64(5));
    }

    private IEnumerable<(ViewTable Table, StreamSlot[] Streams)> InlineTables(IReadOnlyCollection<StreamSlot> slots) =>
        slots.SelectMany(slot => InlineOf(slot.Kind).Select(table => (table, slot)))
            .GroupBy(pair => pair.table, (table, pairs) => (table, pairs.Select(pair => pair.slot).ToArray()))
            .OrderBy(pair => pair.table.Name, StringComparer.Ordinal);

    public IReadOnlyList<ViewTable> InlineOf(AggregateKind kind) =>
        inline.GetOrAdd(kind.EventType, type => [.. views.InlineFor(type, events.All.Select(e => e.Present))]);

    private readonly System.Collections.Concurrent.ConcurrentDictionary<Type, IReadOnlyList<ViewTable>> inline = new();
}
