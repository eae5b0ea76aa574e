using System.Data;
using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Rebuilds;

/// <summary>Rows of a generation, and a sum over their hashes that does not depend on their order.</summary>
internal sealed record GenerationSum(long Rows, string Checksum);

/// <summary>
/// Compares the live rows with the built ones at one and the same position: the live rows in a snapshot, and the built
/// generation folded to just where that snapshot stands. Nobody waits for it.
/// </summary>
internal sealed class GenerationComparison(NpgsqlDataSource database, GenerationBuilder builder)
{
    /// <summary>Sums up both sides and stores the result. False when the built side is ahead of the live one, which has to catch up.</summary>
    public async Task<bool> Run(GenerationBuild build, CancellationToken cancellationToken)
    {
        var (row, table) = (build.Row, build.Table);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await TakeTime(connection, cancellationToken);
        var at = await Position(connection, build, cancellationToken);
        if (at < build.Position)
        {
            return false;
        }

        while (build.Position < at)
        {
            await builder.Advance([build], at, cancellationToken);
        }

        var live = await Sum(connection, build, generation: null, cancellationToken);
        await using var other = await database.OpenConnectionAsync(cancellationToken);
        await using var present = await other.BeginTransactionAsync(cancellationToken);
        await TakeTime(other, cancellationToken);
        var built = await Sum(other, build, row.Target, cancellationToken);
        var diff = live == built ? new StoredDiff(0, 0, 0, []) : await GenerationDiff.Of(build, connection, other, cancellationToken);
        await using var store = new NpgsqlBatch(other, present)
        {
            BatchCommands =
            {
                RebuildSql.Update(
                    row, "compared_at = $4, rows_live = $5, checksum_live = $6, rows_built = $7, checksum_built = $8, diff = $9::jsonb",
                    at, live.Rows, live.Checksum, built.Rows, built.Checksum, JsonSerializer.Serialize(diff, StoredJson.Options)),
            },
        };
        await store.ExecuteNonQueryAsync(cancellationToken);
        await present.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Large views take longer to sum up than any other statement may, and one side waits for the other meanwhile.</summary>
    private static async Task TakeTime(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Where the snapshot's live rows stand. Sets the tenant for the transaction.</summary>
    private static async Task<long> Position(NpgsqlConnection connection, GenerationBuild build, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { TenantSql.Set(build.Row.Tenant), RebuildSql.LivePosition(build.Table, build.Row.TenantId) },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetInt64(1);
    }

    /// <param name="generation">Null: the live one.</param>
    private static async Task<GenerationSum> Sum(NpgsqlConnection connection, GenerationBuild build, int? generation, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.Set(build.Row.Tenant) }, Timeout = 0 };
        if (generation is { } other)
        {
            batch.BatchCommands.Add(RebuildSql.LookAt(build.Table, other));
        }

        batch.BatchCommands.Add(new(build.Table.Sql.Sum));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        for (var ahead = batch.BatchCommands.Count - 1; ahead > 0; ahead--)
        {
            await reader.NextResultAsync(cancellationToken);
        }

        await reader.ReadAsync(cancellationToken);
        return new(reader.GetInt64(0), reader.GetString(1));
    }
}
