using System.Diagnostics;
using System.Text.RegularExpressions;
using Mainstreet.TestSupport;

namespace Mainstreet.Faults;

/// <summary>The product as it is deployed: a process of its own, which can be killed, halted and started again.</summary>
/// <param name="folder">Its data folder.</param>
/// <param name="database">Connects to its database as the owner; null: a private PostgreSQL.</param>
internal sealed partial class ApiProcess(string folder, string? database) : IDisposable
{
    /// <summary>Longer than any request takes that is answered at all.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private Process? process;
    private Task<string> output = Task.FromResult("");

    /// <summary>Reaches the process that was started last.</summary>
    public HttpClient Http { get; private set; } = null!;

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
                ["Security__MasterKey"] = TestDatabase.MasterKey,
                ["Webhooks__AllowedNetworks__0"] = "127.0.0.0/8",
            },
        };
        process = Process.Start(start)!;
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        output = Read(process.StandardOutput, listening);
        Http = new HttpClient { BaseAddress = await listening.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken), Timeout = Patience };
    }

    /// <summary>No goodbye: SIGKILL.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.Dispose();
        process = null;
        await output;
    }

    /// <summary>SIGSTOP: it holds what it holds, and notices nothing.</summary>
    public Task Halt() => Signal("-STOP");

    /// <summary>SIGCONT: on, as if no time had passed.</summary>
    public Task Continue() => Signal("-CONT");

    public void Dispose()
    {
        process?.Kill();
        process?.Dispose();
    }

    private async Task Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, process!.Id.ToString()]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        kill.ExitCode.ShouldBe(0);
    }

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
