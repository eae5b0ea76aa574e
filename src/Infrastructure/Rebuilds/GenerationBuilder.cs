using Mainstreet.Application;
using Mainstreet.Application.Projections;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Rebuilds;

/// <summary>
/// Folds the next stretch of many tenants' logs into their building generations: one trip reads all of their events, one
/// the rows that are not in memory, one writes. Short transactions, so that nothing live waits.
/// </summary>
internal sealed class GenerationBuilder(NpgsqlDataSource database, LogReader log)
{
    private const int EventsPerPass = 20_000;
    private const int FewestOfOne = 100;

    /// <param name="group">Rebuilds of one view.</param>
    /// <param name="upTo">No further than this position; left out: as far as the live rows are, or as the rebuild is to go.</param>
    /// <returns>Those that have nothing more to fold; they wait for no other.</returns>
    public async Task<IReadOnlyList<GenerationBuild>> Advance(IReadOnlyList<GenerationBuild> group, long? upTo, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var stretches = await ReadEvents(connection, group, upTo, cancellationToken);
        await ReadRows(connection, stretches, cancellationToken);
        await Write(connection, stretches);
        return [.. group.Where(build => build.CaughtUp)];
    }

    private async Task<List<Stretch>> ReadEvents(
        NpgsqlConnection connection, IReadOnlyList<GenerationBuild> group, long? upTo, CancellationToken cancellationToken)
    {
        var share = Math.Max(FewestOfOne, EventsPerPass / Math.Max(1, group.Count(build => !build.CaughtUp)));
        await using var batch = new NpgsqlBatch(connection);
        foreach (var build in group)
        {
            batch.BatchCommands.Add(TenantSql.Set(build.Row.Tenant));
            batch.BatchCommands.Add(RebuildSql.LivePosition(build.Table, build.Row.TenantId));
            batch.BatchCommands.Add(LogReader.SelectAfter(build.Row.Tenant, build.Position, build.CaughtUp ? FewestOfOne : share));
        }

        var stretches = new List<Stretch>(group.Count);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var build in group)
        {
            await reader.NextResultAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            var (head, live) = (reader.GetInt64(0), upTo ?? build.Row.UpTo ?? reader.GetInt64(1));
            await reader.NextResultAsync(cancellationToken);
            var events = (await log.Read(reader, build.Row.Tenant, cancellationToken)).Where(e => e.Position <= live).ToArray();
            await reader.NextResultAsync(cancellationToken); // onto the next tenant's first statement
            stretches.Add(new(build, events, head, live, new ViewFold(build.Table, events)));
        }

        return stretches;
    }

    private static async Task ReadRows(NpgsqlConnection connection, List<Stretch> stretches, CancellationToken cancellationToken)
    {
        var wanted = stretches.Select(stretch => (stretch.Build, Keys: stretch.Build.Unknown(stretch.Fold))).Where(pair => pair.Keys.Length > 0).ToArray();
        if (wanted.Length == 0)
        {
            return;
        }

        await using var batch = new NpgsqlBatch(connection);
        foreach (var (build, keys) in wanted)
        {
            batch.BatchCommands.Add(TenantSql.Set(build.Row.Tenant));
            batch.BatchCommands.Add(RebuildSql.LookAt(build.Table, build.Row.Target));
            batch.BatchCommands.Add(ViewRows.Select(build.Table, build.Row.TenantId, keys));
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var (build, _) in wanted)
        {
            await reader.NextResultAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            build.Remember((await ViewRows.Read(build.Table, reader, cancellationToken)).Values);
            await reader.NextResultAsync(cancellationToken);
        }
    }

    private static async Task Write(NpgsqlConnection connection, List<Stretch> stretches)
    {
        await using var batch = new NpgsqlBatch(connection);
        var folded = stretches.Select(stretch => (Stretch: stretch, Rows: stretch.Fold.Apply(stretch.Build.Find))).ToArray();
        foreach (var (stretch, rows) in folded)
        {
            var build = stretch.Build;
            batch.BatchCommands.Add(TenantSql.Set(build.Row.Tenant));
            batch.BatchCommands.Add(RebuildSql.LookAt(build.Table, build.Row.Target));
            foreach (var command in ViewRows.Write(build.Table, build.Row.TenantId, rows, inline: false))
            {
                batch.BatchCommands.Add(command);
            }

            var status = stretch.CaughtUp ? RebuildStatus.CatchingUp : RebuildStatus.Building;
            batch.BatchCommands.Add(RebuildSql.Advance(build, stretch.Target, stretch.Head, status));
        }

        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        foreach (var (stretch, rows) in folded)
        {
            stretch.Build.Advanced(stretch.Target, stretch.Head, stretch.CaughtUp, rows);
        }
    }

    /// <param name="Live">How far it can be folded now.</param>
    private sealed record Stretch(GenerationBuild Build, EventEnvelope[] Events, long Head, long Live, ViewFold Fold)
    {
        public long Target => Events.Length == 0 ? Build.Position : Events[^1].Position;

        public bool CaughtUp => Target >= Live;
    }
}
