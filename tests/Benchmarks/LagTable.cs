using System.Diagnostics;
using Mainstreet.Application;
using Mainstreet.Domain.Stock;
using Mainstreet.Infrastructure.Subscriptions;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mainstreet.Benchmarks;

/// <summary>From the return of a commit until every projection of the tenant has folded it, in milliseconds: alone, and among other commits.</summary>
internal static class LagTable
{
    private const int Commits = 500;

    public static async Task Run()
    {
        await using var bench = await Bench.Start();
        var tenants = await bench.NewTenants(10);
        Console.WriteLine("| lag from commit to view | subscriptions | p50 ms | p99 ms |");
        Console.WriteLine("|---|---:|---:|---:|");
        await Row(bench, "one commit at a time", tenants[0]);
        using var stop = new CancellationTokenSource();
        var others = Commit(bench, tenants, perSecond: 200, stop.Token);
        await Row(bench, "at 200 other commits/s on 10 tenants", tenants[0]);
        await stop.CancelAsync();
        await others;
        Console.WriteLine();
    }

    private static async Task Row(Bench bench, string what, TenantId tenant)
    {
        var names = bench.Services.GetRequiredService<SubscriptionCatalog>().All.Select(subscription => subscription.Name).ToArray();
        var checkpoints = bench.Services.GetRequiredService<Checkpoints>();
        var lags = new List<double>();
        for (var i = 0; i < Commits; i++)
        {
            var committed = await Open(bench, tenant);
            var started = Stopwatch.GetTimestamp();
            for (var moved = checkpoints.Moved(tenant); await Lowest(bench, tenant, names) < committed.Position; moved = checkpoints.Moved(tenant))
            {
                await Task.WhenAny(moved, Task.Delay(50));
            }

            lags.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        lags.Sort();
        Console.WriteLine($"| {what} | {names.Length} | {lags[Commits / 2]:F1} | {lags[Commits * 99 / 100]:F1} |");
    }

    private static async Task Commit(Bench bench, List<TenantId> tenants, int perSecond, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var running = new List<Task>();
        for (var tick = 0; !stop.IsCancellationRequested; tick++)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            running.AddRange(Enumerable.Range(0, perSecond / 50).Select(i => Open(bench, tenants[(tick + i) % tenants.Count])));
        }

        await Task.WhenAll(running);
    }

    private static Task<Committed> Open(Bench bench, TenantId tenant)
    {
        var variant = new VariantId(Uuid.New());
        return bench.In(tenant, services => services.GetRequiredService<IAggregates>().Create<StockItem, StockEvent>(
            variant.Value, () => StockItem.Open(variant, StockPolicy.Deny, 0, Bench.Now), CancellationToken.None));
    }

    /// <summary>The position up to which all of these have folded the tenant's log.</summary>
    public static async Task<long> Lowest(Bench bench, TenantId tenant, string[] names)
    {
        await using var connection = await bench.Database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.Set(tenant), Checkpoints.SelectLowest(tenant, names) } };
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        await reader.ReadAsync();
        return reader.GetInt64(0);
    }
}
