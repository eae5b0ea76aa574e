using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Mainstreet.Infrastructure.Postgres;
using Mainstreet.TestSupport;
using Npgsql;

namespace Mainstreet.Api.Tests.Faults;

/// <summary>
/// The product as it is deployed: a process of its own, with a private PostgreSQL that syncs to disk, both of which can be
/// killed and started again on the same data.
/// </summary>
internal sealed partial class ApiProcess : IAsyncDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"mainstreet-kill-{Guid.NewGuid():N}");
    private readonly List<HttpClient> clients = [];
    private volatile TaskCompletionSource<HttpClient> up = NotUp();
    private Process? process;
    private Task<string> output = Task.FromResult("");

    /// <summary>Reaches the running process; while there is none, it waits for the next one.</summary>
    public Task<HttpClient> Http => up.Task;

    public async Task Start()
    {
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Mainstreet.Api.dll")])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Testing",
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["Data__Directory"] = folder,
                ["Security__MasterKey"] = TestDatabase.MasterKey,
                ["Webhooks__AllowedNetworks__0"] = "127.0.0.0/8",
            },
        };
        process = Process.Start(start)!;
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        output = Read(process.StandardOutput, listening);
        var client = new HttpClient { BaseAddress = await listening.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken) };
        clients.Add(client);
        up.SetResult(client);
    }

    /// <summary>No goodbye: SIGKILL, to the database's server as well where told so.</summary>
    public async Task Kill(bool withDatabase = false)
    {
        up = NotUp(); // first: who finds the connection cut asks for the next process
        if (withDatabase)
        {
            using var server = Process.GetProcessById(int.Parse(File.ReadLines((await Postgres()).PidFile).First(), CultureInfo.InvariantCulture));
            server.Kill();
        }

        process!.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.Dispose();
        process = null;
        await output;
    }

    /// <summary>Connects as the owner.</summary>
    public async Task<string> Database()
    {
        var postgres = await Postgres();
        return new NpgsqlConnectionStringBuilder(postgres.ConnectionString(PostgresConfig.ReadPort(postgres))) { Database = "mainstreet" }.ConnectionString;
    }

    /// <summary>The lifeline of a killed process stops its server; the folder goes when it has.</summary>
    public async ValueTask DisposeAsync()
    {
        clients.ForEach(client => client.Dispose());
        if (process is not null)
        {
            await Kill();
        }

        await using (await EmbeddedPostgres.StartAsync(new() { Directory = Path.Combine(folder, "postgres") }, CancellationToken.None))
        {
            // the last to use the server stops it
        }

        Directory.Delete((await Postgres()).Root, recursive: true);
        Directory.Delete(folder, recursive: true);
    }

    private async Task<PostgresFolder> Postgres() =>
        await PostgresFolder.OpenAsync(Path.Combine(folder, "postgres"), await ServerUser.FindAsync(CancellationToken.None), CancellationToken.None);

    private static TaskCompletionSource<HttpClient> NotUp() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>All that the process says, to its end; also when it ends before it listens.</summary>
    private static async Task<string> Read(StreamReader reader, TaskCompletionSource<Uri> listening)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                listening.TrySetResult(new Uri(match.Value));
            }
        }

        var said = string.Join('\n', lines);
        listening.TrySetException(new InvalidOperationException($"The process ended before it listened:\n{said}"));
        return said;
    }

    [GeneratedRegex(@"(?<=Now listening on: )http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}
