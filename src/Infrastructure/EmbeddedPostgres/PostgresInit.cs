using System.Security.Cryptography;
using System.Text;

namespace Mainstreet.Infrastructure.Postgres;

/// <summary>Makes the data folder: complete or absent, never half.</summary>
internal static class PostgresInit
{
    public static async Task RunAsync(
        PostgresFolder folder, PostgresBinaries binaries, string? user, EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        options.Report?.Invoke($"Initialising PostgreSQL {binaries.Major} in {folder.Data}");
        var unfinished = folder.Data + ".new";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);          // left by a run that was killed in here
        Directory.CreateDirectory(unfinished);
        WriteSecret(folder.PasswordFile, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(unfinished, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (user is not null)
            await RequireAsync("chown", [user, unfinished, folder.PasswordFile], null, folder, cancellationToken);

        List<string> arguments =
        [
            "-D", unfinished, "-U", "postgres", "-E", "UTF8", "--locale=C", "--auth=scram-sha-256", "--pwfile=" + folder.PasswordFile,
        ];
        if (!options.Durable)
            arguments.Add("--no-sync");
        await RequireAsync(binaries.Program("initdb"), arguments, user, folder, cancellationToken);
        await File.AppendAllTextAsync(
            Path.Combine(unfinished, "postgresql.conf"), $"\ninclude_if_exists = '{Path.GetFileName(folder.Config)}'\n", cancellationToken);
        Directory.Move(unfinished, folder.Data);
    }

    private static async Task RequireAsync(
        string program, IEnumerable<string> arguments, string? user, PostgresFolder folder, CancellationToken cancellationToken)
    {
        var result = await ChildProcess.RunAsync(program, arguments, user, folder.Root, cancellationToken);
        if (!result.Succeeded)
            throw new EmbeddedPostgresException($"{Path.GetFileName(program)} failed: {result.Error}");
    }

    /// <summary>Readable by its owner alone from its first byte on.</summary>
    private static void WriteSecret(string path, string text)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(text));
    }
}
