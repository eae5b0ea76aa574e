using System.Text.Json.Nodes;
using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using Mainstreet.Infrastructure.EventStore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>What it takes to load a stream that has a snapshot, and whose tenant has many others.</summary>
public class LoadingTests(EngineHost engine) : IClassFixture<EngineHost>
{
    [Fact]
    public async Task A_load_reads_the_rows_that_it_needs_and_no_others()
    {
        var tenant = await engine.NewTenant();
        var variants = new List<Guid>();
        for (var i = 0; i < 10; i++)
        {
            variants.Add(await engine.OpenItem(tenant));
            for (var turn = 0; turn < 3; turn++)
            {
                await engine.Send(tenant, new Receive(variants[i], 1));
            }
        }

        await engine.Rows("analyze", _ => 0);

        foreach (var (sql, plan) in await Plans(tenant, variants[4]))
        {
            plan.Nodes().Sum(Rows).ShouldBeLessThanOrEqualTo(1, $"{sql}\n{plan}");
            plan.Nodes().Sum(node => Number(node, "Rows Removed by Filter") + Number(node, "Rows Removed by Join Filter")).ShouldBe(0, $"{sql}\n{plan}");
        }
    }

    [Fact]
    public async Task A_snapshot_whose_place_in_the_log_is_unknown_is_not_used()
    {
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);
        await engine.Send(tenant, new Receive(variant, 5));
        await engine.Rows("update snapshots set state = '{}', position_version = version - 1 where tenant_id = $1", _ => 0, tenant.Value);

        (await engine.OnHand(tenant, variant)).ShouldBe(5);
        var received = await engine.Send(tenant, new Receive(variant, 1));

        (await engine.OnHand(tenant, variant)).ShouldBe(6);
        (await engine.Rows("select position, position_version from snapshots where tenant_id = $1", row => (row.GetInt64(0), row.GetInt32(1)), tenant.Value))
            .ShouldBe([(received.Position, (int)received.Position)]); // of the tenant's only stream
    }

    /// <summary>The plans of the statements of a load, as they ran, by their text.</summary>
    private Task<List<(string Sql, JsonNode Plan)>> Plans(TenantId tenant, Guid variant) => engine.In(tenant, async services =>
    {
        var loader = services.GetRequiredService<StreamLoader>();
        await using var load = new NpgsqlBatch();
        loader.AddTo(load, tenant, [loader.Slot(variant, typeof(StockItem))]);
        var plans = new List<(string, JsonNode)>();
        foreach (var command in load.BatchCommands.Cast<NpgsqlBatchCommand>())
        {
            plans.Add((command.CommandText, await engine.PlanOf(tenant, command, run: true, large: true)));
        }

        return plans;
    });

    /// <summary>Rows that a scan took out of a table.</summary>
    private static int Rows(JsonNode node) => node["Relation Name"] is null ? 0 : Number(node, "Actual Rows") * Number(node, "Actual Loops");

    private static int Number(JsonNode node, string name) => (int?)node[name] ?? 0;
}
