using Mainstreet.Application.Flags;
using Mainstreet.Domain;
using Mainstreet.Domain.Flags;
using MediatR;

namespace Mainstreet.Application.CustomDomains;

/// <summary>
/// The subdomain of the business whose verified domain a host is; null where there is none, or its plan has no domains any more. Runs in the
/// platform's tenant.
/// </summary>
/// <param name="Host">As the request names it.</param>
public sealed record FindStorefrontOfHost(string Host) : IRequest<string?>;

internal sealed class FindStorefrontOfHostHandler(IReadStore reads, IFeatures features) : IRequestHandler<FindStorefrontOfHost, string?>
{
    public async Task<string?> Handle(FindStorefrontOfHost query, CancellationToken cancellationToken)
    {
        var found = await reads.Find<Row>(
            """
            select d.business_id, b.subdomain from rm.custom_domains d join rm.businesses b on b.business_id = d.business_id
             where d.host = @host and d.status = 'verified'
            """,
            new { query.Host }, cancellationToken);
        return found is not null && await features.Has(found.BusinessId, PlanFeature.CustomDomain, found.BusinessId.Value, cancellationToken) ? found.Subdomain : null;
    }

    private sealed record Row(TenantId BusinessId, string Subdomain);
}
