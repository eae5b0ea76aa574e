using System.Globalization;
using Mainstreet.Domain;
using Npgsql;

namespace Mainstreet.Infrastructure.Tenancy;

/// <summary>Puts a transaction on a tenant: the first statement of every batch that takes no lane.</summary>
internal static class TenantSql
{
    /// <summary>
    /// For the product's own statements. They have one good plan each, and planning costs more than running them, so they are planned
    /// once per connection.
    /// </summary>
    public static NpgsqlBatchCommand Set(TenantId tenant) => Set("select set_config('app.tenant_id', $1, true), set_config('plan_cache_mode', 'force_generic_plan', true)", tenant);

    /// <summary>For queries of read models, whose best plan depends on what is asked for.</summary>
    public static NpgsqlBatchCommand SetForQuery(TenantId tenant) => Set("select set_config('app.tenant_id', $1, true)", tenant);

    /// <summary>The same for a reader who waits; the database gives up on whatever takes longer.</summary>
    public static NpgsqlBatchCommand SetForQuery(TenantId tenant, TimeSpan longest)
    {
        var set = Set("select set_config('app.tenant_id', $1, true), set_config('statement_timeout', $2, true)", tenant);
        set.Parameters.Add(new() { Value = longest.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) });
        return set;
    }

    private static NpgsqlBatchCommand Set(string sql, TenantId tenant) => new(sql) { Parameters = { new() { Value = tenant.ToString() } } };
}
