using Mainstreet.Api.Http;
using Mainstreet.Application.CustomDomains;

namespace Mainstreet.Api.Storefronts;

/// <summary>The request came to a storefront's own host.</summary>
/// <param name="Parent">What stands behind its subdomain; null: the host may be a domain of a business's own.</param>
internal sealed record StorefrontHost(string? Parent);

/// <summary>
/// A storefront has hosts of its own (TEN-08): its subdomain of <c>Storefronts:Domain</c>, and the domains that its business has proved. There
/// <c>/storefront/...</c> is what <c>/storefronts/{subdomain}/...</c> is everywhere; the host says whose. Nothing else is different there. A domain
/// stands in the subdomain's place until <see cref="StorefrontTenant"/> has found whose it is: not before the request was counted.
/// </summary>
internal sealed class StorefrontHosts(RequestDelegate next)
{
    public const string Path = $"{ApiRoot.Base}/storefront";

    public Task InvokeAsync(HttpContext http, IStorefrontDomain domain)
    {
        if (http.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase, out var rest))
        {
            var host = http.Request.Host.Host.TrimEnd('.').ToLowerInvariant();
            var isBelow = domain.Name is { } parent && host.EndsWith($".{parent}", StringComparison.Ordinal);
            http.Features.Set(new StorefrontHost(isBelow ? domain.Name : null));
            http.Request.Path = new PathString($"{StorefrontTenant.Base}{(isBelow ? host[..^(domain.Name!.Length + 1)] : host)}").Add(rest);
        }

        return next(http);
    }
}
