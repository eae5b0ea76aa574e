using System.Collections.Concurrent;
using Mainstreet.Infrastructure.Projections;
using Npgsql;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>
/// Statements that refuse a commit (MS425) where a view that commits write lacks an event of the log up to the lane's head: the table of a raised
/// version is being filled, or another release was the last to write and has a table of its own. Nothing is looked for where the view's
/// subscription is at the head, and a parked one holds nobody up.
/// </summary>
internal sealed class CompleteViews(EventRegistry events, ViewCatalog views)
{
    private readonly ConcurrentDictionary<ViewTable, string[]> types = new();

    /// <summary>For a batch behind the statement that takes the lane.</summary>
    public NpgsqlBatchCommand Expect(ViewTable table) => new("select expect_complete($1, $2, $3)")
    {
        Parameters =
        {
            new() { Value = table.Name },
            new() { Value = table.Keys[0].Name },
            new() { Value = types.GetOrAdd(table, view => [.. events.All.Where(kind => view.Handles(kind.Present)).Select(kind => kind.Name)]) },
        },
    };

    /// <summary>The same for every view of this kind that is named in one of these texts.</summary>
    public IEnumerable<NpgsqlBatchCommand> NamedIn(IEnumerable<string> sql) => sql
        .SelectMany(views.NamedIn)
        .Select(table => table.Kept)
        .Where(table => table.Projection.Inline)
        .Distinct()
        .Select(Expect);
}
