using Mainstreet.Application.Projections;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Subscriptions;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Rebuilds;

/// <summary>
/// Makes a built generation the live one, in one transaction that holds the tenant's lane and checkpoints: the few
/// events that are left are folded, and the pointer is moved. Readers see the one or the other, whole.
/// </summary>
/// <remarks>Who holds the checkpoints is waited for while the tenant's commits wait: for less time than they do (55P03).</remarks>
internal sealed class GenerationSwitch(NpgsqlDataSource database, LogReader log, Checkpoints checkpoints)
{
    /// <summary>More than this is folded before the lane is taken.</summary>
    private const int MostWithinLane = 200;

    /// <summary>Errors: false when so much was committed meanwhile that it has to catch up first.</summary>
    public async Task<bool> Run(GenerationBuild build, CancellationToken cancellationToken)
    {
        var (row, table) = (build.Row, build.Table);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
        var (head, liveGeneration, fold) = await TakeLane(connection, transaction, build);
        if (fold is null)
        {
            return false;
        }

        await ReadRows(connection, transaction, build, fold);
        var rows = fold.Apply(build.Find);
        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { RebuildSql.LookAt(table, row.Target) } };
        foreach (var command in ViewRows.Write(table, row.TenantId, rows, inline: false))
        {
            batch.BatchCommands.Add(command);
        }

        batch.BatchCommands.Add(new("""
            insert into live_generations (tenant_id, view, generation) values ($1, $2, $3)
            on conflict (tenant_id, view) do update set generation = excluded.generation
            """)
        {
            Parameters = { new() { Value = row.TenantId }, new() { Value = table.Name }, new() { Value = row.Target } },
        });
        batch.BatchCommands.Add(new("""
            insert into parked_events (tenant_id, subscription, position, event_id, event_type, parked_at, error, state, decided_by)
            select $1, $2, e.position, e.event_id, e.type, c.parked_at, c.parked_error, 'rebuilt', $3
              from checkpoints c join events e on e.tenant_id = c.tenant_id and e.position = c.position + 1
             where c.tenant_id = $1 and c.subscription = $2 and c.parked_at is not null
            """)
        {
            Parameters =
            {
                new() { Value = row.TenantId },
                new() { Value = table.Name },
                new() { Value = (object?)row.RequestedBy ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            },
        });
        batch.BatchCommands.Add(Checkpoints.Place(table.Name, head));
        batch.BatchCommands.Add(RebuildSql.Advance(build, head, head, RebuildStatus.Verifying));
        batch.BatchCommands.Add(row.Goal == RebuildGoal.RollBack
            ? RebuildSql.Update(row, "status = 'rolled_back', diff = null, finished_at = clock_timestamp(), drop_at = clock_timestamp()")
            : RebuildSql.Update(
                row, "status = 'switched', finished_at = clock_timestamp(), previous = $4, previous_position = $5, drop_at = clock_timestamp() + $6",
                liveGeneration, head, row.Forgets ? TimeSpan.Zero : RebuildWorker.KeptForRollback));
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        checkpoints.Announce(row.Tenant);
        return true;
    }

    private async Task<(long Head, int LiveGeneration, ViewFold? Fold)> TakeLane(NpgsqlConnection connection, NpgsqlTransaction transaction, GenerationBuild build)
    {
        var tenant = build.Row.Tenant;
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                TenantSql.Set(tenant),
                new("set local lock_timeout = '1s'"),
                Locking("select lane from tenants where tenant_id = $1 for no key update", tenant),
                Checkpoints.Hold(build.Table.Name),
                Locking("select coalesce(max(position), 0), live_generation($2) from events where tenant_id = $1", tenant, build.Table.Name),
                LogReader.SelectAfter(tenant, build.Position, MostWithinLane + 1),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        await reader.NextResultAsync(CancellationToken.None);
        await reader.NextResultAsync(CancellationToken.None);
        await reader.NextResultAsync(CancellationToken.None);
        await reader.ReadAsync(CancellationToken.None);
        var (head, liveGeneration) = (reader.GetInt64(0), reader.GetInt32(1));
        await reader.NextResultAsync(CancellationToken.None);
        var events = await log.Read(reader, tenant, CancellationToken.None);
        return (head, liveGeneration, events.Count > MostWithinLane ? null : new ViewFold(build.Table, events));
    }

    private static async Task ReadRows(NpgsqlConnection connection, NpgsqlTransaction transaction, GenerationBuild build, ViewFold fold)
    {
        if (build.Unknown(fold) is not [_, ..] keys)
        {
            return;
        }

        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands = { RebuildSql.LookAt(build.Table, build.Row.Target), ViewRows.Select(build.Table, build.Row.TenantId, keys) },
        };
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        await reader.NextResultAsync(CancellationToken.None);
        build.Remember((await ViewRows.Read(build.Table, reader, CancellationToken.None)).Values);
    }

    private static NpgsqlBatchCommand Locking(string sql, TenantId tenant, string? view = null)
    {
        var command = new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = tenant.Value } } };
        if (view is not null)
        {
            command.Parameters.Add(new() { Value = view });
        }

        return command;
    }
}
