using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Messaging;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>
/// Turns a plan into the statements of one commit: answer record, message removal, events, snapshots, inline views,
/// messages, tenant registry. The lane is taken before them, in the same batch or an earlier trip.
/// </summary>
internal sealed class CommitWriter(EventRegistry registry, EventSerializer serializer, SubjectKeys keys, StreamLoader loader, MessageTypes messageTypes)
{
    private const string InsertCommand = """
        insert into commands (tenant_id, command_id, fingerprint, position, result)
        values ($1, $2, $3, current_setting('app.head')::bigint + $4, $5)
        """;

    private const string InsertEvents = """
        insert into events (tenant_id, stream_id, version, position, event_id, type, data, metadata, subject_id, recorded_at)
        select $1, e.stream_id, e.version, current_setting('app.head')::bigint + e.ordinal, e.event_id, e.type, e.data, $8,
               e.subject_id, current_setting('app.now')::timestamptz
          from unnest($2::uuid[], $3::int[], $4::uuid[], $5::text[], $6::jsonb[], $7::uuid[])
            with ordinality as e (stream_id, version, event_id, type, data, subject_id, ordinal)
        """;

    private const string UpsertSnapshots = """
        insert into snapshots as t (tenant_id, stream_id, schema_version, version, state)
        select $1, s.stream_id, s.schema_version, s.version, s.state
          from unnest($2::uuid[], $3::int[], $4::int[], $5::jsonb[]) as s (stream_id, schema_version, version, state)
        on conflict (tenant_id, stream_id) do update
          set schema_version = excluded.schema_version, version = excluded.version, state = excluded.state
          where t.version < excluded.version or t.schema_version < excluded.schema_version
        """;

    /// <summary>Makes the keys that this plan's personal data needs.</summary>
    public async Task<IReadOnlyDictionary<Guid, byte[]>> EnsureKeys(NpgsqlConnection connection, TenantId tenant, CommitPlan plan)
    {
        var subjects = plan.Appended.Select(entry => registry.Of(entry.Event).Subject?.Invoke(entry.Event)).OfType<Guid>();
        return await keys.Ensure(connection, tenant, subjects, CancellationToken.None);
    }

    /// <summary>To be called when the commit that <see cref="EnsureKeys"/> prepared has happened.</summary>
    public void RememberKeys(TenantId tenant, IReadOnlyDictionary<Guid, byte[]> subjectKeys) => keys.Remember(tenant, subjectKeys);

