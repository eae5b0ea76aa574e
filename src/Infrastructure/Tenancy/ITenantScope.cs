using Mainstreet.Application;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Tenancy;

/// <summary>Puts the present dependency injection scope on a tenant, before any data access (TEN-09).</summary>
public interface ITenantScope
{
    /// <summary>
    /// Fills the scope's <see cref="RequestContext"/>, with mode and clock of the tenant. Errors: not_found (404) for an
    /// unknown tenant.
    /// </summary>
    Task Open(TenantId tenant, Actor actor, CancellationToken cancellationToken);
}
