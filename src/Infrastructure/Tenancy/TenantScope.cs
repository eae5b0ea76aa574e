using System.Collections.Concurrent;
using Mainstreet.Application;
using Mainstreet.Domain;
using Npgsql;

namespace Mainstreet.Infrastructure.Tenancy;

/// <summary>Which tenants are live: a mode never changes, so it is remembered, and requests of live tenants ask nothing.</summary>
internal sealed class LiveTenants
{
    private readonly ConcurrentDictionary<TenantId, byte> known = new();

    public bool Contains(TenantId tenant) => known.ContainsKey(tenant);

    public void Add(TenantId tenant) => known.TryAdd(tenant, 0);
}

/// <inheritdoc />
internal sealed class TenantScope(NpgsqlDataSource database, RequestContext context, LiveTenants live) : ITenantScope
{
    public async Task Open(TenantId tenant, Actor actor, CancellationToken cancellationToken)
    {
        (context.Tenant, context.Actor, context.IsSandbox, context.FrozenNow) = (tenant, actor, false, null);
        if (live.Contains(tenant))
        {
            return;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(tenant),
                new("select mode = 'test', tenant_now() from tenants where tenant_id = $1") { Parameters = { new() { Value = tenant.Value } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            throw new DomainException(DomainError.NotFound("business"));
        }

        if (reader.GetBoolean(0))
        {
            (context.IsSandbox, context.FrozenNow) = (true, await reader.GetFieldValueAsync<DateTimeOffset>(1, cancellationToken));
        }
        else
        {
            live.Add(tenant);
        }
    }
}

/// <summary>The tenant's time: the wall clock, or the moved clock of a test tenant; or the time of what is written down afterwards.</summary>
internal sealed class TenantClock(RequestContext context) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => context.OccurredAt ?? context.FrozenNow ?? System.GetUtcNow();
}
