using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Projections;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Reads;

/// <summary>
/// The rows of a read's views as they were: each is folded from the beginning of its stream up to a position. Which streams matter
/// follows from the ids that the read names, and from those in the rows that were found.
/// </summary>
internal sealed class PastRows(NpgsqlConnection connection, TenantId tenant, long position, LogReader log, EventRegistry registry)
{
    /// <summary>Of a view that is read whole, such as the one storefront that a business has.</summary>
    private const int MostWhole = 1_000;

    private readonly Dictionary<ViewTable, List<ViewRow>> rows = [];

    /// <param name="views">With their own rows, or with parts of such rows.</param>
    /// <param name="named">The ids among the parameters of the read.</param>
    public async Task Fold(IEnumerable<ViewTable> views, IEnumerable<Guid> named, CancellationToken cancellationToken)
    {
        var ids = named.ToHashSet();
        var isWhole = ids.Count == 0;
        var waiting = views.Select(view => view.Kept).Distinct().ToList();
        while (waiting.Count > 0)
        {
            var found = isWhole ? null : await FirstFound(waiting, ids, cancellationToken);
            if (found is null)
            {
                found = waiting[0];
                rows[found] = await FoldStreams(found, await LiveKeys(connection, found, isWhole ? null : ids, cancellationToken), cancellationToken);
            }

            waiting.Remove(found);
            ids.UnionWith(rows[found].SelectMany(row => found.Columns.Select(column => column.Get(row.View!))).OfType<Guid>());
        }
    }

    /// <summary>The rows of a view, or the parts of rows, for jsonb_populate_recordset.</summary>
    public string Json(ViewTable view)
    {
        var kept = rows[view.Kept];
        var shown = view == view.Kept
            ? kept.Select(row => (Row: row.View!, row.Position))
            : kept.SelectMany(row => view.Kept.Parts.Single(parts => parts.Table == view).PartsOf(row.View!).Select(part => (Row: part, row.Position)));
        return new JsonArray([.. shown.Select(row => Json(view, row.Row, row.Position))]).ToJsonString();
    }

    /// <summary>A view with streams among the ids.</summary>
    private async Task<ViewTable?> FirstFound(List<ViewTable> waiting, HashSet<Guid> ids, CancellationToken cancellationToken)
    {
        foreach (var view in waiting)
        {
            if (await FoldStreams(view, [.. ids], cancellationToken) is { Count: > 0 } found)
            {
                rows[view] = found;
                return view;
            }
        }

        return null;
    }

    private async Task<List<ViewRow>> FoldStreams(ViewTable view, Guid[] streams, CancellationToken cancellationToken)
    {
        var types = registry.All.Where(kind => view.Handles(kind.Present)).Select(kind => kind.Name).ToArray();
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { LogReader.SelectStreams(tenant, streams, types, position) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var fold = new ViewFold(view, await log.Read(reader, tenant, cancellationToken));
        return [.. fold.Apply(_ => null).Where(row => row.View is not null)];
    }

    /// <summary>The keys of live rows that mention one of these ids, or of all there are.</summary>
    public static async Task<Guid[]> LiveKeys(NpgsqlConnection connection, ViewTable view, HashSet<Guid>? mentioned, CancellationToken cancellationToken)
    {
        var key = view.Keys[0].Name;
        var selects = view.Parts.Select(parts => parts.Table).Prepend(view)
            .Select(table => $"select {table.Keys[0].Name} as {key} from {table.Read}{(mentioned is null ? "" : $" where {Mentions(table)}")}");
        await using var command = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"select distinct {key} from ({string.Join(" union all ", selects)}) r limit {MostWhole}"), connection);
        if (mentioned is not null)
        {
            command.Parameters.Add(new() { Value = mentioned.ToArray() });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var keys = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            keys.Add(reader.GetGuid(0));
        }

        return [.. keys];
    }

    private static string Mentions(ViewTable table) =>
        string.Join(" or ", table.Columns.Where(column => column.Type.Db == NpgsqlDbType.Uuid).Select(column => $"{column.Name} = any ($1)"));

    private static JsonObject Json(ViewTable view, object row, long position)
    {
        var json = new JsonObject { ["row_position"] = position };
        foreach (var column in view.Columns)
        {
            var value = column.Get(row);
            json[column.Name] = value is string text && column.Type.Db == NpgsqlDbType.Jsonb ? JsonNode.Parse(text)
                : value is DateTimeOffset time ? JsonValue.Create(time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond))) // as columns keep it
                : value is null ? null
                : JsonSerializer.SerializeToNode(value, value.GetType(), StoredJson.Options);
        }

        return json;
    }
}
