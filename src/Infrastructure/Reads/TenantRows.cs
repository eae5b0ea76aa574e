using Mainstreet.Domain;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Reads;

/// <summary>Statements of the product's own in a tenant, in one trip.</summary>
internal static class TenantRows
{
    /// <param name="database">Where.</param>
    /// <param name="tenant">Whose rows it sees.</param>
    /// <param name="sql">With @names.</param>
    /// <param name="parameters">Members by these names; null: none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<IReadOnlyList<T>> Rows<T>(
        this NpgsqlDataSource database, TenantId tenant, string sql, object? parameters, CancellationToken cancellationToken)
    {
        var statement = new NpgsqlBatchCommand(sql);
        SqlParameters.AddTo(statement.Parameters, parameters);
        return await database.Rows<T>(tenant, statement, cancellationToken);
    }

    /// <inheritdoc cref="Rows{T}(NpgsqlDataSource, TenantId, string, object?, CancellationToken)" />
    /// <param name="statement">Has its parameters.</param>
    public static async Task<List<T>> Rows<T>(
        this NpgsqlDataSource database, TenantId tenant, NpgsqlBatchCommand statement, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.Set(tenant), statement } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAll<T>(cancellationToken);
    }

    /// <summary>For what they change.</summary>
    public static async Task Execute(this NpgsqlDataSource database, TenantId tenant, CancellationToken cancellationToken, params NpgsqlBatchCommand[] statements)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.Set(tenant) } };
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(statement);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
