using Mainstreet.Domain.Carts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mainstreet.Infrastructure.Startup;

/// <summary>
/// Removes what nobody asks for any more: answers to commands after 24 hours (requirements 9.5), dead letters that were dealt with, what
/// test tenants sent, carts that nobody touched and sessions that are over after 30 days, guesses that nobody counts any more after a day,
/// refused attempts after 90 days.
/// </summary>
internal sealed class Housekeeping(NpgsqlDataSource database, ILogger<Housekeeping> logger) : BackgroundService
{
    private const int AtOnce = 5_000;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    private static readonly (string Prune, TimeSpan Kept)[] leftovers =
    [
        ("prune_commands", TimeSpan.FromHours(24)),
        ("prune_dead_letters", TimeSpan.FromDays(30)),
        ("prune_rebuilds", TimeSpan.FromDays(30)),
        ("prune_test_clock_runs", TimeSpan.FromDays(90)),
        ("prune_carts", Cart.Stays),
        ("prune_sandbox_outbox", TimeSpan.FromDays(30)),
        ("prune_notification_attempts", TimeSpan.FromDays(30)), // longer than any message is tried
        ("prune_inbound_payloads", TimeSpan.FromDays(30)),
        ("prune_parked_inbound", TimeSpan.FromDays(30)),
        ("prune_sessions", TimeSpan.FromDays(30)), // till then they tell from which networks somebody signs in
        ("prune_attempts", TimeSpan.FromDays(1)),
        ("prune_refused_attempts", TimeSpan.FromDays(90)),
    ];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Loop.Every(Every, logger, "Housekeeping", PruneAll, stoppingToken);

    /// <summary>What one of them cannot remove keeps none of the others from it.</summary>
    internal async Task PruneAll(CancellationToken cancellationToken)
    {
        foreach (var (prune, kept) in leftovers)
        {
            await Loop.Try(logger, prune, stopping => Prune(prune, kept, stopping), cancellationToken);
        }
    }

    private async Task Prune(string function, TimeSpan kept, CancellationToken cancellationToken)
    {
        long removed;
        do
        {
            await using var command = database.CreateCommand($"select {function}(clock_timestamp() - $1, $2)");
            command.Parameters.Add(new() { Value = kept });
            command.Parameters.Add(new() { Value = AtOnce });
            removed = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
        while (removed == AtOnce);
    }
}
