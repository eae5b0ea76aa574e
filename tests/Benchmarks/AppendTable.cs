using System.Diagnostics;
using Mainstreet.Application;
using Mainstreet.Domain.Stock;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Benchmarks;

/// <summary>
/// Commits per second of three events, beside the raw ceiling: the same rows as plain inserts in one batch as the owner,
/// without row-level security, lanes, answers or views. Measured in turn, three times; the medians are printed.
/// </summary>
internal sealed class AppendTable(Bench bench, TimeSpan duration)
{
    private const int Rounds = 3;
    private const int EventsPerCommit = 3;
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public async Task Run()
    {
        await Execute("create table raw_events (like events including all)");
        var tenants = new List<TenantId>();
        for (var i = 0; i < 10; i++)
        {
            tenants.Add(await bench.NewTenant());
        }

        Console.WriteLine("| writers | tenants | append commits/s | raw commits/s | ratio | KB allocated per commit |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|");
        await Row(1, tenants);
        await Row(8, tenants);
        await Row(32, tenants);
        await Row(32, [await bench.NewTenant()]);
        Console.WriteLine();
    }

    private async Task Row(int writers, List<TenantId> tenants)
    {
        var (ours, raw, allocated) = (new List<double>(), new List<double>(), new List<double>());
        await Measure(writers, tenants, Append, TimeSpan.FromSeconds(1)); // warm
        await Measure(writers, tenants, Raw, TimeSpan.FromSeconds(1));
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var appended = await Measure(writers, tenants, Append, duration);
            allocated.Add((GC.GetTotalAllocatedBytes(precise: true) - before) / 1024.0 / appended);
            ours.Add(appended / duration.TotalSeconds);
            raw.Add(await Measure(writers, tenants, Raw, duration) / duration.TotalSeconds);
        }

        Console.WriteLine($"| {writers} | {tenants.Count} | {Median(ours):F0} | {Median(raw):F0} | {Median(ours) / Median(raw):F2} | {Median(allocated):F1} |");
    }

    private static async Task<int> Measure(int writers, List<TenantId> tenants, Func<TenantId, Task> commit, TimeSpan duration)
    {
        var (watch, commits) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (var i = writer; watch.Elapsed < duration; i++)
            {
                await commit(tenants[i % tenants.Count]);
                Interlocked.Increment(ref commits);
            }
        })));
        return commits;
    }

    private Task Append(TenantId tenant) => bench.In(tenant, services =>
    {
        var variant = new VariantId(Uuid.New());
        return services.GetRequiredService<IAggregates>().Create<StockItem, StockEvent>(
            variant.Value,
            () =>
            {
                var opened = StockItem.Open(variant, StockPolicy.Deny, 0, Now);
                var item = opened.Aggregate((StockItem?)null, (state, e) => StockItem.Evolve(state, e))!;
                return [.. opened, .. item.Receive(5, null, "first delivery of the season", Now), .. item.SetMinimum(1, Now)];
            },
            CancellationToken.None);
    });

    private async Task Raw(TenantId tenant)
    {
        await using var connection = await bench.Owner.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        var stream = Uuid.New();
        for (var i = 0; i < EventsPerCommit; i++)
        {
            batch.BatchCommands.Add(new("""
                insert into raw_events (tenant_id, stream_id, version, position, event_id, type, data, metadata, recorded_at)
                values ($1, $2, $3, $4, $5, 'stock.received.v1', $6, $7, clock_timestamp())
                """)
            {
                Parameters =
                {
                    new() { Value = tenant.Value },
                    new() { Value = stream },
                    new() { Value = i + 1 },
                    new() { Value = Random.Shared.NextInt64(1, long.MaxValue) },
                    new() { Value = Uuid.New() },
                    new() { Value = Data, NpgsqlDbType = NpgsqlDbType.Jsonb },
                    new() { Value = Metadata, NpgsqlDbType = NpgsqlDbType.Jsonb },
                },
            });
        }

        await batch.ExecuteNonQueryAsync();
    }

    private const string Data = """{"variant_id":"019a2f5e-8a10-7000-8000-0123456789ab","quantity":5,"reference":"first delivery of the season","at":"2026-03-02T09:00:00+00:00"}""";

    private const string Metadata = """{"actor":{"type":"system"},"command":"Benchmark","command_id":"019a2f5e-8a10-7000-8000-0123456789ab","correlation_id":"019a2f5e-8a10-7000-8000-0123456789ac","causation_id":"019a2f5e-8a10-7000-8000-0123456789ab"}""";

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private async Task Execute(string sql)
    {
        await using var command = bench.Owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
