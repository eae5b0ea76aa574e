using System.Diagnostics;
using Mainstreet.Application;
using Mainstreet.Domain.Orders;
using Mainstreet.Infrastructure.Subscriptions;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Benchmarks;

/// <summary>
/// What an append and the sweep for unread events cost with ten tenants, and in generated databases with ten thousand tenants and
/// millions of events that were all read.
/// </summary>
internal sealed class TenantsTable(TimeSpan duration, params (int Tenants, int Events)[] sizes)
{
    private const int Sweeps = 20;

    public async Task Run()
    {
        Console.WriteLine("| tenants | events | append commits/s, 8 writers | raw commits/s | ratio | sweep ms (median) |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|");
        foreach (var (tenants, events) in sizes)
        {
            await Row(tenants, events);
        }

        Console.WriteLine();
    }

    private async Task Row(int count, int events)
    {
        await using var bench = await Bench.Start(following: false);
        var raw = new RawLog(bench);
        await raw.Create();
        var tenants = await Generate(bench, count, events);
        var (ours, ceiling, sweeps) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= Bench.Rounds; round++) // the first is to warm up
        {
            ours.Add(await Bench.Measure(8, tenants, Append, duration) / duration.TotalSeconds);
            ceiling.Add(await Bench.Measure(8, tenants, tenant => raw.Append(tenant, 3), duration) / duration.TotalSeconds);
        }

        var names = bench.Services.GetRequiredService<SubscriptionCatalog>().All.Select(subscription => subscription.Name).ToArray();
        for (var i = 0; i < Sweeps; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await using var sweep = bench.Database.CreateCommand("select count(*) from dirty_tenants($1)");
            sweep.Parameters.Add(new() { Value = names });
            await sweep.ExecuteScalarAsync();
            sweeps.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        Console.WriteLine(
            $"| {count} | {events} | {Bench.Median(ours[1..]):F0} | {Bench.Median(ceiling[1..]):F0} | {Bench.Median(ours[1..]) / Bench.Median(ceiling[1..]):F2} | {Bench.Median(sweeps):F1} |");

        Task Append(TenantId tenant) => bench.In(tenant, services =>
            services.GetRequiredService<IAggregates>().Create<Tally, NumberSeriesEvent>(Uuid.New(), Tally.Three, CancellationToken.None));
    }

    /// <summary>Tenants with equal logs in streams of ten events, read to their heads; shuffled.</summary>
    private static async Task<List<TenantId>> Generate(Bench bench, int count, int events)
    {
        foreach (var subscription in bench.Services.GetRequiredService<SubscriptionCatalog>().All)
        {
            await bench.Execute($"select register_subscription('{subscription.Name}', {subscription.FromStart})");
        }

        await bench.Execute($$"""
            insert into tenants (tenant_id, kind, mode, status) select gen_random_uuid(), 'business', 'live', 'active' from generate_series(1, {{count}});
            insert into events (tenant_id, stream_id, version, position, event_id, type, data, metadata, recorded_at)
            select t.tenant_id, md5(t.tenant_id::text || (p - 1) / 10)::uuid, (p - 1) % 10 + 1, p, gen_random_uuid(), 'number_series.taken.v1',
                   jsonb_build_object('series', repeat('n', 240), 'number', p, 'at', now()), '{"actor":{"type":"system"},"command":"Benchmark"}', now()
              from tenants t cross join generate_series(1, {{events / count}}) p where t.kind = 'business';
            insert into tenant_checkpoints (tenant_id, positions)
            select tenant_id, (select array_fill({{events / count}}::bigint, array[max(slot)]) from subscriptions) from tenants where kind = 'business'
            on conflict (tenant_id) do update set positions = excluded.positions;
            """);
        await bench.Execute("vacuum analyze"); // and not beside what is measured
        await bench.Execute("checkpoint");
        var tenants = new List<TenantId>();
        await using var command = bench.Owner.CreateCommand("select tenant_id from tenants where kind = 'business' order by md5(tenant_id::text)");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            tenants.Add(new(reader.GetGuid(0)));
        }

        return tenants;
    }
}
