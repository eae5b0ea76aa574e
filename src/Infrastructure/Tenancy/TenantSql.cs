using Mainstreet.Domain;
using Npgsql;

namespace Mainstreet.Infrastructure.Tenancy;

/// <summary>Puts a transaction on a tenant: the first statement of every batch that takes no lane.</summary>
internal static class TenantSql
{
    public static NpgsqlBatchCommand Set(TenantId tenant) => new("select set_config('app.tenant_id', $1, true)")
    {
        Parameters = { new() { Value = tenant.ToString() } },
    };
}
