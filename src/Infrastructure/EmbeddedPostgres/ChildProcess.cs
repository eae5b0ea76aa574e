using System.ComponentModel;
using System.Diagnostics;

namespace Mainstreet.Infrastructure.Postgres;

internal sealed record ChildResult(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;
}

/// <summary>Runs PostgreSQL's programs with a clean environment, as another user where asked.</summary>
internal static class ChildProcess
{
    public static async Task<ChildResult> RunAsync(
        string program, IEnumerable<string> arguments, string? user, string directory, CancellationToken cancellationToken, bool capture = true)
    {
        var start = StartInfo(program, arguments, user, directory);
        start.RedirectStandardOutput = start.RedirectStandardError = capture;
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)                                    // a dangling link, another architecture, not installed
        {
            return new(127, "", e.Message);
        }
        using (process)
        {
            try
            {
                var output = capture ? process.StandardOutput.ReadToEndAsync(cancellationToken) : Task.FromResult("");
                var error = capture ? process.StandardError.ReadToEndAsync(cancellationToken) : Task.FromResult("");
                await Task.WhenAll(output, error, process.WaitForExitAsync(cancellationToken));
                return new(process.ExitCode, await output, await error);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
    }

    public static ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments, string? user, string directory)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, WorkingDirectory = directory };
        if (user is not null)                                       // .NET sets groups, group and user in the child
        {
            start.UserName = user;
            start.Environment["HOME"] = "/nonexistent";
        }
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);                         // PGDATA, PGPORT and the like would redirect the programs
        start.Environment["LC_ALL"] = "C";
        return start;
    }
}

/// <summary>PostgreSQL refuses to run as root, so root starts it as somebody else.</summary>
internal static class ServerUser
{
    /// <summary>The user to run the server as; null for the current one.</summary>
    public static async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            return null;
        foreach (var user in new[] { Environment.GetEnvironmentVariable("EMBEDDED_PG_USER"), "postgres", "nobody" })
        {
            if (!string.IsNullOrEmpty(user) && (await ChildProcess.RunAsync("/usr/bin/id", ["-u", user], null, "/", cancellationToken)).Succeeded)
                return user;
        }
        throw new EmbeddedPostgresException("PostgreSQL does not run as root, and there is no user postgres or nobody. Set EMBEDDED_PG_USER.");
    }
}
