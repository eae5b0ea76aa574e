using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Projections;
using Npgsql;

namespace Mainstreet.Infrastructure.Rebuilds;

/// <summary>
/// Which rows differ between two sides of a view: both are read in the order of their keys' hashes and merged, so that nothing
/// but what differs is kept. Each side is a transaction that looks at its generation already.
/// </summary>
internal static class GenerationDiff
{
    /// <summary>Rows that are shown in full.</summary>
    public const int MostShown = 100;

    public static async Task<StoredDiff> Of(GenerationBuild build, NpgsqlConnection live, NpgsqlConnection built, CancellationToken cancellationToken)
    {
        var (changed, added, removed) = (0, 0, 0);
        var shown = new List<string>();
        await using (var left = await Hashes(build, live, cancellationToken))
        await using (var right = await Hashes(build, built, cancellationToken))
        {
            var (more, others) = (await left.ReadAsync(cancellationToken), await right.ReadAsync(cancellationToken));
            while (more || others)
            {
                var order = !more ? 1 : !others ? -1 : string.CompareOrdinal(left.GetString(0), right.GetString(0));
                var differs = order != 0 || left.GetInt64(1) != right.GetInt64(1);
                if (differs && shown.Count < MostShown)
                {
                    shown.Add((order <= 0 ? left : right).GetString(0));
                }

                (removed, added, changed) = (removed + (order < 0 ? 1 : 0), added + (order > 0 ? 1 : 0), changed + (order == 0 && differs ? 1 : 0));
                more = order <= 0 ? await left.ReadAsync(cancellationToken) : more;
                others = order >= 0 ? await right.ReadAsync(cancellationToken) : others;
            }
        }

        var before = await Rows(build, live, shown, cancellationToken);
        var after = await Rows(build, built, shown, cancellationToken);
        return new(changed, added, removed,
        [
            .. shown.Select(hash => new StoredRowDiff(
                (before.TryGetValue(hash, out var row) ? row : after[hash]).Key,
                before.TryGetValue(hash, out var was) ? was.Row : null, after.TryGetValue(hash, out var now) ? now.Row : null)),
        ]);
    }

    private static async Task<NpgsqlDataReader> Hashes(GenerationBuild build, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(build.Table.Sql.Hashes, connection) { CommandTimeout = 0 };
        return await command.ExecuteReaderAsync(cancellationToken);
    }

    private static async Task<Dictionary<string, (JsonElement Key, JsonElement Row)>> Rows(
        GenerationBuild build, NpgsqlConnection connection, List<string> hashes, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(build.Table.Sql.Shown, connection) { CommandTimeout = 0, Parameters = { new() { Value = hashes.ToArray() } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new Dictionary<string, (JsonElement, JsonElement)>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows[reader.GetString(0)] = (Json(reader.GetString(1)), Json(reader.GetString(2)));
        }

        return rows;

        static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text, StoredJson.Options);
    }
}

/// <summary>As the column diff keeps it.</summary>
internal sealed record StoredDiff(int Changed, int Added, int Removed, IReadOnlyList<StoredRowDiff> Rows);

internal sealed record StoredRowDiff(JsonElement Key, JsonElement? Live, JsonElement? Built);
