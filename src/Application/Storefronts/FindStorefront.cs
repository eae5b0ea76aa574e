using Mainstreet.Application.Businesses;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Storefronts;

/// <summary>
/// Whose published storefront a subdomain is, a present or former one, or whether a business has one; null when there is none, it is not published, or the business has
/// not begun or is closed (WL-05). The business's own log is asked, so that publishing counts at once. Runs in the platform's tenant.
/// </summary>
public sealed record FindStorefront(string? Subdomain, TenantId? Business = null) : IRequest<FoundStorefront?>;

/// <param name="Subdomain">The present one.</param>
/// <param name="Locale">The business's.</param>
public sealed record FoundStorefront(TenantId Business, string Subdomain, string Locale);

internal sealed class FindStorefrontHandler(IReadStore reads, ITenantScopes scopes) : IRequestHandler<FindStorefront, FoundStorefront?>
{
    public async Task<FoundStorefront?> Handle(FindStorefront query, CancellationToken cancellationToken)
    {
        var business = await reads.Find<BusinessEntry>(
            """
            select * from rm.businesses
             where business_id = coalesce(@business, (select business_id from rm.business_subdomains where subdomain = @subdomain))
               and status in ('active', 'suspended', 'closing')
            """,
            new { query.Subdomain, query.Business }, cancellationToken);
        return business is not null && await scopes.Send(business.BusinessId, new GetPublishedLocale(), cancellationToken) is { } locale
            ? new(business.BusinessId, business.Subdomain, locale)
            : null;
    }
}

/// <summary>Null: its storefront is not published.</summary>
internal sealed record GetPublishedLocale : IRequest<string?>;

internal sealed class GetPublishedLocaleHandler(IReadStore reads) : IRequestHandler<GetPublishedLocale, string?>
{
    public async Task<string?> Handle(GetPublishedLocale query, CancellationToken cancellationToken) =>
        (await reads.List<string>(
            "select p.settings ->> 'locale' from rm.storefront s cross join rm.business_profile p where s.published", null, cancellationToken)).SingleOrDefault();
}
