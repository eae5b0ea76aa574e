using System.Text.Json;
using System.Text.Json.Nodes;
using Mainstreet.Application;
using Mainstreet.Domain;
using Npgsql;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>
/// A commit that is written in full, so that whatever the database would refuse is refused, and then rolled back; what it would
/// have recorded is remembered.
/// </summary>
internal sealed class Rehearsal(NpgsqlDataSource database, CommitWriter writer, StreamLoader loader, EventRegistry registry, TenantGates gates)
{
    public async Task Run(TenantId tenant, PlannedCommit commit, DryRun run)
    {
        using var gate = await gates.Enter(tenant, CancellationToken.None);
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None); // sent with the first batch
        await using (var lane = new NpgsqlBatch(connection, transaction) { BatchCommands = { LaneSql.Take(tenant, commit.Purpose) } })
        {
            await lane.ExecuteNonQueryAsync(CancellationToken.None); // before the keys: whatever commits write as well is locked behind it
        }

        var keys = await writer.EnsureKeys(connection, tenant, [commit]);
        await using var batch = new NpgsqlBatch(connection, transaction);
        writer.AddTo(batch, tenant, [commit], keys);
        batch.BatchCommands.Add(new("rollback"));
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        Remember(commit, run);
    }

    public void Remember(PlannedCommit commit, DryRun run)
    {
        foreach (var (slot, e, version, _) in commit.Plan.Appended)
        {
            var kind = registry.Of(e);
            if (!kind.Internal)
            {
                run.Add(new DryEvent(
                    EventEnvelope.PublicTypeOf(kind.Name), EventEnvelope.SchemaVersionOf(kind.Name), EventEnvelope.SubjectOf(kind.Name), slot.Id, version,
                    JsonSerializer.SerializeToNode(e, kind.Json)!));
            }
        }

        foreach (var slot in commit.Plan.ChangedSlots)
        {
            var views = new JsonObject();
            foreach (var table in loader.InlineOf(slot.Kind))
            {
                if (CommitWriter.Fold(table, slot.Views[table], slot, commit, events: 0)?.View is { } view)
                {
                    views[table.ReadName] = ShownState.Of(view);
                }
            }

            if (views.Count > 0)
            {
                var subject = EventEnvelope.SubjectOf(registry.Of(commit.Plan.Appended.First(entry => entry.Slot == slot).Event).Name);
                run.Add(new DryState(subject, slot.Id, slot.Version, views));
            }
        }
    }
}
