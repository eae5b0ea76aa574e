using System.Collections.Concurrent;
using Mainstreet.Domain;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mainstreet.Infrastructure.Subscriptions;

/// <summary>
/// Keeps every tenant's subscriptions at the head of its log: woken by this process's own commits, and by a sweep every few seconds,
/// of one process for all, for what another had no time to come to. One step per tenant at a time, in turn, so that a busy tenant
/// starves nobody.
/// </summary>
internal sealed class SubscriptionRunner(
    NpgsqlDataSource database, TenantPump pump, SubscriptionCatalog subscriptions, CommitSignal signal, ILogger<SubscriptionRunner> logger) : BackgroundService
{
    private const int Workers = 2;
    private const string Fenced = "MS409";
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);

    private readonly ISubscription[] all = [.. subscriptions.All];
    private readonly ConcurrentDictionary<TenantId, SemaphoreSlim> turns = new();
    private readonly ConcurrentDictionary<TenantId, byte> queued = new();
    private readonly System.Threading.Channels.Channel<TenantId> queue = System.Threading.Channels.Channel.CreateUnbounded<TenantId>();

    /// <summary>Works on one tenant until its subscriptions have seen the whole log.</summary>
    public async Task CatchUp(TenantId tenant, CancellationToken cancellationToken)
    {
        var more = true;
        while (more)
        {
            try
            {
                more = await Step(tenant, cancellationToken);
            }
            catch (PostgresException e) when (e.SqlState == "MS409")
            {
                // another process moved a checkpoint meanwhile: on from there
            }
        }
    }

    /// <summary>
    /// Ends when all subscriptions are known, so before the first request: a policy is new to what was committed before, and
    /// to nothing after.
    /// </summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Register(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll([Listen(stoppingToken), Sweep(stoppingToken), .. Enumerable.Range(0, Workers).Select(_ => Work(stoppingToken))]);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // it was told to; somebody may start it again
        }
    }

    private async Task Register(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        foreach (var subscription in all)
        {
            await using var command = new NpgsqlCommand("select register_subscription($1, $2)", connection)
            {
                Parameters = { new() { Value = subscription.Name }, new() { Value = subscription.FromStart } },
            };
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private async Task Listen(CancellationToken stoppingToken)
    {
        await foreach (var tenant in signal.Dirty.ReadAllAsync(stoppingToken))
        {
            Enqueue(tenant);
        }
    }

    /// <summary>At the start, for what a killed predecessor left; then whenever no other process has done it in this period.</summary>
    private async Task Sweep(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SweepEvery, TimeProvider.System);
        var isFirst = true;
        do
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                if (await TakesTurn(connection, stoppingToken) || isFirst)
                {
                    foreach (var tenant in await DirtyTenants(connection, stoppingToken))
                    {
                        Enqueue(tenant);
                    }
                }

                isFirst = false;
            }
            catch (NpgsqlException e)
            {
                logger.LogWarning(e, "The sweep for unread events failed; the next one follows in {Period}", SweepEvery);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static async Task<bool> TakesTurn(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select take_turn('sweep', $1)", connection) { Parameters = { new() { Value = SweepEvery * 0.9 } } };
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<List<TenantId>> DirtyTenants(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select dirty_tenants($1)", connection)
        {
            Parameters = { new() { Value = all.Select(subscription => subscription.Name).ToArray() } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tenants = new List<TenantId>();
        while (await reader.ReadAsync(cancellationToken))
        {
            tenants.Add(new(reader.GetGuid(0)));
        }

        return tenants;
    }

    private void Enqueue(TenantId tenant)
    {
        if (queued.TryAdd(tenant, 0))
        {
            queue.Writer.TryWrite(tenant);
        }
    }

    private async Task Work(CancellationToken stoppingToken)
    {
        await foreach (var tenant in queue.Reader.ReadAllAsync(stoppingToken))
        {
            queued.TryRemove(tenant, out _); // news from here on queue the tenant again
            try
            {
                if (await Step(tenant, stoppingToken))
                {
                    Enqueue(tenant); // behind the others
                }
            }
            catch (PostgresException e) when (e.SqlState == Fenced)
            {
                Enqueue(tenant); // another process moved a checkpoint first: look again from where it is now
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogWarning(e, "The subscriptions of tenant {Tenant} could not be moved; the sweep tries again", tenant);
            }
        }
    }

    private async Task<bool> Step(TenantId tenant, CancellationToken cancellationToken)
    {
        var turn = turns.GetOrAdd(tenant, static _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await pump.Step(tenant, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }
}
