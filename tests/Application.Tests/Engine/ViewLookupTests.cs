using System.Text.Json.Nodes;
using Mainstreet.Infrastructure.Projections;
using Microsoft.Extensions.DependencyInjection;
using NpgsqlTypes;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>Rows of views are found by their keys. Here nothing is known of the tables, as in a young installation: any index would seem to do.</summary>
public class ViewLookupTests(EngineHost engine) : IClassFixture<EngineHost>
{
    [Fact]
    public async Task Rows_of_every_view_are_read_and_removed_by_the_primary_key()
    {
        var tenant = await engine.NewTenant();
        foreach (var table in engine.Services.GetRequiredService<ViewCatalog>().Tables)
        {
            var key = new ViewKey([.. table.Keys.Select(column => Sample(column.Type.Db))]);
            var commands = ViewRows.Write(table, tenant.Value, [new(key, View: null, Position: 1)], inline: false).Prepend(ViewRows.Select(table, tenant.Value, [key]));
            var last = table.Keys[^1].Name;
            foreach (var command in commands)
            {
                var plan = await engine.PlanOf(tenant, command);
                var scans = plan.Nodes().Where(node => ((string)node["Node Type"]!).Contains("Scan") && node["Relation Name"] is not null).ToArray();
                scans.ShouldAllBe(scan => (string)scan["Node Type"]! == "Tid Scan" || ((string?)scan["Index Name"])!.EndsWith("_pkey"), $"{command.CommandText}\n{plan}");
                scans.ShouldContain(scan => IsByKey(scan, last), $"{command.CommandText}\n{plan}");
                command.CommandText.Contains("delete from").ShouldBe(scans.Any(scan => (string)scan["Node Type"]! == "Tid Scan"), $"{command.CommandText}\n{plan}");
            }
        }
    }

    /// <summary>The last key is what the index is asked for, and not what is looked at in each row of the tenant.</summary>
    private static bool IsByKey(JsonNode scan, string key) => (string?)scan["Index Cond"] is { } asked && asked.Contains($"{key} >=") && asked.Contains($"{key} <=");

    private static object Sample(NpgsqlDbType type) => type switch
    {
        NpgsqlDbType.Uuid => Guid.NewGuid(),
        NpgsqlDbType.Text => "a",
        NpgsqlDbType.Date => new DateOnly(2026, 3, 2),
        NpgsqlDbType.Integer => 1,
        NpgsqlDbType.Bigint => 1L,
        NpgsqlDbType.TimestampTz => EngineHost.Day,
        NpgsqlDbType.Boolean => true,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "of no key so far"),
    };
}
