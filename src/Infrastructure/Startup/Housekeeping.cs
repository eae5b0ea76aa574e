using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mainstreet.Infrastructure.Startup;

/// <summary>Removes answers to commands once no client can ask for them again: after 24 hours (requirements 9.5).</summary>
internal sealed class Housekeeping(NpgsqlDataSource database, ILogger<Housekeeping> logger) : BackgroundService
{
    private const int AtOnce = 5_000;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Prune(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                logger.LogWarning(e, "Old answers could not be removed; the next try follows in {Period}", Every);
            }
        }
    }

    private async Task Prune(CancellationToken cancellationToken)
    {
        long removed;
        do
        {
            await using var command = database.CreateCommand("select prune_commands(clock_timestamp() - $1, $2)");
            command.Parameters.Add(new() { Value = Kept });
            command.Parameters.Add(new() { Value = AtOnce });
            removed = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
        while (removed == AtOnce);
    }
}
