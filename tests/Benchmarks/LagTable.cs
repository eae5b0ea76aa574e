using System.Diagnostics;
using Mainstreet.Application;
using Mainstreet.Domain.Stock;
using Mainstreet.Infrastructure.Subscriptions;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mainstreet.Benchmarks;

/// <summary>From the return of a commit until every projection of the tenant has folded it, in milliseconds.</summary>
internal sealed class LagTable(Bench bench)
{
    private const int Commits = 300;
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public async Task Run()
    {
        var tenant = await bench.NewTenant();
        var names = bench.Services.GetRequiredService<SubscriptionCatalog>().All.Select(subscription => subscription.Name).ToArray();
        var checkpoints = bench.Services.GetRequiredService<Checkpoints>();
        var lags = new List<double>();
        for (var i = 0; i < Commits; i++)
        {
            var variant = new VariantId(Uuid.New());
            var committed = await bench.In(tenant, services => services.GetRequiredService<IAggregates>().Create<StockItem, StockEvent>(
                variant.Value, () => StockItem.Open(variant, StockPolicy.Deny, 0, Now), CancellationToken.None));
            var started = Stopwatch.GetTimestamp();
            for (var moved = checkpoints.Moved(tenant); await Lowest(tenant, names) < committed.Position; moved = checkpoints.Moved(tenant))
            {
                await Task.WhenAny(moved, Task.Delay(50));
            }

            lags.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        lags.Sort();
        Console.WriteLine($"| subscriptions | lag p50 ms | lag p99 ms |");
        Console.WriteLine("|---:|---:|---:|");
        Console.WriteLine($"| {names.Length} | {lags[Commits / 2]:F1} | {lags[Commits * 99 / 100]:F1} |");
    }

    private async Task<long> Lowest(TenantId tenant, string[] names)
    {
        await using var connection = await bench.Database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.Set(tenant), Checkpoints.SelectLowest(tenant, names) } };
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        await reader.ReadAsync();
        return reader.GetInt64(0);
    }
}
