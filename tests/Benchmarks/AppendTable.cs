using Mainstreet.Application;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Stock;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Benchmarks;

/// <summary>
/// Commits per second of three events to a new stream, beside the raw ceiling: the log alone; with a snapshot and an inline view
/// in the same commit; and that again while every projection and policy follows.
/// </summary>
internal sealed class AppendTable(TimeSpan duration)
{
    public async Task Run()
    {
        Console.WriteLine("| append of 3 events | writers | tenants | commits/s | raw commits/s | ratio | KB allocated per commit |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        await Rows("the log alone", following: false, bench => tenant => bench.In(tenant, services =>
            services.GetRequiredService<IAggregates>().Create<Tally, NumberSeriesEvent>(Uuid.New(), Tally.Three, CancellationToken.None)));
        await Rows("with snapshot and inline view", following: false, bench => tenant => Open(bench, tenant));
        await Rows("and all subscriptions following", following: true, bench => tenant => Open(bench, tenant));
        Console.WriteLine();
    }

    private async Task Rows(string what, bool following, Func<Bench, Func<TenantId, Task>> append)
    {
        await using var bench = await Bench.Start(following);
        var raw = new RawLog(bench);
        await raw.Create();
        var tenants = await bench.NewTenants(10);
        foreach (var writers in (int[])[1, 8, 32])
        {
            await Row(what, writers, tenants, append(bench), raw);
        }

        await Row(what, 32, tenants[..1], append(bench), raw);
    }

    private async Task Row(string what, int writers, List<TenantId> tenants, Func<TenantId, Task> append, RawLog raw)
    {
        var (ours, ceiling, allocated) = (new List<double>(), new List<double>(), new List<double>());
        await Bench.Measure(writers, tenants, append, TimeSpan.FromSeconds(1)); // warm
        await Bench.Measure(writers, tenants, tenant => raw.Append(tenant, 3), TimeSpan.FromSeconds(1));
        for (var round = 0; round < Bench.Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var appended = await Bench.Measure(writers, tenants, append, duration);
            allocated.Add((GC.GetTotalAllocatedBytes(precise: true) - before) / 1024.0 / appended);
            ours.Add(appended / duration.TotalSeconds);
            ceiling.Add(await Bench.Measure(writers, tenants, tenant => raw.Append(tenant, 3), duration) / duration.TotalSeconds);
        }

        Console.WriteLine(
            $"| {what} | {writers} | {tenants.Count} | {Bench.Median(ours):F0} | {Bench.Median(ceiling):F0} | {Bench.Median(ours) / Bench.Median(ceiling):F2} | {Bench.Median(allocated):F1} |");
    }

    private static Task<Committed> Open(Bench bench, TenantId tenant) => bench.In(tenant, services =>
    {
        var variant = new VariantId(Uuid.New());
        return services.GetRequiredService<IAggregates>().Create<StockItem, StockEvent>(
            variant.Value,
            () =>
            {
                var opened = StockItem.Open(variant, StockPolicy.Deny, 0, Bench.Now);
                var item = opened.Aggregate((StockItem?)null, (state, e) => StockItem.Evolve(state, e))!;
                return [.. opened, .. item.Receive(5, null, "first delivery of the season", Bench.Now), .. item.SetMinimum(1, Bench.Now)];
            },
            CancellationToken.None);
    });
}
