using System.Text.Json.Nodes;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
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
            foreach (var command in commands)
            {
                var plan = await Plan(tenant, command);
                Nodes(plan).Select(node => (string?)node["Index Name"]).OfType<string>().ShouldAllBe(index => index.EndsWith("_pkey"), $"{command.CommandText}\n{plan}");
                Nodes(plan).ShouldContain(node => (string)node["Node Type"]! == "Index Scan" && ((string)node["Index Cond"]!).Contains("tenant_id"), $"{command.CommandText}\n{plan}");
            }
        }
    }

    private async Task<JsonNode> Plan(TenantId tenant, NpgsqlBatchCommand command)
    {
        await using var connection = await engine.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var set = new NpgsqlBatch(connection, transaction) { BatchCommands = { TenantSql.Set(tenant), new("set local enable_seqscan = off") } };
        await set.ExecuteNonQueryAsync();
        await using var explain = new NpgsqlCommand($"explain (format json) {command.CommandText}", connection, transaction);
        foreach (var parameter in command.Parameters.Cast<NpgsqlParameter>())
        {
            explain.Parameters.Add(new() { Value = parameter.Value, NpgsqlDbType = parameter.NpgsqlDbType });
        }

        return JsonNode.Parse((string)(await explain.ExecuteScalarAsync())!)![0]!["Plan"]!;
    }

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

    private static IEnumerable<JsonNode> Nodes(JsonNode node) => (node["Plans"]?.AsArray() ?? []).SelectMany(child => Nodes(child!)).Append(node);
}
