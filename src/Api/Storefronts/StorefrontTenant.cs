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

    public Task<TenantId?> Resolve(HttpContext http, CancellationToken cancellationToken) => Resolve(http, unpublished: false, cancellationToken);

    /// <param name="unpublished">Also where it is not published; then the request has the feature <see cref="UnpublishedStorefront"/>.</param>
    /// <param name="http">The request.</param>
    /// <param name="cancellationToken">Ends the reads.</param>
    internal async Task<TenantId?> Resolve(HttpContext http, bool unpublished, CancellationToken cancellationToken)
    {
        var asked = (string)http.Request.RouteValues["subdomain"]!;
        var isOwn = http.Features.Get<StorefrontHost>() is { Parent: null };
        var found = isOwn ? await At(asked, unpublished, cancellationToken) : await scopes.Send(TenantId.Platform, new FindStorefront(asked, null, unpublished), cancellationToken);
        if (found is null)
        {
            return null;
        }

        http.Features.Set(new StorefrontLocale(found.Locale));
        http.Features.Set(found.Published ? null : new UnpublishedStorefront());
        http.Request.RouteValues["subdomain"] = found.Subdomain;
        return isOwn || found.Subdomain == asked ? found.Business : throw MovedTo(found.Subdomain, asked, http);
    }

    private async Task<FoundStorefront?> At(string host, bool unpublished, CancellationToken cancellationToken) =>
        await scopes.Send(TenantId.Platform, new FindBusinessOfHost(host), cancellationToken) is { } business
            ? await scopes.Send(TenantId.Platform, new FindStorefront(Subdomain: null, business, unpublished), cancellationToken)
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

/// <summary>Nobody is to learn that there is something (WL-05), but for those who are signed in there.</summary>
internal sealed record UnpublishedStorefront;

/// <summary>As <see cref="StorefrontTenant"/>, for those who are signed in: their sessions go on and end while the storefront is not published.</summary>
internal sealed class StorefrontOfSessions(StorefrontTenant storefronts) : ITenantResolver
{
    public Task<TenantId?> Resolve(HttpContext http, CancellationToken cancellationToken) => storefronts.Resolve(http, unpublished: true, cancellationToken);
}
