using System.Diagnostics;
using Mainstreet.Application.Projections;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Startup;
using Mainstreet.Infrastructure.Subscriptions;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mainstreet.Infrastructure.Rebuilds;

/// <summary>
/// Works on rebuilds in turns: a stretch of each, then a pause as long as the work took where others commit meanwhile. What
/// it holds is leased, so that another process goes on from the stored position when this one is gone.
/// </summary>
internal sealed class RebuildWorker(
    NpgsqlDataSource database, ViewCatalog views, GenerationBuilder builder, GenerationComparison comparison, GenerationSwitch switching,
    GenerationDrop drop, RebuildSignal signal, CommitSignal commits, Checkpoints checkpoints, RebuildLease lease, ILogger<RebuildWorker> logger)
    : BackgroundService
{
    /// <summary>How long the rows from before a switch are kept (requirements 11.17).</summary>
    public static readonly TimeSpan KeptForRollback = TimeSpan.FromHours(24);

    /// <summary>Of those that nobody waits for.</summary>
    private const int MostHeld = 200;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private readonly List<GenerationBuild> held = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Loop.Run(logger, "Rebuilding", StepAll, stoppingToken);

    private async Task StepAll(CancellationToken stoppingToken)
    {
        try
        {
            await Claim(stoppingToken);
            foreach (var group in held.GroupBy(build => build.Table).ToArray())
            {
                await WithPause(() => Step([.. group], stoppingToken), stoppingToken);
            }
        }
        catch
        {
            held.Clear(); // they are taken up again when their lease ends
            throw;
        }

        if (held.Count == 0)
        {
            await drop.Run(stoppingToken);
            await signal.Wait(Look, stoppingToken);
        }
    }

    /// <summary>Live work first: half of the time at most, while others commit.</summary>
    private async Task WithPause(Func<Task> work, CancellationToken stoppingToken)
    {
        var (started, before) = (Stopwatch.GetTimestamp(), commits.Count);
        await work();
        if (commits.Count != before)
        {
            await Task.Delay(Stopwatch.GetElapsedTime(started), TimeProvider.System, stoppingToken);
        }
    }

    private async Task Step(IReadOnlyList<GenerationBuild> group, CancellationToken stoppingToken)
    {
        try
        {
            foreach (var build in await builder.Advance(group, upTo: null, stoppingToken))
            {
                await Finish(build, stoppingToken);
            }
        }
        catch (Exception e) when (group.Count > 1 && e is not OperationCanceledException && !e.IsOfTheServer())
        {
            foreach (var build in group)
            {
                await Step([build], stoppingToken); // one of them is at fault, the others go on
            }
        }
        catch (UnknownTypeException e)
        {
            logger.LogWarning("The rebuild of {View} waits for another release in tenant {Tenant}. {Reason}", group[0].Table.Name, group[0].Row.Tenant, e.Message);
            held.Remove(group[0]);
        }
        catch (PostgresException e) when (e.SqlState is SqlStates.Fenced)
        {
            held.Remove(group[0]); // canceled, or another process has it
        }
        catch (Exception e) when (e is not OperationCanceledException && !e.IsOfTheServer())
        {
            logger.LogError(e, "The rebuild of {View} failed for tenant {Tenant} after position {Position}", group[0].Table.Name, group[0].Row.Tenant, group[0].Position);
            await Fail(group[0], e.ToString());
        }
    }

    /// <summary>A rebuild whose rollback failed is what it was: readers see what it built, and the rows from before go when they would have gone.</summary>
    private Task Fail(GenerationBuild build, string error) => build.Row.Goal == RebuildGoal.RollBack
        ? End(build, "status = 'switched', goal = 'switch', error = $4, drop_at = coalesce(finished_at, clock_timestamp()) + $5", error, KeptForRollback)
        : End(build, "status = 'failed', diff = null, error = $4, finished_at = clock_timestamp(), drop_at = clock_timestamp()", error);

    private async Task Finish(GenerationBuild build, CancellationToken stoppingToken)
    {
        if (build.Row.Goal == RebuildGoal.Keep)
        {
            await End(
                build, "status = 'ready', finished_at = clock_timestamp(), drop_at = clock_timestamp() + $4, leased_until = '-infinity'", KeptGenerations.Kept);
            checkpoints.Announce(build.Row.Tenant); // who reads the past waits for it
            return;
        }

        if (build.Row is { Goal: not RebuildGoal.RollBack, Forgets: false } && !await Compare(build, stoppingToken))
        {
            return; // the live side catches up first, or it is not this worker's any more
        }

        if (build.Row.Goal == RebuildGoal.Compare)
        {
            await End(build, "status = 'ready', leased_until = '-infinity'");
        }
        else if (await Switch(build, stoppingToken))
        {
            held.Remove(build);
        }
    }

    /// <summary>Large views take longer than a lease. False: the live side has to catch up, or somebody canceled the rebuild or took it over.</summary>
    private async Task<bool> Compare(GenerationBuild build, CancellationToken stoppingToken)
    {
        using var ours = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        using var ended = new CancellationTokenSource();
        var renewing = Loop.Every(build.Lease / 4, logger, $"Renewing the lease of the rebuild of {build.Table.Name}", _ => Renew(build, ours), ended.Token);
        try
        {
            return await comparison.Run(build, ours.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            held.Remove(build);
            return false;
        }
        finally
        {
            await ended.CancelAsync();
            await renewing;
        }
    }

    /// <summary>Where there is no lease to renew, the work on it ends.</summary>
    private async Task Renew(GenerationBuild build, CancellationTokenSource ours)
    {
        var renewal = RebuildSql.Update(build.Row, "leased_until = clock_timestamp() + $4", build.Lease);
        await database.Execute(build.Row.Tenant, CancellationToken.None, renewal);
        if (renewal.RecordsAffected == 0)
        {
            await ours.CancelAsync();
        }
    }

    /// <summary>Who cannot have the checkpoints lets go of this rebuild, for a moment, and of no other.</summary>
    private async Task<bool> Switch(GenerationBuild build, CancellationToken stoppingToken)
    {
        try
        {
            return await switching.Run(build, stoppingToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await End(build, "leased_until = clock_timestamp() + $4", Look);
            return false;
        }
    }

    private async Task End(GenerationBuild build, string set, params object[] values)
    {
        await database.Execute(build.Row.Tenant, CancellationToken.None, RebuildSql.Update(build.Row, set, values));
        held.Remove(build);
    }

    private async Task Claim(CancellationToken stoppingToken)
    {
        await using var connection = await database.OpenConnectionAsync(stoppingToken);
        await using var command = new NpgsqlCommand($"select {RebuildRow.Columns} from claim_rebuilds($1, $2)", connection)
        {
            Parameters = { new() { Value = Math.Max(0, MostHeld - held.Count(build => !build.Row.IsUrgent)) }, new() { Value = lease.Length } },
        };
        await using var reader = await command.ExecuteReaderAsync(stoppingToken);
        foreach (var row in await reader.ReadAll<RebuildRow>(stoppingToken))
        {
            held.RemoveAll(build => (build.Row.TenantId, build.Row.RebuildId) == (row.TenantId, row.RebuildId));
            if (views.Tables.SingleOrDefault(table => table.Name == row.View) is { } table) // another release may know it
            {
                held.Add(new(row, table, lease.Length));
            }
        }
    }
}

/// <summary>For how long a rebuild is the process's that works on it, by the wall clock; renewed with every stretch, and while it is compared.</summary>
internal sealed record RebuildLease(TimeSpan Length);

/// <summary>Wakes the worker of this process when a rebuild is asked for.</summary>
internal sealed class RebuildSignal : IDisposable
{
    private readonly SemaphoreSlim asked = new(0);

    public void Wake() => asked.Release();

    public Task Wait(TimeSpan longest, CancellationToken cancellationToken) => asked.WaitAsync(longest, cancellationToken);

    public void Dispose() => asked.Dispose();
}
