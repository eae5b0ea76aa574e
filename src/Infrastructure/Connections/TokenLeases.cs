using Mainstreet.Domain;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Connections;

/// <summary>Has one process at a time ask a provider for a connection's next token. A holder that was killed is forgotten after half a minute.</summary>
internal sealed class TokenLeases(NpgsqlDataSource database, RequestContext context)
{
    /// <summary>Longer than a provider is waited for, and the commit after it.</summary>
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    public async Task<bool> Take(ConnectionId connection, Guid holder, CancellationToken cancellationToken) => await database.Rows<Guid>(
        context.Tenant,
        """
        insert into token_leases as held (tenant_id, connection_id, holder, leased_until) values (@tenant, @connection, @holder, clock_timestamp() + @length)
        on conflict (tenant_id, connection_id) do update set holder = excluded.holder, leased_until = excluded.leased_until where held.leased_until < clock_timestamp()
        returning holder
        """,
        new { Tenant = context.Tenant, connection, holder, Length }, cancellationToken) is not [];

    public Task GiveBack(ConnectionId connection, Guid holder) => database.Rows<Guid>(
        context.Tenant, "delete from token_leases where tenant_id = @tenant and connection_id = @connection and holder = @holder returning holder",
        new { Tenant = context.Tenant, connection, holder }, CancellationToken.None);
}
