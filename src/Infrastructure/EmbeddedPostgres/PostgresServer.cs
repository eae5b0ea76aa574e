using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Mainstreet.Infrastructure.Postgres;

/// <summary>Starts, adopts and stops the server of one folder. The caller holds the folder's lock.</summary>
internal sealed class PostgresServer(PostgresFolder folder, PostgresBinaries binaries, string? user, bool durable)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    private const int SilentAttempts = 40;                          // 10 s without an answer: hanging
    private const int StartingAttempts = 240;                       // 60 s of "starting up": recovery after a crash
    private const int Starts = 5;

    public PostgresBinaries Binaries => binaries;

    /// <returns>The port of the running server of this folder; null when there is none.</returns>
    public async Task<int?> TryAdoptAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; Postmaster.Read(folder) is { IsRunning: true } postmaster; attempt++)
        {
            try
            {
                return await ServesAsync(postmaster, cancellationToken) ? postmaster.Port : null;
            }
            catch (PostgresException e) when (attempt < StartingAttempts
                && e.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections)
            {
                await Task.Delay(Poll, cancellationToken);
            }
            catch (NpgsqlException e) when (e is not PostgresException && attempt < SilentAttempts)
            {
                await Task.Delay(Poll, cancellationToken);
            }
            catch (NpgsqlException e) when (e is not PostgresException)
            {
                await ControlAsync(["stop", "-m", "immediate", "-w", "-t", "30"], cancellationToken);
                return null;
            }
        }
        return null;
    }

    /// <returns>The port: that of the last start when it is free, so that bookmarked connections keep working.</returns>
    public async Task<int> StartAsync(CancellationToken cancellationToken)
    {
        Postmaster.Forget(folder);
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort(attempt == 1 ? PostgresConfig.ReadPort(folder) : 0);
            PostgresConfig.Write(folder, port, durable);
            // Windows hands the pipes on to the server, and their reader would wait for the server's end
            var result = await ControlAsync(["start", "-w", "-t", "60", "-l", folder.ServerLog], cancellationToken, capture: !OperatingSystem.IsWindows());
            if (result.Succeeded)
                return port;
            if (attempt == Starts)
                throw new EmbeddedPostgresException($"PostgreSQL did not start:\n{result.Error}{LastLogLines()}");
            // the port was taken meanwhile, or processes of a killed server still hold its shared memory
            await Task.Delay(Poll * attempt, cancellationToken);
        }
    }

    /// <summary>Ends the connections and stops; without a checkpoint when that takes too long, at the price of a recovery.</summary>
    public async Task StopAsync()
    {
        foreach (var mode in new[] { "fast", "immediate" })
        {
            if (Postmaster.Read(folder) is { IsRunning: true })
                await ControlAsync(["stop", "-m", mode, "-w", "-t", "30"], CancellationToken.None);
        }
    }

    private Task<ChildResult> ControlAsync(string[] arguments, CancellationToken cancellationToken, bool capture = true) =>
        ChildProcess.RunAsync(binaries.Program("pg_ctl"), [.. arguments, "-D", folder.Data, "-s"], user, folder.Root, cancellationToken, capture);

    private async Task<bool> ServesAsync(Postmaster postmaster, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(folder.ConnectionString(postmaster.Port) + ";Pooling=false;Timeout=5");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("show data_directory", connection);
        return Path.GetFullPath((string)(await command.ExecuteScalarAsync(cancellationToken))!) == folder.Data;
    }

    private static int FreePort(int wanted)
    {
        foreach (var port in new[] { wanted, 0 })
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException e) when (port != 0 && e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                continue;
            }
        }
        throw new EmbeddedPostgresException("No free port on 127.0.0.1.");
    }

    private string LastLogLines() =>
        File.Exists(folder.ServerLog) ? string.Join('\n', File.ReadLines(folder.ServerLog).TakeLast(15)) : "";
}
