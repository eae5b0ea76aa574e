using Mainstreet.Infrastructure.Migrations;
using Mainstreet.Infrastructure.Postgres;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mainstreet.Infrastructure.Startup;

/// <summary>
/// The database of this process: the configured one, else a private PostgreSQL that is started with the product. It is
/// migrated as the owner, and then used as the runtime role, which row-level security binds, through a pooler where there is one.
/// </summary>
internal sealed class Database(IConfiguration configuration, DataFolder folder, InstallationKeys keys, ViewCatalog views, ILogger<Database> logger) : IAsyncDisposable
{
    private const string Name = "mainstreet";
    private const int DefaultPoolSize = 60;

    private EmbeddedPostgres? server;
    private NpgsqlDataSource? direct;

    /// <summary>There when it was started.</summary>
    public DirectDatabase Direct => new(direct!);

    /// <summary>Errors: EmbeddedPostgresException with the ways out when there is no PostgreSQL to be found.</summary>
    public async Task<NpgsqlDataSource> Start(CancellationToken cancellationToken)
    {
        var owner = configuration.GetConnectionString("Mainstreet") ?? await StartPrivate(cancellationToken);
        string password;
        await using (var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(owner) { Pooling = false }))
        {
            await keys.Load(source, cancellationToken);
            password = keys.RolePassword;
            await Migrator.MigrateAsync(source, new Dictionary<string, string>(StringComparer.Ordinal) { [Migrator.AppPassword] = password }, cancellationToken);
            await keys.Ensure(source, cancellationToken);
            await new ViewMigrator(views).MigrateAsync(source, cancellationToken);
        }

        var runtime = Runtime(owner, password);
        direct = NpgsqlDataSource.Create(runtime);
        return configuration.GetConnectionString("MainstreetPooler") is { } pooler ? NpgsqlDataSource.Create(Pooled(runtime, pooler)) : direct;
    }

    public async ValueTask DisposeAsync()
    {
        if (direct is not null)
        {
            await direct.DisposeAsync();
        }

        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    private NpgsqlConnectionStringBuilder Runtime(string owner, string password) => new(owner)
    {
        Username = Roles.App,
        Password = password,
        ApplicationName = Name,
        MaxPoolSize = configuration.GetValue("Database:PoolSize", DefaultPoolSize),
        MaxAutoPrepare = 200,
        AutoPrepareMinUsages = 2,
        NoResetOnClose = true, // every setting that is made is local to its transaction
        KeepAlive = 10,
    };

    /// <summary>
    /// The same, where the pooler is: it passes a connection on after every transaction, and what was prepared on it does not come along.
    /// </summary>
    private static NpgsqlConnectionStringBuilder Pooled(NpgsqlConnectionStringBuilder runtime, string pooler) =>
        new($"{runtime.ConnectionString};{pooler}") { Username = runtime.Username, Password = runtime.Password, MaxAutoPrepare = 0 };

    private async Task<string> StartPrivate(CancellationToken cancellationToken)
    {
        server = await EmbeddedPostgres.StartAsync(
            new() { Directory = Path.Combine(folder.Path, "postgres"), Report = message => logger.LogInformation("{Message}", message) }, cancellationToken);
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = Name } } };
        if (await exists.ExecuteScalarAsync(cancellationToken) is null)
        {
            await using var create = new NpgsqlCommand($"create database {Name}", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        logger.LogInformation("Private PostgreSQL {State}, data in {Folder}", server.Adopted ? "adopted" : "started", server.DataDirectory);
        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = Name }.ConnectionString;
    }
}
