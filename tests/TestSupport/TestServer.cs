using System.Security.Cryptography;
using System.Text;
using Mainstreet.Infrastructure.Postgres;
using Npgsql;

namespace Mainstreet.TestSupport;

/// <summary>
/// The private PostgreSQL all test processes of one checkout share. It starts with the first database a process asks for,
/// and the last process to end stops it.
/// </summary>
internal static class TestServer
{
    public const string ClonePrefix = "test_";

    private static readonly Lazy<Task<EmbeddedPostgres>> Server = new(StartAsync);

    /// <returns>The superuser's connection string to <paramref name="database"/>.</returns>
    public static async Task<string> ConnectionStringAsync(string database) =>
        new NpgsqlConnectionStringBuilder((await Server.Value).ConnectionString) { Database = database }.ConnectionString;

    /// <summary>An open connection to the server's own database, from which the others are made and dropped.</summary>
    public static async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(await ConnectionStringAsync("postgres"));
        await connection.OpenAsync();
        return connection;
    }

    public static async Task ExecuteAsync(this NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<EmbeddedPostgres> StartAsync()
    {
        var server = await EmbeddedPostgres.StartAsync(new() { Directory = Folder(), Durable = false }, CancellationToken.None);
        // no fixture has to remember it; a killed process is what the server's lifeline is for
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await DropLeftoversAsync(connection);
        return server;
    }

    /// <summary>The databases of processes that were killed. The name of a database begins with its process.</summary>
    internal static async Task DropLeftoversAsync(NpgsqlConnection connection)
    {
        var leftovers = new List<string>();
        await using (var command = new NpgsqlCommand("select datname from pg_database where starts_with(datname, $1)", connection))
        {
            command.Parameters.Add(new() { Value = ClonePrefix });
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                leftovers.Add(reader.GetString(0));
        }
        foreach (var database in leftovers.Where(d => !IsRunning(d.Split('_')[1])))
            await connection.ExecuteAsync($"drop database if exists {database} with (force)");
    }

    private static bool IsRunning(string process)
    {
        try
        {
            System.Diagnostics.Process.GetProcessById(int.Parse(process)).Dispose();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string Folder()
    {
        var key = SHA256.HashData(Encoding.UTF8.GetBytes($"{Environment.UserName}\n{Repository()}"));
        return Path.Combine(Base(), "mainstreet-tests-" + Convert.ToHexStringLower(key)[..12]);
    }

    /// <summary>
    /// Memory where there is plenty: a clone is 300 files, which a busy disk takes half a second to make. It also goes with
    /// a crash of the machine, which a server that does not sync to disk would survive half.
    /// </summary>
    private static string Base()
    {
        const string memory = "/dev/shm";
        return Directory.Exists(memory) && new DriveInfo(memory).AvailableFreeSpace > 4L << 30 ? memory : Path.GetTempPath();
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder.Parent is not null && !File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
