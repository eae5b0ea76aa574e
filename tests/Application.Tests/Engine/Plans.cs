using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>How PostgreSQL carries out the product's own statements: by the one plan that is made for whatever they are asked.</summary>
internal static class Plans
{
    /// <summary>At the costs with which the product's own database plans.</summary>
    /// <param name="run">Carries it out, and tells how many rows there were.</param>
    /// <param name="large">As if the tables were large.</param>
    public static async Task<JsonNode> PlanOf(this EngineHost engine, TenantId tenant, NpgsqlBatchCommand command, bool run = false, bool large = false)
    {
        await using var connection = await engine.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var set = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands = { TenantSql.Set(tenant), new($"set local enable_seqscan = {(large ? "off" : "on")}"), new("set local random_page_cost = 1.1"), new($"prepare asked as {command.CommandText}") },
        };
        await set.ExecuteNonQueryAsync();
        var values = string.Join(", ", command.Parameters.Cast<NpgsqlParameter>().Select(parameter => Literal(parameter.Value!)));
        await using var explain = new NpgsqlCommand($"explain ({(run ? "analyze, " : "")}format json) execute asked ({values})", connection, transaction);
        var plan = JsonNode.Parse((string)(await explain.ExecuteScalarAsync())!)![0]!["Plan"]!;
        await using var end = new NpgsqlCommand("deallocate asked", connection, transaction);
        await end.ExecuteNonQueryAsync();
        return plan;
    }

    public static IEnumerable<JsonNode> Nodes(this JsonNode plan) => (plan["Plans"]?.AsArray() ?? []).SelectMany(child => child!.Nodes()).Append(plan);

    private static string Literal(object value) => value switch
    {
        string text => $"'{text}'",
        DateOnly day => $"'{day:yyyy-MM-dd}'",
        DateTimeOffset time => $"'{time:O}'",
        IEnumerable values => $"'{{{string.Join(',', values.Cast<object>().Select(one => Literal(one).Trim('\'')))}}}'",
        _ => $"'{string.Create(CultureInfo.InvariantCulture, $"{value}")}'",
    };
}
