using System.Diagnostics;
using System.Globalization;

namespace Mainstreet.Infrastructure.Postgres;

/// <summary>What the server's pid file says: the process and the port.</summary>
internal sealed record Postmaster(int Pid, int Port, string Data)
{
    private const int NobodysPid = int.MaxValue;                    // above what any system hands out

    public static Postmaster? Read(PostgresFolder folder)
    {
        if (!File.Exists(folder.PidFile))
            return null;
        var lines = File.ReadAllLines(folder.PidFile);
        return new(Number(lines, 0), Number(lines, 3), folder.Data);
    }

    /// <summary>A recycled pid is not ours, and a zombie is dead: the first process of a container often reaps nobody.</summary>
    public bool IsRunning
    {
        get
        {
            if (Pid <= 0)
                return false;
            try
            {
                if (OperatingSystem.IsLinux())                      // empty for a zombie
                    return File.ReadAllText($"/proc/{Pid}/cmdline").Split('\0').Contains(Data, StringComparer.Ordinal);
                using var process = Process.GetProcessById(Pid);
                return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or IOException)
            {
                return false;                                       // there is no such process, or it has just ended
            }
        }
    }

    /// <summary>
    /// Lets the server start although a zombie or a stranger has the pid of its predecessor. The file itself stays: from its last
    /// lines PostgreSQL sees whether processes of the predecessor still write to the data, and refuses to start beside them.
    /// </summary>
    public static void Forget(PostgresFolder folder)
    {
        if (!File.Exists(folder.PidFile))
            return;
        var lines = File.ReadAllLines(folder.PidFile);
        if (lines.Length == 0)
            File.Delete(folder.PidFile);                            // the machine went down while it was written
        else
            File.WriteAllLines(folder.PidFile, [NobodysPid.ToString(CultureInfo.InvariantCulture), .. lines[1..]]);
    }

    private static int Number(string[] lines, int index) =>
        index < lines.Length && int.TryParse(lines[index], CultureInfo.InvariantCulture, out var number) ? number : 0;
}
