using System.Diagnostics;
using System.Globalization;

namespace Mainstreet.Infrastructure.Postgres;

/// <summary>
/// Stops the server when this process is killed. A small shell waits on a pipe: a line means "ended well, do nothing",
/// a pipe that closes without one means the process is gone, and then the shell stops the server unless another process uses it.
/// Not on Windows, where an orphaned server is adopted by the next start.
/// </summary>
internal sealed class PostgresLifeline
{
    // Between its look at the leases and the stop, a new process could adopt the server. So it announces itself first, and a
    // new process takes its lease first: one of the two sees the other. /proc and not kill -0, which may not see root's processes.
    private const string Script = """
        trap '' INT HUP TERM
        pg_ctl=$0 data=$1 leases=$2 own=$3 stopping=$4
        read -r line && exit 0
        : > "$stopping"
        for lease in "$leases"/*; do
          pid=${lease##*/}; pid=${pid%%-*}
          [ "$pid" = "$own" ] && continue
          if [ -d /proc/self ]; then [ -d "/proc/$pid" ]; else ps -p "$pid" >/dev/null 2>&1; fi && used=1
        done
        [ -n "$used" ] || "$pg_ctl" stop -D "$data" -m fast -w -t 10 -s
        rm -f "$stopping"
        """;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private const int Attempts = 300;                               // 15 s: longer than the shell waits for the server to stop

    private readonly Process _shell;

    private PostgresLifeline(Process shell) => _shell = shell;

    public static PostgresLifeline? Attach(PostgresFolder folder, PostgresBinaries binaries, string? user)
    {
        if (OperatingSystem.IsWindows())
            return null;
        var process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var start = ChildProcess.StartInfo("/bin/sh",
            ["-c", Script, binaries.Program("pg_ctl"), folder.Data, folder.Leases, process, folder.StoppingFile], user, folder.Root);
        // all three: a shell that outlives the process must not keep open the pipe somebody reads the process's output from
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        return new(Process.Start(start)!);
    }

    /// <summary>Waits for a lifeline that has begun to stop the server.</summary>
    public static async Task WaitUntilIdleAsync(PostgresFolder folder, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts && File.Exists(folder.StoppingFile); attempt++)
            await Task.Delay(Poll, cancellationToken);
        File.Delete(folder.StoppingFile);                           // of a lifeline that was killed itself
    }

    public Task ReleaseAsync() => EndAsync("ended well\n");

    /// <summary>What the death of the process does; returns when the lifeline has acted.</summary>
    public Task CutAsync() => EndAsync("");

    private async Task EndAsync(string line)
    {
        if (!_shell.HasExited)
            await _shell.StandardInput.WriteAsync(line);
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }
}
