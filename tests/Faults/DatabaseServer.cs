using Mainstreet.Infrastructure.Postgres;
using Npgsql;

namespace Mainstreet.Faults;

/// <summary>A PostgreSQL as durable as in production, which the test starts, has crash, and starts again on the same port.</summary>
internal sealed class DatabaseServer : IAsyncDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"mainstreet-faults-{Guid.NewGuid():N}");
    private readonly Stack<EmbeddedPostgres> starts = new();

    /// <summary>Connects to the product's database as its owner.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(starts.Peek().ConnectionString) { Database = "mainstreet" }.ConnectionString;

    /// <summary>Returns when the server accepts connections; after a crash that is after its recovery.</summary>
    public async Task Start()
    {
        var isNew = starts.Count == 0;
        starts.Push(await EmbeddedPostgres.StartAsync(new() { Directory = folder }, TestContext.Current.CancellationToken));
        if (isNew)
        {
            await using var source = NpgsqlDataSource.Create(starts.Peek().ConnectionString);
            await using var create = source.CreateCommand("create database mainstreet");
            await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>pg_ctl stop -m immediate: nothing is ended, nothing is written.</summary>
    public async Task Crash()
    {
        var running = starts.Peek();
        var stopped = await ChildProcess.RunAsync(
            Path.Combine(running.BinDirectory, "pg_ctl"), ["stop", "-m", "immediate", "-w", "-D", running.DataDirectory],
            await ServerUser.FindAsync(TestContext.Current.CancellationToken), Path.GetTempPath(), TestContext.Current.CancellationToken);
        stopped.Succeeded.ShouldBeTrue(stopped.Error);
        NpgsqlConnection.ClearAllPools();
    }

    public async ValueTask DisposeAsync()
    {
        var root = starts.TryPeek(out var last) ? Path.GetDirectoryName(last.DataDirectory)! : folder;
        foreach (var start in starts)
        {
            await start.DisposeAsync();
        }

        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
