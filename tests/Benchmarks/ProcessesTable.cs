using System.Diagnostics.Metrics;
using Mainstreet.Application;
using Mainstreet.Domain.Stock;
using Mainstreet.Infrastructure.Subscriptions;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Benchmarks;

/// <summary>
/// What it costs that several processes work on the same tenants: commits per second, and how many steps of their subscriptions were
/// done for nothing.
/// </summary>
internal sealed class ProcessesTable(TimeSpan duration)
{
    private const int Writers = 12;

    private readonly Dictionary<string, long> steps = new(StringComparer.Ordinal);

    public async Task Run()
    {
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Name == "mainstreet.subscriptions.steps")
            {
                meters.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            lock (steps)
            {
                var outcome = (string)tags[0].Value!;
                steps[outcome] = steps.GetValueOrDefault(outcome) + count;
            }
        });
        listener.Start();
        Console.WriteLine("| processes | tenants | commits/s, 12 writers | steps moved | idle | fenced | fenced of all | seconds to the head afterwards |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var processes in (int[])[1, 3])
        {
            await using var bench = await Bench.Start(processes: processes);
            foreach (var tenants in (int[])[1, 10])
            {
                await Row(bench, processes, await bench.NewTenants(tenants));
            }
        }

        Console.WriteLine();
    }

    private async Task Row(Bench bench, int processes, List<TenantId> tenants)
    {
        var turn = 0;
        await Bench.Measure(Writers, tenants, Append, TimeSpan.FromSeconds(2)); // warm
        lock (steps)
        {
            steps.Clear();
        }

        var commits = await Bench.Measure(Writers, tenants, Append, duration) / duration.TotalSeconds;
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        foreach (var tenant in tenants)
        {
            await bench.Services.GetRequiredService<SubscriptionRunner>().CatchUp(tenant, CancellationToken.None);
        }

        var (moved, idle, fenced) = (steps.GetValueOrDefault("moved"), steps.GetValueOrDefault("idle"), steps.GetValueOrDefault("fenced"));
        Console.WriteLine(
            $"| {processes} | {tenants.Count} | {commits:F0} | {moved} | {idle} | {fenced} | {100.0 * fenced / (moved + idle + fenced):F0} % | {System.Diagnostics.Stopwatch.GetElapsedTime(since).TotalSeconds:F2} |");

        Task Append(TenantId tenant) => bench.In(
            tenant,
            services =>
            {
                var variant = new VariantId(Uuid.New());
                return services.GetRequiredService<IAggregates>().Create<StockItem, StockEvent>(
                    variant.Value, () => StockItem.Open(variant, StockPolicy.Deny, 0, Bench.Now), CancellationToken.None);
            },
            Interlocked.Increment(ref turn));
    }
}
