using Mainstreet.Domain;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Startup;
using Mainstreet.Infrastructure.Subscriptions;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mainstreet.Infrastructure.Feed;

/// <summary>
/// A tail for every tenant that is followed, as long as it is: woken by this process's own commits, and by a sweep every second
/// for what other processes commit.
/// </summary>
internal sealed class LogTails : LeavingService
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource database;
    private readonly FeedLog log;
    private readonly ILogger<LogTails> logger;
    private readonly Lock gate = new();
    private readonly Dictionary<TenantId, Followed> followed = [];

    public LogTails(NpgsqlDataSource database, FeedLog log, CommitSignal signal, ILogger<LogTails> logger)
    {
        (this.database, this.log, this.logger) = (database, log, logger);
        signal.Tell(Wake);
    }

    /// <param name="tenant">Whose log.</param>
    /// <param name="position">Where a new tail begins: the caller knows what is before.</param>
    public LogTail Join(TenantId tenant, long position)
    {
        lock (gate)
        {
            if (!followed.TryGetValue(tenant, out var found))
            {
                followed.Add(tenant, found = new(new(log, tenant, position)));
                using (ExecutionContext.SuppressFlow()) // it outlives the request that was the first to listen
                {
                    found.Following = Task.Run(() => Follow(found), CancellationToken.None);
                }
            }

            found.Readers++;
            return found.Tail;
        }
    }

    public void Leave(LogTail tail)
    {
        Followed? left;
        lock (gate)
        {
            if (!followed.TryGetValue(tail.Tenant, out left) || left.Tail != tail || --left.Readers > 0)
            {
                return;
            }

            followed.Remove(tail.Tenant);
        }

        left.End.Cancel();
    }

    protected override async Task Leave(CancellationToken cancellationToken)
    {
        Followed[] rest;
        lock (gate)
        {
            rest = [.. followed.Values];
            followed.Clear();
        }

        foreach (var one in rest)
        {
            await one.End.CancelAsync();
            await one.Following;
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Loop.Every(SweepEvery, logger, "The sweep for other processes' events", Sweep, stoppingToken);

    private async Task Follow(Followed one)
    {
        one.Tail.Wake(); // for what was committed since the position
        try
        {
            await one.Tail.Follow(one.End.Token);
        }
        catch (OperationCanceledException) when (one.End.IsCancellationRequested)
        {
            // the last reader has left, or the process stops
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "The log of tenant {Tenant} could not be followed; its readers come again", one.Tail.Tenant);
            Forget(one);
        }
    }

    private void Forget(Followed one)
    {
        lock (gate)
        {
            if (followed.TryGetValue(one.Tail.Tenant, out var found) && found == one)
            {
                followed.Remove(one.Tail.Tenant);
            }
        }
    }

    private void Wake(TenantId tenant, CommitPlan plan)
    {
        lock (gate)
        {
            followed.GetValueOrDefault(tenant)?.Tail.Wake();
        }
    }

    /// <summary>One trip asks where each followed log ends.</summary>
    private async Task Sweep(CancellationToken cancellationToken)
    {
        LogTail[] tails;
        lock (gate)
        {
            tails = [.. followed.Values.Select(one => one.Tail)];
        }

        if (tails is [])
        {
            return;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var tail in tails)
        {
            batch.BatchCommands.Add(TenantSql.Set(tail.Tenant));
            batch.BatchCommands.Add(LogReader.SelectHead(tail.Tenant));
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var tail in tails)
        {
            await reader.NextResultAsync(cancellationToken); // past the setting of the tenant
            await reader.ReadAsync(cancellationToken);
            if (reader.GetInt64(0) != tail.Position)
            {
                tail.Wake();
            }

            await reader.NextResultAsync(cancellationToken);
        }
    }

    private sealed class Followed(LogTail tail)
    {
        public LogTail Tail => tail;

        public CancellationTokenSource End { get; } = new();

        public Task Following { get; set; } = Task.CompletedTask;

        public int Readers { get; set; }
    }
}
