using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mainstreet.Infrastructure.Startup;

/// <summary>
/// Ends transactions that keep others waiting and wait themselves, for five seconds, for the rest of what their process was sending or for
/// it to take an answer: it is halted. Transactions that are idle the server ends by itself (idle_in_transaction_session_timeout); in the
/// middle of a batch none of its timeouts runs. A process that goes on finds the connection lost, and what it held is another's.
/// </summary>
internal sealed class HaltedClients(NpgsqlDataSource database, ILogger<HaltedClients> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Only those of the role that asks may be ended by it. Nobody waits long, but whoever gives up comes again.</summary>
    private const string End = """
        select holder.pid, holder.query, pg_terminate_backend(holder.pid) as ended
          from (select distinct unnest(pg_blocking_pids(pid)) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as blocking (pid)
          join pg_stat_activity holder using (pid)
         where holder.usename = session_user and holder.state = 'active' and holder.wait_event_type = 'Client' and clock_timestamp() - holder.state_change > $1
        """;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Loop.Every(Every / 5, logger, "Looking for halted processes that keep others waiting", EndThem, stoppingToken);

    private async Task EndThem(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(End);
        command.Parameters.Add(new() { Value = Every });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            logger.LogWarning("Ended session {Session} of a halted process, which kept others waiting in {Statement}", reader.GetInt32(0), reader.GetString(1));
        }
    }
}
