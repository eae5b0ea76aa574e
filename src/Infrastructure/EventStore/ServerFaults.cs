using Npgsql;

namespace Mainstreet.Infrastructure.EventStore;

internal static class ServerFaults
{
    /// <summary>
    /// Whether the database failed and not what it was asked: a lost connection, a full pool, a deadlock, a lock or statement that took too
    /// long (57014), a server that stops or starts (57P..). The same is right to try again.
    /// </summary>
    public static bool IsOfTheServer(this Exception e) =>
        e is NpgsqlException { IsTransient: true } || (e is PostgresException { SqlState: var state } && (IsConnectionLost(state) || state is PostgresErrorCodes.QueryCanceled));

    /// <summary>The connection is gone, and whether a commit happened is not known. A full pool or a timeout is not that.</summary>
    public static bool IsConnectionLost(this NpgsqlException e) => e is PostgresException { SqlState: var state }
        ? IsConnectionLost(state)
        : e is { IsTransient: true, InnerException: not TimeoutException };

    /// <summary>25P03: the server ended a transaction that this process, halted, had left idle.</summary>
    private static bool IsConnectionLost(string state) =>
        state is "25P03" || state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal);
}
