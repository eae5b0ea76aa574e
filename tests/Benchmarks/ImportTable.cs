using System.Diagnostics;
using Mainstreet.Application;
using Mainstreet.Application.Archives;
using Mainstreet.Application.Businesses;
using Mainstreet.Application.Identity;
using Mainstreet.Domain.Businesses;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Benchmarks;

/// <summary>A log into a fresh business, checks and all, beside a COPY of the same events into a table with the same indexes, without row-level security.</summary>
internal static class ImportTable
{
    private const int Items = 1_000;
    private const int EventsOfAnItem = 100;

    public static async Task Run()
    {
        await using var bench = await Bench.Start();
        var owner = (await bench.In(TenantId.Platform, services => services.GetRequiredService<IMediator>().Send(new RegisterUser("owner@example.com", "correct horse battery", "Olga", Client.None)))).UserId;
        var actor = new Actor("user", owner.Value, "owner");
        var source = (await bench.In(
            TenantId.Platform, services => services.GetRequiredService<IMediator>().Send(new CreateBusiness("Acme", "acme", "EUR", "Europe/Berlin", BusinessMode.Live)), actor: actor)).BusinessId;
        await Generated.StockItems(bench, source, Items, EventsOfAnItem, interleaved: true);
        using var archive = new MemoryStream();
        await bench.In(source, async services =>
        {
            var export = await services.GetRequiredService<ILogExports>().Begin(0, ArchiveFormat.Mainstreet, CancellationToken.None);
            await export.WriteTo(archive, CancellationToken.None);
            return 0;
        });

        var (ours, ceiling, events) = (new List<double>(), new List<double>(), 0L);
        for (var round = 0; round <= Bench.Rounds; round++) // the first is to warm up
        {
            archive.Position = 0;
            var started = Stopwatch.GetTimestamp();
            events = (await bench.In(
                TenantId.Platform,
                services => services.GetRequiredService<IMediator>().Send(new ImportLog(new(Uuid.New()), new(archive), $"acme-{round}-copy", owner)),
                actor: actor)).Events;
            ours.Add(events / Stopwatch.GetElapsedTime(started).TotalSeconds);
            ceiling.Add(events / await Copy(bench, source));
        }

        Console.WriteLine("| import | events | events/s | COPY, events/s | ratio |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        Console.WriteLine($"| NDJSON | {events} | {Bench.Median(ours[1..]):F0} | {Bench.Median(ceiling[1..]):F0} | {Bench.Median(ours[1..]) / Bench.Median(ceiling[1..]):F2} |");
        Console.WriteLine();
    }

    /// <summary>In seconds.</summary>
    private static async Task<double> Copy(Bench bench, TenantId source)
    {
        const string columns = "(tenant_id, stream_id, version, position, event_id, type, data, metadata, subject_id, recorded_at)";
        await bench.Execute("drop table if exists raw_events; create table raw_events (like events including all)");
        await using var connection = await bench.Owner.OpenConnectionAsync();
        using var rows = new MemoryStream();
        await using (var copy = await connection.BeginRawBinaryCopyAsync($"copy (select {columns[1..^1]} from events where tenant_id = '{source}' order by position) to stdout (format binary)"))
        {
            await copy.CopyToAsync(rows);
        }

        var started = Stopwatch.GetTimestamp();
        await using (var copy = await connection.BeginRawBinaryCopyAsync($"copy raw_events {columns} from stdin (format binary)"))
        {
            await copy.WriteAsync(rows.GetBuffer().AsMemory(0, (int)rows.Length));
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
