using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Carts;
using Mainstreet.Infrastructure.Identity;
using Mainstreet.Infrastructure.Messaging;
using Mainstreet.Infrastructure.Privacy;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>
/// Turns planned commits, one or many that touch different streams, into the statements of one transaction: answer records,
/// message removals, events, snapshots, inline views, messages, tenant registry, ends of sessions, erasures. The lane is taken before them, in the same
/// batch or an earlier trip.
/// </summary>
internal sealed class CommitWriter(
    EventRegistry registry, EventSerializer serializer, SubjectKeys keys, StreamLoader loader, CompleteViews complete, MessageTypes messageTypes, Erasures erasures)
{
    private const string InsertCommands = """
        insert into commands (tenant_id, command_id, fingerprint, position, result, message_tenant, message_id)
        select $1, c.command_id, c.fingerprint, current_setting('app.head')::bigint + c.events, c.result, c.message_tenant, c.message_id
          from unnest($2::uuid[], $3::bytea[], $4::int[], $5::jsonb[], $6::uuid[], $7::uuid[])
            as c (command_id, fingerprint, events, result, message_tenant, message_id)
        """;

    private const string InsertEvents = """
        insert into events (tenant_id, stream_id, version, position, event_id, type, data, metadata, subject_id, recorded_at)
        select $1, e.stream_id, e.version, current_setting('app.head')::bigint + e.ordinal, e.event_id, e.type, e.data,
               ($8::jsonb[])[e.commit], e.subject_id, current_setting('app.now')::timestamptz
          from unnest($2::uuid[], $3::int[], $4::uuid[], $5::text[], $6::jsonb[], $7::uuid[], $9::int[])
            with ordinality as e (stream_id, version, event_id, type, data, subject_id, commit, ordinal)
        """;

    private const string UpsertSnapshots = """
        insert into snapshots as t (tenant_id, stream_id, schema_version, version, state, position, position_version)
        select $1, s.stream_id, s.schema_version, s.version, s.state, current_setting('app.head')::bigint + s.ordinal, s.version
          from unnest($2::uuid[], $3::int[], $4::int[], $5::jsonb[], $6::int[]) as s (stream_id, schema_version, version, state, ordinal)
        on conflict (tenant_id, stream_id) do update
          set schema_version = excluded.schema_version, version = excluded.version, state = excluded.state,
              position = excluded.position, position_version = excluded.position_version
          where t.version < excluded.version or t.schema_version < excluded.schema_version
        """;

    /// <summary>Makes the keys that the personal data of these commits needs.</summary>
    public async Task<IReadOnlyDictionary<Guid, SubjectKey>> EnsureKeys(NpgsqlConnection connection, TenantId tenant, IReadOnlyList<PlannedCommit> commits)
    {
        var subjects = commits.SelectMany(commit => commit.Plan.Appended).Select(entry => registry.Of(entry.Event).Subject?.Invoke(entry.Event)).OfType<Guid>();
        return await keys.Ensure(connection, tenant, subjects, CancellationToken.None);
    }

    /// <summary>To be called when the commit that <see cref="EnsureKeys"/> prepared has happened.</summary>
    public void RememberKeys(TenantId tenant, IReadOnlyDictionary<Guid, SubjectKey> subjectKeys) => keys.Remember(tenant, subjectKeys);

    public void AddTo(NpgsqlBatch batch, TenantId tenant, IReadOnlyList<PlannedCommit> commits, IReadOnlyDictionary<Guid, SubjectKey> subjectKeys)
    {
        batch.BatchCommands.Add(Commands(tenant, commits));
        foreach (var commit in commits)
        {
            if (commit.Message is { } message)
            {
                batch.BatchCommands.Add(MessageSql.Complete(message));
            }
        }

        if (subjectKeys.Count > 0)
        {
            batch.BatchCommands.Add(SubjectKeys.Expect(subjectKeys));
        }

        if (commits.Any(commit => commit.Plan.Appended.Count > 0))
        {
            batch.BatchCommands.Add(Events(tenant, commits, subjectKeys));
            AddSnapshots(batch, tenant, commits);
            AddViews(batch, tenant, commits);
        }

        foreach (var commit in commits)
        {
            TenantRegistry.AddTo(batch, commit.Plan);
            SessionEndings.AddTo(batch, commit.Plan);
            CartEndings.AddTo(batch, commit.Plan);
            AllowedOrigins.AddTo(batch, commit.Plan);
            erasures.AddTo(batch, commit.Plan);
            if (commit.Plan.Messages.Count > 0)
            {
                batch.BatchCommands.Add(MessageSql.Insert(tenant, commit.Plan.Messages, messageTypes, commit.Metadata));
            }
        }
    }

    /// <summary>What is recorded beside everything that the present command writes.</summary>
    public static string Metadata(RequestContext context) => JsonSerializer.Serialize(
        new EventMetadata(
            context.Actor, context.Command, context.CommandId!.Value, context.CorrelationId, context.CausationId ?? context.CommandId!.Value,
            context.RequestId, context.TraceParent, context.Network),
        StoredJson.Options);

    private static NpgsqlBatchCommand Commands(TenantId tenant, IReadOnlyList<PlannedCommit> commits)
    {
        var events = 0;
        return new(InsertCommands)
        {
            Parameters =
            {
                new() { Value = tenant.Value },
                new() { Value = commits.Select(commit => commit.CommandId).ToArray() },
                new() { Value = commits.Select(commit => commit.Fingerprint).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
                new() { Value = commits.Select(commit => events += commit.Plan.Appended.Count).ToArray() },
                new()
                {
                    Value = commits.Select(commit => commit.Result is { } result ? JsonSerializer.Serialize(result, result.GetType(), StoredJson.Options) : null).ToArray(),
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
                },
                new() { Value = commits.Select(commit => commit.StepOf?.Tenant.Value).ToArray() },
                new() { Value = commits.Select(commit => commit.StepOf?.MessageId).ToArray() },
            },
        };
    }

    private NpgsqlBatchCommand Events(TenantId tenant, IReadOnlyList<PlannedCommit> commits, IReadOnlyDictionary<Guid, SubjectKey> subjectKeys)
    {
        var count = commits.Sum(commit => commit.Plan.Appended.Count);
        var (streams, versions, ids, types, data, subjects, places) =
            (new Guid[count], new int[count], new Guid[count], new string[count], new string[count], new Guid?[count], new int[count]);
        var i = 0;
        for (var place = 0; place < commits.Count; place++)
        {
            foreach (var (slot, e, version, eventId) in commits[place].Plan.Appended)
            {
                var kind = registry.Of(e);
                var subject = kind.Subject?.Invoke(e);
                (streams[i], versions[i], ids[i], types[i], subjects[i], places[i]) = (slot.Id, version, eventId, kind.Name, subject, place + 1);
                data[i++] = serializer.Serialize(tenant, e, subject is { } id ? subjectKeys[id].Key : null);
            }
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
                new() { Value = commits.Select(commit => commit.Metadata).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
                new() { Value = places },
            },
        };
    }

    private static void AddSnapshots(NpgsqlBatch batch, TenantId tenant, IReadOnlyList<PlannedCommit> commits)
    {
        var last = new Dictionary<StreamSlot, int>(); // the place of the stream's last event in the transaction
        foreach (var (i, entry) in commits.SelectMany(commit => commit.Plan.Appended).Index())
        {
            if (entry.Slot.Kind.SnapshotVersion > 0)
            {
                last[entry.Slot] = i + 1;
            }
        }

        if (last.Count == 0)
        {
            return;
        }

        StreamSlot[] slots = [.. last.Keys];

        batch.BatchCommands.Add(new(UpsertSnapshots)
        {
            Parameters =
            {
                new() { Value = tenant.Value },
                new() { Value = slots.Select(slot => slot.Id).ToArray() },
                new() { Value = slots.Select(slot => slot.Kind.SnapshotVersion).ToArray() },
                new() { Value = slots.Select(slot => slot.Version).ToArray() },
                new()
                {
                    Value = slots.Select(slot => JsonSerializer.Serialize(slot.State, slot.Kind.SnapshotJson!)).ToArray(),
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
                },
                new() { Value = slots.Select(slot => last[slot]).ToArray() },
            },
        });
    }

    private void AddViews(NpgsqlBatch batch, TenantId tenant, IReadOnlyList<PlannedCommit> commits)
    {
        var changes = new Dictionary<ViewTable, List<ViewRow>>();
        var events = 0;
        foreach (var commit in commits)
        {
            foreach (var slot in commit.Plan.ChangedSlots)
            {
                foreach (var table in loader.InlineOf(slot.Kind))
                {
                    var before = slot.Views[table];
                    if ((before.Position == slot.Position || slot.Position == 0) // else the view is behind: its subscription catches up
                        && Fold(table, before, slot, commit, events) is { } row)
                    {
                        (changes.TryGetValue(table, out var rows) ? rows : changes[table] = []).Add(row);
                    }
                }
            }

            events += commit.Plan.Appended.Count;
        }

        foreach (var table in commits.SelectMany(commit => commit.Plan.ChangedSlots).SelectMany(slot => loader.InlineOf(slot.Kind)).Where(table => table.KeepsUnique).Distinct())
        {
            batch.BatchCommands.Add(complete.Expect(table));
        }

        foreach (var (table, rows) in changes)
        {
            foreach (var command in ViewRows.Write(table, tenant.Value, rows, inline: true))
            {
                batch.BatchCommands.Add(command);
            }
        }
    }

    /// <param name="events">How many stand before this commit's in the transaction.</param>
    public static ViewRow? Fold(ViewTable table, ViewRow before, StreamSlot slot, PlannedCommit commit, int events)
    {
        var (view, places) = (before.View, commit.Plan.PlacesOf(slot));
        foreach (var place in places)
        {
            var (_, e, version, eventId) = commit.Plan.Appended[place];
            foreach (var (seed, fold) in table.Projection.Touch(e, new FoldContext(slot.Id, version, eventId, () => commit.Actor)))
            {
                view = fold(view ?? seed);
            }
        }

        // the row has seen the last of them, whether or not it has a fold for it
        return view is null && before.View is null ? null : new(before.Key, view, events + places[^1] + 1, before.Generation);
    }
}
