using Npgsql;

namespace Mainstreet.Infrastructure.Postgres;

/// <summary>
/// The private PostgreSQL of a machine without a configured one: found or fetched, initialised, started on a loopback port.
/// Several processes may share it; the last one to end stops it. A killed process leaves nothing that blocks the next start.
/// </summary>
internal sealed class EmbeddedPostgres : IAsyncDisposable
{
    private readonly PostgresFolder _folder;
    private readonly PostgresServer _server;
    private PostgresLease? _lease;
    private PostgresLifeline? _lifeline;

    private EmbeddedPostgres(PostgresFolder folder, PostgresBinaries binaries, PostgresServer server)
    {
        _folder = folder;
        _server = server;
        BinDirectory = binaries.Directory;
    }

    /// <summary>Connects as the superuser to the database "postgres".</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>True when the server was already running, for another process or left by a killed one.</summary>
    public bool Adopted { get; private set; }

    public string BinDirectory { get; }

    public string DataDirectory => _folder.Data;

    /// <summary>Returns when the server accepts connections.</summary>
    /// <exception cref="EmbeddedPostgresException">No usable PostgreSQL, or the data folder belongs to another major version.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        var user = await ServerUser.FindAsync(cancellationToken);
        var folder = await PostgresFolder.OpenAsync(options.Directory, user, cancellationToken);
        using var gate = await FileLock.AcquireAsync(folder.LockFile, cancellationToken);
        var binaries = await PostgresBinaries.FindAsync(folder, user, options.Report, cancellationToken);
        if (folder.Major is null)
            await PostgresInit.RunAsync(folder, binaries, user, options, cancellationToken);

        var server = new PostgresServer(folder, binaries, user, options.Durable);
        var postgres = new EmbeddedPostgres(folder, binaries, server);
        try
        {
            await postgres.ConnectAsync(user, cancellationToken);
            return postgres;
        }
        catch
        {
            await postgres.ReleaseAsync();
            throw;
        }
    }

    private async Task ConnectAsync(string? user, CancellationToken cancellationToken)
    {
        _lease = PostgresLease.Take(_folder);                       // before adopting: a lifeline that looks now leaves the server alone,
        await PostgresLifeline.WaitUntilIdleAsync(_folder, cancellationToken);    // and one that looked before is waited for
        var running = await _server.TryAdoptAsync(cancellationToken);
        Adopted = running is not null;
        ConnectionString = _folder.ConnectionString(running ?? await _server.StartAsync(cancellationToken));
        _lifeline = PostgresLifeline.Attach(_folder, _server.Binaries, user);
    }

    public async ValueTask DisposeAsync()
    {
        if (_lease is null)
            return;
        using var gate = await FileLock.AcquireAsync(_folder.LockFile, CancellationToken.None);
        await ReleaseAsync();
    }

    private async Task ReleaseAsync()
    {
        _lease?.Dispose();
        _lease = null;
        if (_lifeline is not null)
            await _lifeline.ReleaseAsync();
        if (PostgresLease.AnyHeld(_folder))
            return;
        NpgsqlConnection.ClearAllPools();                           // else the next user of a pool meets a dead connection
        await _server.StopAsync();
    }
}
