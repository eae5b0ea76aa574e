using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.CustomDomains;
using Mainstreet.Application.Storefronts;
using Mainstreet.Domain;
using Microsoft.AspNetCore.Http.Features;

namespace Mainstreet.Api.Storefronts;

/// <summary>The business whose published storefront the route's <c>{subdomain}</c> names. A former name leads to the present one (TEN-15).</summary>
internal sealed class StorefrontTenant(ITenantScopes scopes) : ITenantResolver
{
    /// <summary>The code of the answer that leads to the present name.</summary>
    public const string Moved = "storefront_moved";

    public const string Base = $"{ApiRoot.Base}/storefronts/";

    public async Task<TenantId?> Resolve(HttpContext http, CancellationToken cancellationToken)
    {
        var asked = (string)http.Request.RouteValues["subdomain"]!;
        var isOwn = http.Features.Get<StorefrontHost>() is { Parent: null };
        var found = isOwn ? await At(asked, cancellationToken) : await scopes.Send(TenantId.Platform, new FindStorefront(asked), cancellationToken);
        if (found is null)
        {
            return null;
        }

        http.Features.Set(new StorefrontLocale(found.Locale));
        http.Request.RouteValues["subdomain"] = found.Subdomain;
        return isOwn || found.Subdomain == asked ? found.Business : throw MovedTo(found.Subdomain, asked, http);
    }

    private async Task<FoundStorefront?> At(string host, CancellationToken cancellationToken) =>
        await scopes.Send(TenantId.Platform, new FindBusinessOfHost(host), cancellationToken) is { } business
            ? await scopes.Send(TenantId.Platform, new FindStorefront(Subdomain: null, business), cancellationToken)
            : null;

    /// <summary>Null when nothing public is there (WL-05). A former name will do: a body cannot be led elsewhere.</summary>
    public async Task<TenantId?> Find(string subdomain, CancellationToken cancellationToken) =>
        (await scopes.Send(TenantId.Platform, new FindStorefront(subdomain), cancellationToken))?.Business;

    /// <inheritdoc cref="Find(string, CancellationToken)" />
    public async Task<TenantId?> Find(TenantId business, CancellationToken cancellationToken) =>
        (await scopes.Send(TenantId.Platform, new FindStorefront(Subdomain: null, business), cancellationToken))?.Business;

    private static ProblemException MovedTo(string subdomain, string asked, HttpContext http)
    {
        var sent = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget; // the query as it came
        var query = sent.IndexOf('?', StringComparison.Ordinal);
        var rest = new PathString(http.Request.Path.Value![(Base.Length + asked.Length)..]);
        return new(Problem.Of(308, Moved, "The storefront has another name now.") with
        {
            Location = $"{AddressOf(subdomain, http)}{rest.ToUriComponent()}{(query < 0 ? "" : sent[query..])}",
        });
    }

    /// <summary>Whoever came to the former host is led to the present one.</summary>
    private static string AddressOf(string subdomain, HttpContext http) => http.Features.Get<StorefrontHost>() is { Parent: { } parent }
        ? $"{http.Request.Scheme}://{(http.Request.Host.Port is { } port ? new HostString($"{subdomain}.{parent}", port) : new HostString($"{subdomain}.{parent}"))}{http.Request.PathBase}{StorefrontHosts.Path}"
        : $"{http.Request.PathBase}{Base}{subdomain}";
}
