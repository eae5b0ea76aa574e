using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Storefronts;
using Mainstreet.Domain;

namespace Mainstreet.Api.Storefronts;

/// <summary>The business whose published storefront the route's <c>{subdomain}</c> names.</summary>
internal sealed class StorefrontTenant(ITenantScopes scopes) : ITenantResolver
{
    public Task<TenantId?> Resolve(HttpContext http, CancellationToken cancellationToken) =>
        Find((string)http.Request.RouteValues["subdomain"]!, cancellationToken);

    /// <summary>Null when nothing public is there (WL-05).</summary>
    public Task<TenantId?> Find(string subdomain, CancellationToken cancellationToken) =>
        scopes.Send(TenantId.Platform, new FindStorefront(subdomain), cancellationToken);

    /// <inheritdoc cref="Find(string, CancellationToken)" />
    public Task<TenantId?> Find(TenantId business, CancellationToken cancellationToken) =>
        scopes.Send(TenantId.Platform, new FindStorefront(Subdomain: null, business), cancellationToken);
}
