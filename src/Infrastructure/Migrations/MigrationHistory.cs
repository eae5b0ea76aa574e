using Npgsql;

namespace Mainstreet.Infrastructure.Migrations;

/// <summary>What schema_migrations says was applied, and what follows from it.</summary>
internal static class MigrationHistory
{
    internal sealed record Applied(int Number, string Name, string Checksum);

    /// <returns>The first migration to apply; null when all are.</returns>
    /// <exception cref="MigrationException">History and files contradict each other.</exception>
    public static Migration? Next(IReadOnlyList<Migration> migrations, IReadOnlyList<Applied> history)
    {
        for (var i = 1; i < migrations.Count; i++)
        {
            if (migrations[i].Number <= migrations[i - 1].Number)
                throw new MigrationException($"{migrations[i].FileName} does not come after {migrations[i - 1].FileName}.");
        }

        var files = migrations.ToDictionary(m => m.Number);
        foreach (var applied in history)
        {
            if (!files.TryGetValue(applied.Number, out var file))
            {
                throw new MigrationException(migrations.Count == 0 || applied.Number > migrations[^1].Number
                    ? $"The database is newer than this program: migration {applied.Number:0000}_{applied.Name} is unknown. Start the newer program."
                    : $"Migration {applied.Number:0000}_{applied.Name} was applied, but this program does not have its file.");
            }
            if (file.Checksum != applied.Checksum)
                throw new MigrationException($"{file.FileName} was changed after it was applied. Restore it, and put the change into a new file.");
        }

        var last = history.Count == 0 ? 0 : history[^1].Number;
        var pending = migrations.FirstOrDefault(m => !history.Any(a => a.Number == m.Number));
        return pending is not null && pending.Number < last
            ? throw new MigrationException($"{pending.FileName} was added below {last:0000}, which is applied. Give it the next number.")
            : pending;
    }

    public static async Task<List<Applied>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select number, name, checksum from schema_migrations order by number", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var history = new List<Applied>();
        while (await reader.ReadAsync(cancellationToken))
            history.Add(new(reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
        return history;
    }

    public static async Task AddAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("insert into schema_migrations (number, name, checksum) values ($1, $2, $3)", connection);
        command.Parameters.Add(new() { Value = migration.Number });
        command.Parameters.Add(new() { Value = migration.Name });
        command.Parameters.Add(new() { Value = migration.Checksum });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
