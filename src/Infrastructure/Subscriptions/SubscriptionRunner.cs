using System.Collections.Concurrent;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Startup;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mainstreet.Infrastructure.Subscriptions;

/// <summary>
/// Keeps every tenant's subscriptions at the head of its log: woken by this process's own commits, and by a sweep every few seconds,
/// of one process for all, for what another had no time to come to. One step per tenant at a time, in turn, and one worker at a tenant, so that
/// neither a busy tenant nor one that is held up starves the others.
/// </summary>
internal sealed class SubscriptionRunner(
    NpgsqlDataSource database, TenantPump pump, SubscriptionCatalog subscriptions, CommitSignal signal, ILogger<SubscriptionRunner> logger) : BackgroundService
{
    private const int Workers = 2;
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>What is held up is looked at this long, so that however many tenants that are they leave the workers to the others.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <summary>Between two glances.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    private readonly ISubscription[] all = [.. subscriptions.All];
    private readonly ConcurrentDictionary<TenantId, SemaphoreSlim> turns = new();
    private readonly ConcurrentDictionary<TenantId, byte> heldUp = new();
    private readonly Lock gate = new();
    private readonly Dictionary<TenantId, Place> places = [];
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
            catch (PostgresException e) when (IsOfAnotherProcess(e))
            {
                // another process moved a checkpoint meanwhile, or holds one: on from there
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

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
    [
        Loop.Run(logger, "Listening for commits", Listen, stoppingToken),
        Sweep(stoppingToken),
        .. Enumerable.Range(0, Workers).Select(_ => Loop.Run(logger, "Moving subscriptions", Work, stoppingToken)),
    ]);

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
        var isFirst = true;
        await Loop.Every(
            SweepEvery, logger, "The sweep for unread events",
            async stopping =>
            {
                await using var connection = await database.OpenConnectionAsync(stopping);
                if (await TakesTurn(connection, stopping) || isFirst)
                {
                    foreach (var tenant in await DirtyTenants(connection, stopping))
                    {
                        Enqueue(tenant);
                    }
                }

                isFirst = false;
            },
            stoppingToken, atOnce: true);
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

    /// <summary>A tenant has one place in the queue, and none while a worker is at it: then it comes again when that is done.</summary>
    private void Enqueue(TenantId tenant)
    {
        lock (gate)
        {
            if (places.TryAdd(tenant, Place.Queued))
            {
                queue.Writer.TryWrite(tenant);
            }
            else if (places[tenant] is Place.AtWork)
            {
                places[tenant] = Place.AtWorkAndAgain;
            }
        }
    }

    /// <summary>Its place is kept meanwhile, so that what is committed does not end the rest.</summary>
    private async Task EndAfterRest(TenantId tenant, CancellationToken stoppingToken)
    {
        await Task.Delay(Rest, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        End(tenant, again: true);
    }

    private void Begin(TenantId tenant)
    {
        lock (gate)
        {
            places[tenant] = Place.AtWork;
        }
    }

    private void End(TenantId tenant, bool again)
    {
        lock (gate)
        {
            if (again || places[tenant] is Place.AtWorkAndAgain)
            {
                places[tenant] = Place.Queued; // behind the others
                queue.Writer.TryWrite(tenant);
            }
            else
            {
                places.Remove(tenant);
            }
        }
    }

    private async Task Work(CancellationToken stoppingToken)
    {
        await foreach (var tenant in queue.Reader.ReadAllAsync(stoppingToken))
        {
            var (again, rests) = (false, false);
            Begin(tenant);
            try
            {
                again = await Step(tenant, stoppingToken);
            }
            catch (PostgresException e) when (e.SqlState is SqlStates.Fenced)
            {
                again = true;
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable)
            {
                rests = true;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                again = true; // when it is started again
                throw;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "The subscriptions of tenant {Tenant} could not be moved; the sweep tries again", tenant);
            }
            finally
            {
                if (rests)
                {
                    _ = EndAfterRest(tenant, stoppingToken);
                }
                else
                {
                    End(tenant, again);
                }
            }
        }
    }

    /// <summary>It moved a checkpoint first, or holds one: look again, from where that is then.</summary>
    private static bool IsOfAnotherProcess(PostgresException e) => e.SqlState is SqlStates.Fenced or PostgresErrorCodes.LockNotAvailable;

    private async Task<bool> Step(TenantId tenant, CancellationToken cancellationToken)
    {
        var turn = turns.GetOrAdd(tenant, static _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            var more = await pump.Step(tenant, heldUp.ContainsKey(tenant) ? Glance : Patience, cancellationToken);
            heldUp.TryRemove(tenant, out _);
            return more;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable)
        {
            heldUp.TryAdd(tenant, 0);
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    private enum Place
    {
        Queued,
        AtWork,
        AtWorkAndAgain,
    }
}
