using System.Diagnostics;
using Mainstreet.Application.Projections;
using Mainstreet.Infrastructure.Subscriptions;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mainstreet.Benchmarks;

/// <summary>
/// A rebuild to its end, comparison and switch included. Beside it: reading the same events without folding them, and a COPY of the resulting
/// rows into a table with the same indexes, without row-level security.
/// </summary>
internal static class RebuildTable
{
    private const int Items = 1_000;
    private const int EventsOfAnItem = 100;

    public static async Task Run()
    {
        Console.WriteLine("| rebuild | log | events | rows | events/s | scan and COPY, events/s | ratio |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|");
        foreach (var interleaved in (bool[])[false, true])
        {
            await using var bench = await Bench.Start();
            var tenant = await bench.NewTenant();
            await Generated.StockItems(bench, tenant, Items, EventsOfAnItem, interleaved);
            await Followed(bench, tenant);
            foreach (var view in (string[])["stock_levels", "stock_movements"])
            {
                await Row(bench, tenant, view, interleaved ? "streams take turns" : "stream after stream");
            }
        }

        Console.WriteLine();
    }

    private static async Task Row(Bench bench, TenantId tenant, string view, string log)
    {
        var (ours, ceiling) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Bench.Rounds; round++) // the first is to warm up
        {
            ours.Add(await Rebuild(bench, tenant, view));
            ceiling.Add(await ScanAndCopy(bench, tenant, view));
        }

        const int events = Items * EventsOfAnItem;
        var rows = await Count(bench, tenant, view);
        var (rebuilt, raw) = (events / Bench.Median(ours[1..]), events / Bench.Median(ceiling[1..]));
        Console.WriteLine($"| {view} | {log} | {events} | {rows} | {rebuilt:F0} | {raw:F0} | {rebuilt / raw:F2} |");
    }

    /// <summary>In seconds.</summary>
    private static async Task<double> Rebuild(Bench bench, TenantId tenant, string view)
    {
        var (id, scope) = (Uuid.New(), new ProjectionScope(tenant));
        var started = Stopwatch.GetTimestamp();
        await bench.In(tenant, services => services.GetRequiredService<IMediator>().Send(new StartRebuild(id, view, scope, RebuildSwitch.Auto)));
        while (true)
        {
            var rebuild = await bench.In(tenant, services => services.GetRequiredService<IMediator>().Send(new GetRebuild(id, view, scope)));
            if (rebuild.Status is RebuildStatus.Failed or RebuildStatus.Canceled)
            {
                throw new InvalidOperationException(string.Join('\n', rebuild.Errors));
            }

            if (rebuild.Status is RebuildStatus.Switched)
            {
                return Stopwatch.GetElapsedTime(started).TotalSeconds;
            }

            await Task.Delay(20);
        }
    }

    /// <summary>In seconds.</summary>
    private static async Task<double> ScanAndCopy(Bench bench, TenantId tenant, string view)
    {
        var table = await Table(bench, view);
        await bench.Execute($"drop table if exists raw_rows; create table raw_rows (like {table} including all)");
        await using var connection = await bench.Owner.OpenConnectionAsync();
        using var rows = new MemoryStream();
        await using (var copy = await connection.BeginRawBinaryCopyAsync(
            $"copy (select * from {table} where tenant_id = '{tenant}' and generation = (select max(generation) from {table} where tenant_id = '{tenant}')) to stdout (format binary)"))
        {
            await copy.CopyToAsync(rows);
        }

        var started = Stopwatch.GetTimestamp();
        await using (var scan = new NpgsqlCommand(
            $"select event_id, stream_id, version, position, type, data, metadata, recorded_at from events where tenant_id = '{tenant}' order by position", connection))
        await using (var reader = await scan.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                _ = reader.GetString(5).Length + reader.GetString(6).Length;
            }
        }

        await using (var copy = await connection.BeginRawBinaryCopyAsync("copy raw_rows from stdin (format binary)"))
        {
            await copy.WriteAsync(rows.GetBuffer().AsMemory(0, (int)rows.Length));
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<string> Table(Bench bench, string view)
    {
        await using var command = bench.Owner.CreateCommand($"select max(relname) from pg_class where relkind = 'r' and relname ~ '^{view}_v\\d+$'");
        return $"rm.{await command.ExecuteScalarAsync()}";
    }

    private static async Task<long> Count(Bench bench, TenantId tenant, string view)
    {
        await using var command = bench.Owner.CreateCommand($"select count(*) / count(distinct generation) from {await Table(bench, view)} where tenant_id = '{tenant}'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Every view has folded the generated log.</summary>
    private static async Task Followed(Bench bench, TenantId tenant)
    {
        var names = bench.Services.GetRequiredService<SubscriptionCatalog>().All.Select(subscription => subscription.Name).ToArray();
        while (await LagTable.Lowest(bench, tenant, names) < Items * EventsOfAnItem)
        {
            await Task.Delay(100);
        }
    }
}