    public void AddTo(NpgsqlBatch batch, RequestContext context, CommitPlan plan, object? result, IReadOnlyDictionary<Guid, byte[]> subjectKeys)
    {
        var tenant = context.Tenant.Value;
        var metadata = Metadata(context);
        batch.BatchCommands.Add(new(InsertCommand)
        {
            Parameters =
            {
                new() { Value = tenant },
                new() { Value = context.CommandId!.Value },
                new() { Value = (object?)context.Fingerprint ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bytea },
                new() { Value = plan.Appended.Count },
                new() { Value = result is null ? DBNull.Value : JsonSerializer.Serialize(result, result.GetType(), StoredJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb },
            },
        });
        if (context.Message is { } message)
        {
            batch.BatchCommands.Add(MessageSql.Complete(message));
        }

        if (plan.Appended.Count > 0)
        {
            batch.BatchCommands.Add(Events(context.Tenant, plan, metadata, subjectKeys));
            AddSnapshots(batch, tenant, plan);
            AddViews(batch, context, plan);
            TenantRegistry.AddTo(batch, plan);
        }

        if (plan.Messages.Count > 0)
        {
            batch.BatchCommands.Add(MessageSql.Insert(context.Tenant, plan.Messages, messageTypes, metadata));
        }
    }

    /// <summary>What is recorded beside everything that the present command writes.</summary>
    public static string Metadata(RequestContext context) => JsonSerializer.Serialize(
        new EventMetadata(
            context.Actor, context.Command, context.CommandId!.Value, context.CorrelationId, context.CausationId ?? context.CommandId!.Value,
            context.RequestId, context.TraceParent),
        StoredJson.Options);

    private NpgsqlBatchCommand Events(TenantId tenant, CommitPlan plan, string metadata, IReadOnlyDictionary<Guid, byte[]> subjectKeys)
    {
        var count = plan.Appended.Count;
        var (streams, versions, ids, types, data, subjects) = (new Guid[count], new int[count], new Guid[count], new string[count], new string[count], new Guid?[count]);
        for (var i = 0; i < count; i++)
        {
            var (slot, e, version, eventId) = plan.Appended[i];
            var kind = registry.Of(e);
            var subject = kind.Subject?.Invoke(e);
            (streams[i], versions[i], ids[i], types[i], subjects[i]) = (slot.Id, version, eventId, kind.Name, subject);
            data[i] = serializer.Serialize(tenant, e, subject is { } id ? subjectKeys[id] : null);
        }

        return new(InsertEvents)
        {
            Parameters =
            {
                new() { Value = tenant.Value },
                new() { Value = streams },
                new() { Value = versions },
                new() { Value = ids },
                new() { Value = types },
                new() { Value = data, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
                new() { Value = subjects },
                new() { Value = metadata, NpgsqlDbType = NpgsqlDbType.Jsonb },
            },
        };
    }

    private static void AddSnapshots(NpgsqlBatch batch, Guid tenant, CommitPlan plan)
    {
        var slots = plan.ChangedSlots.Where(slot => slot.Kind.SnapshotVersion > 0).ToArray();
        if (slots.Length == 0)
        {
            return;
        }

        batch.BatchCommands.Add(new(UpsertSnapshots)
        {
            Parameters =
            {
                new() { Value = tenant },
                new() { Value = slots.Select(slot => slot.Id).ToArray() },
                new() { Value = slots.Select(slot => slot.Kind.SnapshotVersion).ToArray() },
                new() { Value = slots.Select(slot => slot.Version).ToArray() },
                new()
                {
                    Value = slots.Select(slot => JsonSerializer.Serialize(slot.State, slot.Kind.SnapshotJson!)).ToArray(),
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
                },
            },
        });
    }

    private void AddViews(NpgsqlBatch batch, RequestContext context, CommitPlan plan)
    {
        var changes = new Dictionary<ViewTable, List<ViewRow>>();
        foreach (var slot in plan.ChangedSlots)
        {
            foreach (var table in loader.InlineOf(slot.Kind))
            {
                var before = slot.Views[table];
                if (before.Position == slot.Position || slot.Position == 0) // else the view is behind: its subscription catches up
                {
                    if (Fold(table, before, slot, context.Actor, plan) is { } row)
                    {
                        (changes.TryGetValue(table, out var rows) ? rows : changes[table] = []).Add(row);
                    }
                }
            }
        }

        foreach (var (table, rows) in changes)
        {
            foreach (var command in ViewRows.Write(table, context.Tenant.Value, rows, inline: true))
            {
                batch.BatchCommands.Add(command);
            }
        }
    }

    private static ViewRow? Fold(ViewTable table, ViewRow before, StreamSlot slot, Actor actor, CommitPlan plan)
    {
        var (view, last) = (before.View, 0);
        for (var i = 0; i < plan.Appended.Count; i++)
        {
            var (owner, e, version, eventId) = plan.Appended[i];
            if (owner == slot)
            {
                last = i + 1; // the row has seen the event, whether or not it has a fold for it
                foreach (var (seed, fold) in table.Projection.Touch(e, new FoldContext(slot.Id, version, eventId, actor)))
                {
                    view = fold(view ?? seed);
                }
            }
        }

        return view is null && before.View is null ? null : new(before.Key, view, last, before.Generation);
    }
}
