using System.Collections.Concurrent;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Startup;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mainstreet.Infrastructure.Messaging;

/// <summary>
/// Claims due messages of one queue and runs them. A claim is a short transaction of its own: the message stays invisible for the
/// lease, and no row is held while a handler runs.
/// </summary>
internal sealed class QueueWorker(
    string queue, QueueLimits limits, NpgsqlDataSource database, MessageRunner runner, MessageSignal signal, ILogger<MessageWorkers> logger) : IDisposable
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Short, and renewed while a handler runs: what a killed process had begun waits for the next one no longer.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim free = new(limits.Parallel, limits.Parallel);
    private readonly ConcurrentDictionary<ClaimedMessage, byte> running = new();

    /// <summary>Until it is told to stop; what has begun by then is run to its end.</summary>
    public async Task Serve(CancellationToken stoppingToken)
    {
        await Loop.Run(logger, $"Reading queue {queue}", ClaimAndRun, stoppingToken);
        for (var place = 0; place < limits.Parallel; place++)
        {
            await free.WaitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => free.Dispose();

    private async Task ClaimAndRun(CancellationToken stoppingToken)
    {
        await free.WaitAsync(stoppingToken); // the messages of a claim need at least one free place
        free.Release();
        var (claimed, lookedAt) = await Claim(free.CurrentCount, stoppingToken);
        foreach (var message in claimed)
        {
            await free.WaitAsync(stoppingToken);
            _ = RunInPlace(message);
        }

        if (claimed.Count == 0)
        {
            await signal.Wait(queue, await UntilNext(lookedAt, stoppingToken), stoppingToken);
        }
    }

    /// <summary>Gives the place back, whatever happens in it.</summary>
    private async Task RunInPlace(ClaimedMessage message)
    {
        running.TryAdd(message, 0);
        try
        {
            await RunWithLease(message);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Message {Message} could not be ended; its lease will", message.MessageId);
        }
        finally
        {
            running.TryRemove(message, out _);
            free.Release();
            signal.Wake(queue); // a tenant's next message may have waited for this one
        }
    }

    /// <summary>A run that has ended, or was taken over, has no lease to renew.</summary>
    private async Task RunWithLease(ClaimedMessage message)
    {
        using var ended = new CancellationTokenSource();
        var renewing = Loop.Every(
            Lease / 4, logger, $"Renewing the lease of message {message.MessageId}",
            _ => database.Execute(message.Tenant, CancellationToken.None, MessageSql.Renew(message, Lease)), ended.Token);
        try
        {
            await runner.Run(message, CancellationToken.None);
        }
        finally
        {
            await ended.CancelAsync();
            await renewing;
        }
    }

    private async Task<(List<ClaimedMessage> Claimed, DateTimeOffset LookedAt)> Claim(int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("select clock_timestamp()"),
                MessageSql.Claim(queue, most, limits.PerTenant, Lease, [.. running.Keys.Select(message => message.Tenant.Value)]),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var lookedAt = reader.GetFieldValue<DateTimeOffset>(0);
        await reader.NextResultAsync(cancellationToken);
        var messages = new List<ClaimedMessage>();
        while (await reader.ReadAsync(cancellationToken))
        {
            messages.Add(ClaimedMessage.Read(reader));
        }

        return (messages, lookedAt);
    }

    private async Task<TimeSpan> UntilNext(DateTimeOffset lookedAt, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select extract(epoch from nullif(next_message_at($1, $2), 'infinity') - clock_timestamp())::float8", connection)
        {
            Parameters = { new() { Value = queue }, new() { Value = lookedAt } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) is double seconds
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0.005, LongestWait.TotalSeconds))
            : LongestWait;
    }
}
