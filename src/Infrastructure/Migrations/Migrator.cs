using Npgsql;

namespace Mainstreet.Infrastructure.Migrations;

/// <summary>
/// Brings a database to this program's schema: the roles, then every migration that is not yet applied, in order, each in its own
/// transaction. Any number of processes may do so at once. Runs as the owner of the schema.
/// </summary>
internal static class Migrator
{
    /// <summary>The variable that holds the password of the runtime role.</summary>
    public const string AppPassword = "app_password";

    // Taken per transaction, so it is never left behind and works through a pooler that hands connections out per transaction.
    private const string Lock = "select pg_advisory_xact_lock(7236450981245)";

    private const string History = """
        create table if not exists schema_migrations (
          number int primary key,
          name text not null,
          checksum text not null,
          applied_at timestamptz not null default now())
        """;

    /// <summary>Applies the product's own migrations.</summary>
    /// <param name="owner">Connects as the owner of the schema, who may create roles.</param>
    /// <param name="variables">Values of the ${name} placeholders; <see cref="AppPassword"/> is required.</param>
    /// <exception cref="MigrationException">A file fails, an applied file was changed, or the database is newer than this program.</exception>
    public static Task MigrateAsync(NpgsqlDataSource owner, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken) =>
        MigrateAsync(owner, Migration.Embedded(), variables, cancellationToken);

    /// <summary>Applies <paramref name="migrations"/>, which are in order.</summary>
    public static async Task MigrateAsync(
        NpgsqlDataSource owner, IReadOnlyList<Migration> migrations, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        if (!variables.TryGetValue(AppPassword, out var password) || password.Length == 0)
            throw new MigrationException($"The variable {AppPassword}, the password of {Roles.App}, is missing.");
        await Roles.EnsureAsync(connection, password, cancellationToken);
        while (await ApplyNextAsync(connection, migrations, variables, cancellationToken))
        {
            // one transaction each; between two of them another process may apply some
        }
    }

    /// <returns>False when nothing is left to apply.</returns>
    private static async Task<bool> ApplyNextAsync(
        NpgsqlConnection connection, IReadOnlyList<Migration> migrations, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, Lock, cancellationToken);
        await ExecuteAsync(connection, History, cancellationToken);
        var next = MigrationHistory.Next(migrations, await MigrationHistory.ReadAsync(connection, cancellationToken));
        if (next is not null)
        {
            var sql = next.Render(variables);
            try
            {
                await ExecuteAsync(connection, sql, cancellationToken);
            }
            catch (PostgresException e)
            {
                throw new MigrationException($"{next.FileName}: {e.MessageText}", e);
            }
            await MigrationHistory.AddAsync(connection, next, cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        return next is not null;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };     // waits for others, and may rewrite a large table
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
