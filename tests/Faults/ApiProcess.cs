using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Mainstreet.Api.Tests;
using Mainstreet.Infrastructure.Postgres;
using Mainstreet.TestSupport;
using Npgsql;

namespace Mainstreet.Faults;

/// <summary>The product as it is deployed: a process of its own, which can be killed, halted and started again.</summary>
/// <param name="folder">Its data folder.</param>
/// <param name="database">Connects to its database as the owner; null: a private PostgreSQL.</param>
internal sealed partial class ApiProcess(string folder, string? database) : IAsyncDisposable
{
    /// <summary>Longer than most requests take that are answered at all.</summary>
    private static readonly TimeSpan Hurry = TimeSpan.FromSeconds(8);

    /// <summary>Longer than any request takes where others want the machine as well.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Many times what a start takes where others want the machine as well.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);

    private PostgresFolder? server;
    private Process? process;
    private Task output = Task.CompletedTask;

    /// <summary>Reaches the process that was started last, as somebody who waits for its answer.</summary>
    public HttpClient Http { get; private set; } = null!;

    /// <summary>Reaches the process that was started last, as somebody who would rather ask another one than wait.</summary>
    public HttpClient Hurried { get; private set; } = null!;

    /// <summary>Connects to its database as the owner.</summary>
    public string Database => database
        ?? new NpgsqlConnectionStringBuilder(server!.ConnectionString(PostgresConfig.ReadPort(server))) { Database = "mainstreet" }.ConnectionString;

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
                ["ConnectionStrings__Mainstreet"] = database,
                ["Database__PoolSize"] = "30",
                ["Data__Directory"] = folder,
                ["Attempts__Network__Most"] = "10000000", // all are one network
                ["Limits__User__Requests"] = "10000000",
                ["Limits__Guest__Requests"] = "10000000",
                ["Limits__Business__Requests"] = "10000000",
                ["Limits__Storefront__Requests"] = "10000000",
                ["Security__MasterKey"] = TestDatabase.MasterKey,
                ["Webhooks__AllowedNetworks__0"] = "127.0.0.0/8",
                ["DOTNET_TieredPGO"] = "0", // it lives for seconds, and would spend most of them on counting what it calls
                ["Email__Sandbox"] = "true",
                ["Operator__Email"] = Operator.Email,
                ["Operator__Password"] = Starters.Password,
            },
        };
        process = Process.Start(start)!;
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new ConcurrentQueue<string>();
        output = Read(process.StandardOutput, said, listening);
        try
        {
            var address = await listening.Task.WaitAsync(StartPatience, TestContext.Current.CancellationToken);
            Http = new HttpClient { BaseAddress = address, Timeout = Patience };
            Hurried = new HttpClient { BaseAddress = address, Timeout = Hurry };
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"The process has used {process.TotalProcessorTime} and does not listen yet:\n{string.Join('\n', said)}", e);
        }

        if (database is null)
        {
            server = await PostgresFolder.OpenAsync(
                Path.Combine(folder, "postgres"), await ServerUser.FindAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>No goodbye: SIGKILL, for its private PostgreSQL as well.</summary>
    public async Task Kill()
    {
        await Signal("-KILL", [process!.Id, .. server is null ? [] : new[] { Postmaster.Read(server)!.Pid }]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.Dispose();
        process = null;
        await output;
    }

    /// <summary>SIGSTOP: it holds what it holds, and notices nothing.</summary>
    public Task Halt() => Signal("-STOP", process!.Id);

    /// <summary>SIGCONT: on, as if no time had passed.</summary>
    public Task Continue() => Signal("-CONT", process!.Id);

    /// <summary>A private PostgreSQL ends with it, so there is nothing left that writes to the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (process is null)
        {
            return;
        }

        if (server is null)
        {
            process.Kill();
        }
        else
        {
            await Signal("-TERM", process.Id);
        }

        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    private static async Task Signal(string signal, params int[] processes)
    {
        using var kill = Process.Start("kill", [signal, .. processes.Select(id => id.ToString(CultureInfo.InvariantCulture))]);
        await kill.WaitForExitAsync(CancellationToken.None);
        kill.ExitCode.ShouldBe(0);
    }

    /// <summary>All that the process says, to its end; also when it ends before it listens.</summary>
    private static async Task Read(StreamReader reader, ConcurrentQueue<string> said, TaskCompletionSource<Uri> listening)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            said.Enqueue(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                listening.TrySetResult(new Uri(match.Value));
            }
        }

        listening.TrySetException(new InvalidOperationException($"The process ended before it listened:\n{string.Join('\n', said)}"));
    }

    [GeneratedRegex(@"(?<=Now listening on: )http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}
