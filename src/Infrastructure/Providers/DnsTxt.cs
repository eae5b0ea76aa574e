using Mainstreet.Application;
using Mainstreet.Application.CustomDomains;
using Mainstreet.Infrastructure.Reads;
using Npgsql;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>A test business sees what it was told; a live one what name servers say, and never anything else.</summary>
internal sealed class DnsTxt(ITenantContext tenant, SandboxDns sandbox, NameServers servers) : IDnsTxt
{
    public Task<IReadOnlyList<string>> Find(string name, CancellationToken cancellationToken) =>
        tenant.IsSandbox ? sandbox.Find(name, cancellationToken) : servers.Find(name, cancellationToken);
}

/// <summary>The records of a test business, in a table of the product.</summary>
internal sealed class SandboxDns(NpgsqlDataSource database, ITenantContext tenant) : ISandboxDns
{
    public async Task<IReadOnlyList<string>> Find(string name, CancellationToken cancellationToken) => await database.Rows<string>(
        tenant.Tenant, "select unnest(texts) from sandbox_dns where tenant_id = (select current_tenant()) and name = @name", new { name }, cancellationToken);

    public Task Set(string name, string[] texts, CancellationToken cancellationToken) => database.Rows<string>(
        tenant.Tenant,
        """
        insert into sandbox_dns (tenant_id, name, texts) values (@tenant, @name, @texts)
        on conflict (tenant_id, name) do update set texts = excluded.texts returning name
        """,
        new { tenant.Tenant, name, texts }, cancellationToken);
}
