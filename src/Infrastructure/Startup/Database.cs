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
/// migrated as the owner, and then used as the runtime role, which row-level security binds.
/// </summary>
internal sealed class Database(IConfiguration configuration, DataFolder folder, InstallationKeys keys, ViewCatalog views, ILogger<Database> logger) : IAsyncDisposable
{
    private const string Name = "mainstreet";
    private const int DefaultPoolSize = 60;

    private EmbeddedPostgres? server;

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

        return NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(owner)
        {
            Username = Roles.App,
            Password = password,
            ApplicationName = Name,
            MaxPoolSize = configuration.GetValue("Database:PoolSize", DefaultPoolSize),
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true, // every setting that is made is local to its transaction
            KeepAlive = 10,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

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
