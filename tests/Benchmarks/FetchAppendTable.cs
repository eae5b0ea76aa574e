using Mainstreet.Application;
using Mainstreet.Domain.Stock;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mainstreet.Benchmarks;

/// <summary>
/// Commands per second that load a stream of three events, decide, and commit one event with its snapshot and inline view. Beside it the raw
/// ceiling: select three rows, and in a second trip insert one and update one.
/// </summary>
internal sealed class FetchAppendTable(TimeSpan duration)
{
    private const int Items = 200;

    public async Task Run()
    {
        await using var bench = await Bench.Start(following: false);
        var tenants = await bench.NewTenants(10);
        var raw = new RawLog(bench);
        await raw.Create();
        await bench.Execute("create table raw_levels (tenant_id uuid, id uuid, on_hand numeric, reserved numeric, row_position bigint, primary key (tenant_id, id))");
        var items = new List<Guid>();
        for (var i = 0; i < Items; i++)
        {
            items.Add(await Open(bench, tenants[i % tenants.Count]));
            await RawItem(bench, tenants[i % tenants.Count], items[^1]);
        }

        Console.WriteLine("| fetch and append | writers | commands/s | raw/s | ratio |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        foreach (var writers in (int[])[1, 8])
        {
            var (ours, ceiling) = (new List<double>(), new List<double>());
            var next = 0;
            for (var round = 0; round <= Bench.Rounds; round++) // the first is to warm up
            {
                ours.Add(await Bench.Measure(writers, tenants, _ => Receive(Next()), duration) / duration.TotalSeconds);
                ceiling.Add(await Bench.Measure(writers, tenants, _ => Raw(Next()), duration) / duration.TotalSeconds);
            }

            Console.WriteLine(
                $"| one event, snapshot and inline view | {writers} | {Bench.Median(ours[1..]):F0} | {Bench.Median(ceiling[1..]):F0} | {Bench.Median(ours[1..]) / Bench.Median(ceiling[1..]):F2} |");

            int Next() => Interlocked.Increment(ref next) % Items;
        }

        Console.WriteLine();

        Task Receive(int i) => bench.In(tenants[i % tenants.Count], services =>
            services.GetRequiredService<IAggregates>().Update<StockItem, StockEvent>(items[i], null, item => item.Receive(1, null, "delivery", Bench.Now), CancellationToken.None));

        async Task Raw(int i)
        {
            await using var connection = await bench.Owner.OpenConnectionAsync();
            await using (var select = new NpgsqlCommand("select version, data from raw_events where tenant_id = $1 and stream_id = $2 order by version limit 3", connection))
            {
                select.Parameters.Add(new() { Value = tenants[i % tenants.Count].Value });
                select.Parameters.Add(new() { Value = items[i] });
                await using var reader = await select.ExecuteReaderAsync();
                while (await reader.ReadAsync())
                {
                    _ = reader.GetString(1);
                }
            }

            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    RawLog.Insert(tenants[i % tenants.Count], Uuid.New(), 4),
                    new("update raw_levels set on_hand = on_hand + 1, row_position = row_position + 1 where tenant_id = $1 and id = $2")
                    {
                        Parameters = { new() { Value = tenants[i % tenants.Count].Value }, new() { Value = items[i] } },
                    },
                },
            };
            await batch.ExecuteNonQueryAsync();
        }
    }

    private static async Task<Guid> Open(Bench bench, TenantId tenant)
    {
        var variant = new VariantId(Uuid.New());
        await bench.In(tenant, services => services.GetRequiredService<IAggregates>().Create<StockItem, StockEvent>(
            variant.Value, () => StockItem.Open(variant, StockPolicy.Deny, 0, Bench.Now), CancellationToken.None));
        return variant.Value;
    }

    private static async Task RawItem(Bench bench, TenantId tenant, Guid item)
    {
        await using var connection = await bench.Owner.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                RawLog.Insert(tenant, item, 1), RawLog.Insert(tenant, item, 2), RawLog.Insert(tenant, item, 3),
                new("insert into raw_levels values ($1, $2, 0, 0, 0)") { Parameters = { new() { Value = tenant.Value }, new() { Value = item } } },
            },
        };
        await batch.ExecuteNonQueryAsync();
    }
}
