using System.Globalization;
using Mainstreet.Infrastructure.Migrations;
using Mainstreet.Infrastructure.Security;
using Npgsql;

namespace Mainstreet.TestSupport;

/// <summary>A fresh, migrated database of its own on a real PostgreSQL. Dropped on dispose.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>
    /// The master key of every process on the test server: the runtime role, whose password is derived from it, is shared by
    /// all its databases.
    /// </summary>
    public const string MasterKey = "dGVzdC1vbmx5LXRlc3Qtb25seS10ZXN0LW9ubHkhISE=";

    /// <summary>The runtime role's password on the test server.</summary>
    public static string AppPassword { get; } =
        InstallationKeys.FirstPassword(purpose => Infrastructure.Security.MasterKey.Derive(Convert.FromBase64String(MasterKey), purpose));

    private static int _count;

    private readonly string _name;

    private TestDatabase(string name, string connectionString)
    {
        _name = name;
        ConnectionString = connectionString;
        AppConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { Username = Roles.App, Password = AppPassword }.ConnectionString;
    }

    /// <summary>Connects as the owner of the schema (a superuser: row-level security does not bind it).</summary>
    public string ConnectionString { get; }

    /// <summary>Connects as the runtime role, as the product does.</summary>
    public string AppConnectionString { get; }

    /// <summary>What the test server's databases are migrated with.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { [Migrator.AppPassword] = AppPassword };

    /// <summary>Clones the migrated template, which is made when it is missing.</summary>
    /// <param name="prepare">Done once to the template after the migrations, with the owner's connection string.</param>
    /// <param name="salt">Names the content <paramref name="prepare"/> makes: the template is kept for later runs under this name.</param>
    public static async Task<TestDatabase> CloneAsync(Func<string, Task>? prepare = null, string salt = "")
    {
        if (prepare is not null && salt.Length == 0)
            throw new ArgumentException("A prepared template needs a salt, or a later run finds what this one made.", nameof(salt));
        return await CreateAsync(await TestTemplate.EnsureAsync(salt, prepare));
    }

    /// <summary>An empty database, for tests of the migrator itself.</summary>
    public static Task<TestDatabase> CreateEmptyAsync() => CreateAsync("template0");

    public async ValueTask DisposeAsync()
    {
        await using var server = await TestServer.OpenAsync();
        await server.ExecuteAsync($"drop database if exists {_name} with (force)");
    }

    private static async Task<TestDatabase> CreateAsync(string template)
    {
        var name = string.Create(CultureInfo.InvariantCulture,
            $"{TestServer.ClonePrefix}{Environment.ProcessId}_{Interlocked.Increment(ref _count)}_{Guid.NewGuid():N}");
        await using var server = await TestServer.OpenAsync();
        await server.ExecuteAsync($"create database {name} template {template} strategy file_copy");
        return new(name, await TestServer.ConnectionStringAsync(name));
    }
}
