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
        [.. queues.Select(queue => Serve(queue.Key, queue.Value, stoppingToken)), Relay(stoppingToken)]);

    private async Task Serve(string queue, QueueLimits limits, CancellationToken stoppingToken)
    {
        using var worker = new QueueWorker(queue, limits, database, runner, signal, logger);
        await worker.Serve(stoppingToken);
    }

    private async Task Relay(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var relayed = false;
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                await using var command = new NpgsqlCommand("select distinct queue from relay_messages(500)", connection);
                await using var reader = await command.ExecuteReaderAsync(stoppingToken);
                while (await reader.ReadAsync(stoppingToken))
                {
                    signal.Wake(reader.GetString(0));
                    relayed = true;
                }
            }
            catch (NpgsqlException e)
            {
                logger.LogWarning(e, "The outbox could not be relayed");
            }

            if (!relayed)
            {
                await signal.WaitForOutbox(QueueWorker.LongestWait, stoppingToken);
            }
        }
    }
}
