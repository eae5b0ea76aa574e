using Mainstreet.Application.Projections;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Rebuilds;

/// <summary>Removes the rows of generations that nobody sees any more, some at a time.</summary>
internal sealed class GenerationDrop(NpgsqlDataSource database, ViewCatalog views)
{
    private const int RowsAtOnce = 5_000;
    private const int RebuildsAtOnce = 50;

    public async Task Run(CancellationToken cancellationToken)
    {
        foreach (var row in await Due(cancellationToken))
        {
            var unseen = row.Status == RebuildStatus.Switched ? row.Previous : row.Generation;
            foreach (var table in views.All.Where(table => table.Kept.Name == row.View))
            {
                while (await Delete(row, table, unseen, cancellationToken) == RowsAtOnce)
                {
                }
            }

            await Done(row);
        }
    }

    private async Task<List<RebuildRow>> Due(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {RebuildRow.Columns} from droppable_rebuilds($1)");
        command.Parameters.Add(new() { Value = RebuildsAtOnce });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAll<RebuildRow>(cancellationToken);
    }

    /// <summary>Never the live generation, whatever a row says.</summary>
    private async Task<int> Delete(RebuildRow row, ViewTable table, int generation, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(row.Tenant),
                new($"""
                    delete from rm.{table.Name} where ctid in (
                      select ctid from rm.{table.Name} where tenant_id = $1 and generation = $2 and generation <> {ViewSql.Live(table)} limit $3)
                    """)
                {
                    Parameters = { new() { Value = row.TenantId }, new() { Value = generation }, new() { Value = RowsAtOnce } },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return (int)batch.BatchCommands[1].Rows;
    }

    private async Task Done(RebuildRow row)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(row.Tenant),
                new("update rebuilds set drop_at = null, diff = null, dropped_at = clock_timestamp() where tenant_id = $1 and rebuild_id = $2 and drop_at <= clock_timestamp()")
                {
                    Parameters = { new() { Value = row.TenantId }, new() { Value = row.RebuildId } },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
