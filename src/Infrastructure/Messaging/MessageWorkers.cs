using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mainstreet.Infrastructure.Messaging;

/// <summary>
/// Claims due messages queue by queue and runs them. A claim is a short transaction of its own: the message stays
/// invisible for the lease, and no row is held while a handler runs.
/// </summary>
internal sealed class MessageWorkers(
    NpgsqlDataSource database, MessageRunner runner, MessageSignal signal, ILogger<MessageWorkers> logger) : BackgroundService
{
    /// <summary>Short, and renewed while a handler runs: what a killed process had begun waits for the next one no longer.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([.. Queues.All.Select(queue => Serve(queue, stoppingToken)), Relay(stoppingToken)]);

    /// <summary>
    /// How many messages of a queue run at once, and how many of one tenant are claimed at a time. Commands of one tenant
    /// wait for its lane; deliveries of webhooks wait for receivers, a tenant's endpoints side by side.
    /// </summary>
    private static (int Parallel, int PerTenant) LimitsOf(string queue) => queue is Queues.Webhooks ? (32, 8) : (4, 2);

    private async Task Serve(string queue, CancellationToken stoppingToken)
    {
        var places = LimitsOf(queue).Parallel;
        using var free = new SemaphoreSlim(places, places);
        try
        {
            await Serve(queue, free, stoppingToken);
        }
        finally
        {
            for (var place = 0; place < places; place++)
            {
                await free.WaitAsync(CancellationToken.None); // what has begun is run to its end
            }
        }
    }

    private async Task Serve(string queue, SemaphoreSlim free, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await free.WaitAsync(stoppingToken); // the messages of a claim need at least one free place
                free.Release();
                var claimed = await Claim(queue, free.CurrentCount, stoppingToken);
                foreach (var message in claimed)
                {
                    await free.WaitAsync(stoppingToken);
                    _ = RunOne(message, free);
                }

                if (claimed.Count == 0)
                {
                    await signal.Wait(queue, await UntilNext(queue, stoppingToken), stoppingToken);
                }
            }
            catch (NpgsqlException e)
            {
                logger.LogWarning(e, "Queue {Queue} could not be read", queue);
                await signal.Wait(queue, LongestWait, stoppingToken);
            }
        }
    }

    private async Task RunOne(ClaimedMessage message, SemaphoreSlim free)
    {
        var renewals = new PeriodicTimer(Lease / 4, TimeProvider.System);
        var renewing = Renew(message, renewals);
        try
        {
            await runner.Run(message, CancellationToken.None);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Message {Message} could not be ended; its lease will", message.MessageId);
        }
        finally
        {
            renewals.Dispose();
            await renewing;
            free.Release();
            signal.Wake(message.Queue); // a tenant's next message may have waited for this one
        }
    }

    /// <summary>Until the timer is disposed of. A run that has ended, or was taken over, has no lease to renew.</summary>
    private async Task Renew(ClaimedMessage message, PeriodicTimer renewals)
    {
        while (await renewals.WaitForNextTickAsync(CancellationToken.None))
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
                await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.Set(message.Tenant), MessageSql.Renew(message, Lease) } };
                await batch.ExecuteNonQueryAsync(CancellationToken.None);
            }
            catch (NpgsqlException e)
            {
                logger.LogWarning(e, "The lease of message {Message} could not be renewed", message.MessageId);
            }
        }
    }

    private async Task<List<ClaimedMessage>> Claim(string queue, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"select {ClaimedColumns} from claim_messages($1, $2, $3, $4)", connection)
        {
            Parameters = { new() { Value = queue }, new() { Value = most }, new() { Value = LimitsOf(queue).PerTenant }, new() { Value = Lease } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var messages = new List<ClaimedMessage>();
        while (await reader.ReadAsync(cancellationToken))
        {
            messages.Add(Read(reader));
        }

        return messages;
    }

    internal const string ClaimedColumns = "tenant_id, message_id, queue, type, body, due_at, attempt, revision, failures, metadata";

    internal static ClaimedMessage Read(NpgsqlDataReader row) => new(
        new TenantId(row.GetGuid(0)), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetString(4),
        row.GetFieldValue<DateTimeOffset>(5), row.GetInt32(6), row.GetInt32(7), row.GetInt32(8), row.GetString(9));

    private async Task<TimeSpan> UntilNext(string queue, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select extract(epoch from nullif(next_message_at($1), 'infinity') - clock_timestamp())::float8", connection)
        {
            Parameters = { new() { Value = queue } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) is double seconds
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0.005, LongestWait.TotalSeconds))
            : LongestWait;
    }

    private async Task Relay(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                await using var command = new NpgsqlCommand("select distinct queue from relay_messages(500)", connection);
                await using var reader = await command.ExecuteReaderAsync(stoppingToken);
                while (await reader.ReadAsync(stoppingToken))
                {
                    signal.Wake(reader.GetString(0));
                }
            }
            catch (NpgsqlException e)
            {
                logger.LogWarning(e, "The outbox could not be relayed");
            }

            await signal.WaitForOutbox(LongestWait, stoppingToken);
        }

    }
}
