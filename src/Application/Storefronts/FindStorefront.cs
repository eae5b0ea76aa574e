using Mainstreet.Application.Businesses;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Storefronts;

/// <summary>
/// Whose published storefront a subdomain is, a present or former one, or whether a business has one; null when there is none, it is not published, or the business has
/// not begun or is closed (WL-05). The business's own log is asked, so that publishing counts at once. Runs in the platform's tenant.
/// </summary>
/// <param name="Unpublished">Also one that is not published.</param>
public sealed record FindStorefront(string? Subdomain, TenantId? Business = null, bool Unpublished = false) : IRequest<FoundStorefront?>;

/// <param name="Subdomain">The present one.</param>
/// <param name="Locale">The business's.</param>
public sealed record FoundStorefront(TenantId Business, string Subdomain, string Locale, bool Published);

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
        return business is not null && await scopes.Send(business.BusinessId, new GetStorefrontState(), cancellationToken) is { } state && (state.Published || query.Unpublished)
            ? new(business.BusinessId, business.Subdomain, state.Locale, state.Published)
            : null;
    }
}

/// <summary>Null: it has none yet.</summary>
internal sealed record GetStorefrontState : IRequest<StorefrontState?>;

internal sealed record StorefrontState(bool Published, string Locale);

internal sealed class GetStorefrontStateHandler(IReadStore reads) : IRequestHandler<GetStorefrontState, StorefrontState?>
{
    public Task<StorefrontState?> Handle(GetStorefrontState query, CancellationToken cancellationToken) =>
        reads.Find<StorefrontState>("select s.published, p.settings ->> 'locale' as locale from rm.storefront s cross join rm.business_profile p", null, cancellationToken);
}
