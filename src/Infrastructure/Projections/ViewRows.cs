using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Projections;

/// <summary>A row as a fold left it. <paramref name="View"/> is null where the row is to be removed.</summary>
/// <param name="Position">Of the last folded event: in the log, or counted from the head of the commit.</param>
/// <param name="Generation">Where it was read; null for a row that was not there.</param>
internal sealed record ViewRow(ViewKey Key, object? View, long Position, int? Generation = null);

/// <summary>Batch commands that read and write rows of views, one command per table.</summary>
internal static class ViewRows
{
    public static NpgsqlBatchCommand Select(ViewTable table, Guid tenant, IReadOnlyList<ViewKey> keys)
    {
        var command = new NpgsqlBatchCommand(table.Sql.Select) { Parameters = { new() { Value = tenant } } };
        AddKeys(command, table, keys);
        return command;
    }

    /// <summary>Reads the result of <see cref="Select"/>: key, view and position of every row there is.</summary>
    public static async Task<Dictionary<ViewKey, ViewRow>> Read(ViewTable table, NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<ViewKey, ViewRow>();
        var bound = table.Mapper.Bind(reader);
        var (position, generation) = (reader.GetOrdinal("row_position"), reader.GetOrdinal("generation"));
        while (await reader.ReadAsync(cancellationToken))
        {
            var view = bound(reader)!;
            var key = table.KeyOf(view);
            rows[key] = new(key, view, reader.GetInt64(position), reader.GetInt32(generation));
        }

        return rows;
    }

    public static IEnumerable<NpgsqlBatchCommand> Write(ViewTable table, Guid tenant, IReadOnlyCollection<ViewRow> rows, bool inline)
    {
        var kept = rows.Where(row => row.View is not null).ToArray();
        if (kept.Length > 0)
        {
            var command = new NpgsqlBatchCommand(inline ? table.Sql.InlineUpsert : table.Sql.Upsert) { Parameters = { new() { Value = tenant } } };
            foreach (var column in table.Columns)
            {
                AddArray(command, column, [.. kept.Select(row => column.Get(row.View!))]);
            }

            command.Parameters.Add(new() { Value = kept.Select(row => row.Position).ToArray() });
            if (inline)
            {
                command.Parameters.Add(new() { Value = kept.Select(row => row.Generation).ToArray() });
            }

            yield return command;
        }

        var removed = rows.Where(row => row.View is null).Select(row => row.Key).ToArray();
        if (removed.Length > 0)
        {
            var command = new NpgsqlBatchCommand(table.Sql.Delete) { Parameters = { new() { Value = tenant } } };
            AddKeys(command, table, removed);
            yield return command;
        }

        foreach (var command in table.Parts.SelectMany(parts => parts.Write(tenant, rows, inline)))
        {
            yield return command;
        }
    }

    private static void AddKeys(NpgsqlBatchCommand command, ViewTable table, IReadOnlyList<ViewKey> keys)
    {
        for (var i = 0; i < table.Keys.Count; i++)
        {
            AddArray(command, table.Keys[i], [.. keys.Select(key => key.Parts[i])]);
        }
    }

    public static void AddArray(NpgsqlBatchCommand command, ViewColumn column, object?[] values)
    {
        var array = Array.CreateInstance(column.Type.ArrayOf, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            array.SetValue(values[i], i);
        }

        command.Parameters.Add(new() { Value = array, NpgsqlDbType = NpgsqlDbType.Array | column.Type.Db });
    }
}
