using Mainstreet.Domain.Privacy;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Projections;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Privacy;

/// <summary>
/// Destroys the key of a data subject in the commit that records it, has the views that hold its data folded again, and removes the files that
/// are kept of it and what a test tenant's outbox has for it.
/// </summary>
internal sealed class Erasures(EventRegistry registry, ViewCatalog views)
{
    /// <summary>Every view with every event type of which it may hold personal data.</summary>
    private readonly (string View, string Type)[] holding =
    [
        .. from table in views.Tables
           from type in table.Projection.EventTypes
           from kind in registry.All
           where kind.Present == type && kind.Subject is not null
           select (table.Name, kind.Name),
    ];

    public void AddTo(NpgsqlBatch batch, CommitPlan plan)
    {
        foreach (var entry in plan.Appended)
        {
            if (entry.Event is DataSubjectErased erased)
            {
                batch.BatchCommands.Add(new("select erase_subject($1, $2, $3, $4, $5, $6)")
                {
                    Parameters =
                    {
                        new() { Value = erased.SubjectId },
                        new() { Value = entry.EventId },
                        new() { Value = erased.Events },
                        new() { Value = holding.Select(pair => pair.View).ToArray() },
                        new() { Value = holding.Select(pair => pair.Type).ToArray() },
                        new() { Value = (object?)erased.By?.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                    },
                });
                batch.BatchCommands.Add(new("delete from document_files where tenant_id = current_tenant() and subject_id = $1")
                {
                    Parameters = { new() { Value = erased.SubjectId } },
                });
                batch.BatchCommands.Add(new("delete from sandbox_outbox where tenant_id = current_tenant() and subject_id = $1")
                {
                    Parameters = { new() { Value = erased.SubjectId } },
                });
            }
        }
    }
}
