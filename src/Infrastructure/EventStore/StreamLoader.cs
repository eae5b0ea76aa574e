using System.Text.Json;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Projections;
using Npgsql;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>Loads streams, with their snapshots and inline views, as part of one batch.</summary>
internal sealed class StreamLoader(
    EventRegistry events, AggregateRegistry aggregates, SubjectKeys keys, ViewCatalog views)
{
    private const string SelectSnapshots = """
        select n.stream_id, n.version, n.state from unnest($2::uuid[], $3::int[]) as s (stream_id, schema_version)
          join snapshots n on n.tenant_id = $1 and n.stream_id = s.stream_id and n.schema_version = s.schema_version
        """;

    private const string SelectEvents = """
        select e.stream_id, e.version, e.position, e.type, e.data, e.subject_id, k.wrapped
          from unnest($2::uuid[], $3::int[]) as s (stream_id, schema_version)
          left join snapshots n on n.tenant_id = $1 and n.stream_id = s.stream_id and n.schema_version = s.schema_version
          join events e on e.tenant_id = $1 and e.stream_id = s.stream_id and e.version > coalesce(n.version, 0)
          left join subject_keys k on k.tenant_id = e.tenant_id and k.subject_id = e.subject_id and e.position > k.erased_to
         order by e.stream_id, e.version
        """;

    private const string SelectLastPositions = """
        select e.stream_id, e.position from unnest($2::uuid[]) as s (stream_id)
         cross join lateral (select * from events e where e.tenant_id = $1 and e.stream_id = s.stream_id order by e.version desc limit 1) e
        """;

    public StreamSlot Slot(Guid id, Type aggregate) => new(id, aggregates.Of(aggregate));

    /// <summary>Adds the selects for these streams to a batch in which the tenant is set already.</summary>
    public void AddTo(NpgsqlBatch batch, TenantId tenant, IReadOnlyCollection<StreamSlot> slots)
    {
        var ids = slots.Select(slot => slot.Id).ToArray();
        var versions = slots.Select(slot => slot.Kind.SnapshotVersion).ToArray();
        if (versions.Any(version => version > 0))
        {
            batch.BatchCommands.Add(new(SelectSnapshots) { Parameters = { new() { Value = tenant.Value }, new() { Value = ids }, new() { Value = versions } } });
            batch.BatchCommands.Add(new(SelectLastPositions) { Parameters = { new() { Value = tenant.Value }, new() { Value = ids } } });
        }

        batch.BatchCommands.Add(new(SelectEvents) { Parameters = { new() { Value = tenant.Value }, new() { Value = ids }, new() { Value = versions } } });
        foreach (var (table, streams) in InlineTables(slots))
        {
            batch.BatchCommands.Add(ViewRows.Select(table, tenant.Value, [.. streams.Select(slot => new ViewKey([slot.Id]))]));
        }
    }

    /// <summary>Reads what <see cref="AddTo"/> selected; the reader stands on the first of these results.</summary>
    public async Task Read(NpgsqlDataReader reader, TenantId tenant, IReadOnlyCollection<StreamSlot> slots, CancellationToken cancellationToken)
    {
        var byId = slots.ToDictionary(slot => slot.Id);
        var snapshotPositions = new Dictionary<Guid, long>();
        if (slots.Any(slot => slot.Kind.SnapshotVersion > 0))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var slot = byId[reader.GetGuid(0)];
                slot.Restore(JsonSerializer.Deserialize(reader.GetString(2), slot.Kind.SnapshotJson!)!, reader.GetInt32(1));
            }

            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                snapshotPositions[reader.GetGuid(0)] = reader.GetInt64(1);
            }

            await reader.NextResultAsync(cancellationToken);
        }

        while (await reader.ReadAsync(cancellationToken))
        {
            var slot = byId[reader.GetGuid(0)];
            var kind = events.Named(reader.GetString(3));
            if (!slot.Kind.EventType.IsAssignableFrom(kind.ClrType))
            {
                throw new DomainException(DomainError.NotFound(slot.Kind.ClrType.Name)); // the id belongs to something else
            }

            var key = await reader.IsDBNullAsync(6, cancellationToken) ? null : keys.Unwrap(tenant, reader.GetGuid(5), reader.GetString(6));
            slot.Apply(EventSerializer.Deserialize(tenant, kind, reader.GetString(4), key), reader.GetInt32(1), reader.GetInt64(2));
        }

        foreach (var slot in slots.Where(slot => slot.Position == 0 && snapshotPositions.ContainsKey(slot.Id)))
        {
            slot.LoadedAt(snapshotPositions[slot.Id]);
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

    private IEnumerable<(ViewTable Table, StreamSlot[] Streams)> InlineTables(IReadOnlyCollection<StreamSlot> slots) =>
        slots.SelectMany(slot => InlineOf(slot.Kind).Select(table => (table, slot)))
            .GroupBy(pair => pair.table, (table, pairs) => (table, pairs.Select(pair => pair.slot).ToArray()))
            .OrderBy(pair => pair.table.Name, StringComparer.Ordinal);

    public IReadOnlyList<ViewTable> InlineOf(AggregateKind kind) =>
        inline.GetOrAdd(kind.EventType, type => [.. views.InlineFor(type, events.All.Select(e => e.ClrType))]);

    private readonly System.Collections.Concurrent.ConcurrentDictionary<Type, IReadOnlyList<ViewTable>> inline = new();
}
