using Mainstreet.TestSupport;
using Npgsql;

namespace Mainstreet.Architecture.Tests.Database;

/// <summary>A database as the product starts with, asked about itself.</summary>
public sealed class SchemaFixture : IAsyncLifetime
{
    private TestDatabase database = null!;

    /// <summary>The owner of the schema, whom row-level security does not bind here.</summary>
    internal NpgsqlDataSource Owner { get; private set; } = null!;

    /// <summary>What the product runs as.</summary>
    internal NpgsqlDataSource Runtime { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        database = await MainstreetDatabase.CloneAsync();
        Owner = NpgsqlDataSource.Create(database.ConnectionString);
        Runtime = NpgsqlDataSource.Create(database.AppConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync();
        await Owner.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>The first column of what the owner sees.</summary>
    internal async Task<string[]> Query(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var values = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            values.Add(reader.GetString(0));
        }

        return [.. values];
    }

    internal async Task Execute(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
