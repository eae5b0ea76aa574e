using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Mainstreet.Infrastructure.Postgres;

/// <summary>The files of one private PostgreSQL.</summary>
internal sealed class PostgresFolder(string root)
{
    public string Root => root;
    public string Data => Path.Combine(root, "data");
    public string PasswordFile => Path.Combine(root, "password");
    public string LockFile => Path.Combine(root, "lock");
    public string Leases => Path.Combine(root, "leases");
    public string Config => Path.Combine(Data, "embedded.conf");
    public string ServerLog => Path.Combine(Data, "server.log");
    public string PidFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>A lifeline is about to stop the server. In the data folder, since it runs as the server's user.</summary>
    public string StoppingFile => Path.Combine(Data, "embedded.stopping");

    /// <summary>Major version of the data, null before the first initialisation.</summary>
    public int? Major
    {
        get
        {
            var file = Path.Combine(Data, "PG_VERSION");
            return File.Exists(file) ? int.Parse(File.ReadAllText(file).Split('.')[0], CultureInfo.InvariantCulture) : null;
        }
    }

    public string ConnectionString(int port) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = "postgres",
        Password = File.ReadAllText(PasswordFile),
        Database = "postgres",
    }.ConnectionString;

    /// <summary>Opens <paramref name="directory"/>, or a folder under /var/lib when the server's user cannot enter it.</summary>
    public static async Task<PostgresFolder> OpenAsync(string directory, string? user, CancellationToken cancellationToken)
    {
        var root = Path.GetFullPath(directory);
        Create(root, user);
        if (user is not null && !(await ChildProcess.RunAsync("/bin/sh", ["-c", "cd \"$0\"", root], user, "/", cancellationToken)).Succeeded)
        {
            // for example a clone under /root, which is closed to everybody else
            var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..8];
            Create("/var/lib/mainstreet", user);
            root = $"/var/lib/mainstreet/{key}";
            Create(root, user);
        }
        var folder = new PostgresFolder(root);
        Create(folder.Leases, user);
        return folder;
    }

    private static void Create(string path, string? user)
    {
        if (Directory.Exists(path))
            return;
        Directory.CreateDirectory(path);
        if (user is not null && !OperatingSystem.IsWindows())       // whatever root's umask: the server's user must get through
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    }
}
