using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.CustomDomains;
using Mainstreet.Domain;

namespace Mainstreet.Api.Storefronts;

/// <summary>The request came to a storefront's own host.</summary>
/// <param name="Parent">What stands behind its subdomain; null: the host is a domain of the business's own, which keeps its name.</param>
internal sealed record StorefrontHost(string? Parent);

/// <summary>
/// A storefront has hosts of its own (TEN-08): its subdomain of <c>Storefronts:Domain</c>, and the domains that its business has proved. There
/// <c>/storefront/...</c> is what <c>/storefronts/{subdomain}/...</c> is everywhere; the host says whose. Nothing else is different there.
/// </summary>
internal sealed class StorefrontHosts(RequestDelegate next)
{
    public const string Path = $"{ApiRoot.Base}/storefront";

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase, out var rest))
        {
            http.Request.Path = new PathString($"{StorefrontTenant.Base}{await SubdomainOf(http)}").Add(rest);
        }

        await next(http);
    }

    private static async Task<string> SubdomainOf(HttpContext http)
    {
        var host = http.Request.Host.Host.TrimEnd('.').ToLowerInvariant();
        var parent = http.RequestServices.GetRequiredService<IStorefrontDomain>().Name;
        var isBelow = parent is not null && host.EndsWith($".{parent}", StringComparison.Ordinal);
        http.Features.Set(new StorefrontHost(isBelow ? parent : null));
        return isBelow
            ? host[..^(parent!.Length + 1)]
            : await http.RequestServices.GetRequiredService<ITenantScopes>().Send(TenantId.Platform, new FindStorefrontOfHost(host), http.RequestAborted)
                ?? throw new ProblemException(Problems.NotFound);
    }
}
