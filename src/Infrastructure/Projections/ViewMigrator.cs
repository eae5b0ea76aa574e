using Npgsql;

namespace Mainstreet.Infrastructure.Projections;

/// <summary>Makes the missing tables of read models, as the owner, right after the SQL migrations.</summary>
internal sealed class ViewMigrator(ViewCatalog catalog)
{
    private const long AdvisoryLock = 0x4D53_5649_4557; // "MSVIEW"

    /// <summary>Errors: InvalidOperationException when a declaration changed but its version was not raised.</summary>
    public async Task MigrateAsync(NpgsqlDataSource owner, CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Run($"select pg_advisory_xact_lock({AdvisoryLock})");
        var shapes = new Dictionary<string, string>(StringComparer.Ordinal);
        await using (var command = new NpgsqlCommand("select table_name, shape from view_shapes", connection, transaction))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                shapes[reader.GetString(0)] = reader.GetString(1);
            }
        }

        var readable = new HashSet<string>(StringComparer.Ordinal);
        await using (var command = new NpgsqlCommand("select schemaname || '.' || viewname from pg_views where schemaname ~ '^rm_v'", connection, transaction))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                readable.Add(reader.GetString(0));
            }
        }

        foreach (var table in catalog.All)
        {
            if (!shapes.TryGetValue(table.Name, out var shape))
            {
                await Run(table.Sql.Create);
                await Run("insert into view_shapes (table_name, shape) values ($1, $2)", table.Name, table.Sql.Create);
            }
            else if (!string.Equals(shape, table.Sql.Create, StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"The view {table.ReadName} changed its shape: raise its projection's version above {table.Projection.Version}.");
            }

            if (!readable.Contains(table.Read))
            {
                await Run(table.Sql.CreateReading);
            }
        }

        await transaction.CommitAsync(cancellationToken);

        async Task Run(string sql, params object[] parameters)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            foreach (var parameter in parameters)
            {
                command.Parameters.Add(new() { Value = parameter });
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
