using System.Diagnostics;
using Mainstreet.Infrastructure.Postgres;
using Npgsql;

namespace Mainstreet.Application.Tests.Postgres;

/// <summary>A folder for private servers. Initialising one takes longest, so the facts of a class share it, one after the other.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    public string Directory { get; } = Path.Combine(Path.GetTempPath(), $"mainstreet-{Guid.NewGuid():N}");

    internal string PidFile => Path.Combine(Directory, "data", "postmaster.pid");

    internal Task<EmbeddedPostgres> StartAsync(bool durable = false) =>
        EmbeddedPostgres.StartAsync(new() { Directory = Directory, Durable = durable }, TestContext.Current.CancellationToken);

    internal void KillServer()
    {
        using var server = Process.GetProcessById(int.Parse(File.ReadLines(PidFile).First()));
        server.Kill();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(PidFile))
            await (await StartAsync()).DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}

internal static class PostgresExtensions
{
    public static async Task<object?> Query(this EmbeddedPostgres postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(postgres.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
