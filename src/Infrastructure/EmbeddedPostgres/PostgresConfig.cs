using System.Globalization;

namespace Mainstreet.Infrastructure.Postgres;

/// <summary>The settings file the server includes. Its first line is the port, which the next start asks for again.</summary>
internal static class PostgresConfig
{
    // Sized for a machine with 2 GB. Statements and key values stay out of the log: they hold personal data.
    private const string Durable = """
        max_connections = 200
        shared_buffers = 256MB
        effective_cache_size = 768MB
        maintenance_work_mem = 64MB
        max_wal_size = 2GB
        wal_compression = on
        random_page_cost = 1.1
        jit = off
        log_min_error_statement = panic
        log_error_verbosity = terse

        """;

    // A crash of the server may cost the last commits, a crash of the machine all data.
    private const string Fast = """
        max_connections = 300
        shared_buffers = 128MB
        max_wal_size = 512MB
        fsync = off
        synchronous_commit = off
        full_page_writes = off
        autovacuum_naptime = 1h
        jit = off

        """;

    public static void Write(PostgresFolder folder, int port, bool durable) => File.WriteAllText(folder.Config, string.Create(
        CultureInfo.InvariantCulture,
        $"port = {port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\n{(durable ? Durable : Fast)}"));

    /// <returns>The port of the last start, 0 when there was none.</returns>
    public static int ReadPort(PostgresFolder folder)
    {
        var line = File.Exists(folder.Config) ? File.ReadLines(folder.Config).FirstOrDefault() : null;
        return int.TryParse(line?.Split('=')[^1], CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue ? port : 0;
    }
}
