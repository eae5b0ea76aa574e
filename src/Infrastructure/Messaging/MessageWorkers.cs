using Mainstreet.Infrastructure.Startup;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mainstreet.Infrastructure.Messaging;

/// <summary>Serves every queue by itself, and relays messages for other tenants out of their senders' outboxes.</summary>
internal sealed class MessageWorkers(
    NpgsqlDataSource database, MessageRunner runner, MessageSignal signal, IOptions<MessageOptions> options, ILogger<MessageWorkers> logger) : BackgroundService
{
    private readonly Dictionary<string, QueueLimits> queues = QueueLimits.Of(options.Value);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        [.. queues.Select(queue => Serve(queue.Key, queue.Value, stoppingToken)), Loop.Run(logger, "Relaying the outboxes", Relay, stoppingToken)]);

    private async Task Serve(string queue, QueueLimits limits, CancellationToken stoppingToken)
    {
        using var worker = new QueueWorker(queue, limits, database, runner, signal, logger);
        await worker.Serve(stoppingToken);
    }

    private async Task Relay(CancellationToken stoppingToken)
    {
        if (!await RelaySome(stoppingToken))
        {
            await signal.WaitForOutbox(QueueWorker.LongestWait, stoppingToken);
        }
    }

    private async Task<bool> RelaySome(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select distinct queue from relay_messages(500)", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var relayed = false;
        while (await reader.ReadAsync(cancellationToken))
        {
            signal.Wake(reader.GetString(0));
            relayed = true;
        }

        return relayed;
    }
}
