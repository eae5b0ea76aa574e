using System.Globalization;
using System.Text.RegularExpressions;

namespace Mainstreet.Infrastructure.Postgres;

/// <summary>PostgreSQL's programs, found in this order: EMBEDDED_PG_BIN, an installed version, the npm package.</summary>
internal sealed partial record PostgresBinaries(string Directory, int Major)
{
    public const int OldestMajor = 15;

    private const string ThreeWaysOut =
        "Install PostgreSQL 15 or newer, or set EMBEDDED_PG_BIN to the folder of its programs, or set ConnectionStrings__Mainstreet to a running server.";

    private static readonly string[] Needed = ["postgres", "initdb", "pg_ctl"];

    public string Program(string name) => PathOf(Directory, name);

    /// <summary>Data of one major version can be read by that version only; new data takes the newest version found.</summary>
    public static async Task<PostgresBinaries> FindAsync(
        PostgresFolder folder, string? user, Action<string>? report, CancellationToken cancellationToken)
    {
        var wanted = folder.Major;
        var chosen = Environment.GetEnvironmentVariable("EMBEDDED_PG_BIN");
        if (!string.IsNullOrEmpty(chosen))
        {
            var named = await IdentifyAsync(chosen, user, cancellationToken)
                ?? throw new EmbeddedPostgresException($"EMBEDDED_PG_BIN: there are no working postgres, initdb and pg_ctl in {chosen}.");
            return wanted is { } other && other != named.Major ? throw OtherMajor(folder, other, $"EMBEDDED_PG_BIN names version {named.Major}") : named;
        }

        var installed = await InstalledAsync(user, cancellationToken);
        var fitting = installed.Where(b => wanted is { } major ? b.Major == major : b.Major >= OldestMajor).MaxBy(b => b.Major);
        if (fitting is not null)
            return fitting;
        if (wanted is { } missing && missing != PostgresDownload.Major)
            throw OtherMajor(folder, missing, installed.Count == 0 ? "none is installed" : $"installed: {string.Join(", ", installed.Select(b => b.Major).Distinct().Order())}");
        return new(await PostgresDownload.GetAsync(report, ThreeWaysOut, cancellationToken), PostgresDownload.Major);
    }

    private static EmbeddedPostgresException OtherMajor(PostgresFolder folder, int major, string found) => new(
        $"The data in {folder.Data} was made by PostgreSQL {major} ({found}). " +
        $"Install PostgreSQL {major} or set EMBEDDED_PG_BIN to the folder of its programs, " +
        "or set ConnectionStrings__Mainstreet to a running server, or move the folder away to start with empty data.");

    private static async Task<List<PostgresBinaries>> InstalledAsync(string? user, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("EMBEDDED_PG_DOWNLOAD") == "1")
            return [];                                              // to try the download on a machine that has PostgreSQL
        var places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(Below("/usr/lib/postgresql", "*"))              // Debian
            .Concat(Below("/usr", "pgsql-*"))                       // Red Hat
            .Concat(Below("/opt/homebrew/opt", "postgresql*"))
            .Concat(Below("/usr/local/opt", "postgresql*"))
            .Concat(Below("/Applications/Postgres.app/Contents/Versions", "*"))
            .Concat(Below(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*"));
        var found = new List<PostgresBinaries>();
        foreach (var place in places.Distinct(StringComparer.Ordinal))
        {
            if (await IdentifyAsync(place, user, cancellationToken) is { } binaries)
                found.Add(binaries);
        }
        return found;
    }

    private static async Task<PostgresBinaries?> IdentifyAsync(string directory, string? user, CancellationToken cancellationToken)
    {
        if (directory.Length == 0 || !Needed.All(p => File.Exists(PathOf(directory, p))))
            return null;
        // run as the server's user: what root can run may lie where that user cannot reach
        var version = await ChildProcess.RunAsync(PathOf(directory, "postgres"), ["--version"], user, Path.GetPathRoot(Path.GetFullPath(directory))!, cancellationToken);
        var major = MajorVersion().Match(version.Output);
        return version.Succeeded && major.Success ? new(directory, int.Parse(major.ValueSpan, CultureInfo.InvariantCulture)) : null;
    }

    private static IEnumerable<string> Below(string parent, string pattern) =>
        System.IO.Directory.Exists(parent) ? System.IO.Directory.GetDirectories(parent, pattern).Select(d => Path.Combine(d, "bin")) : [];

    private static string PathOf(string directory, string program) =>
        Path.Combine(directory, OperatingSystem.IsWindows() ? program + ".exe" : program);

    [GeneratedRegex(@"\d+", RegexOptions.None, 1000)]
    private static partial Regex MajorVersion();
}
