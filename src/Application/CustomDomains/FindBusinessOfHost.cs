using Mainstreet.Application.Flags;
using Mainstreet.Domain;
using Mainstreet.Domain.Flags;
using MediatR;

namespace Mainstreet.Application.CustomDomains;

/// <summary>
/// The business whose verified domain a host is; null where there is none, or its plan has no domains any more. Runs in the platform's tenant.
/// </summary>
/// <param name="Host">As the request names it.</param>
public sealed record FindBusinessOfHost(string Host) : IRequest<TenantId?>;

internal sealed class FindBusinessOfHostHandler(IReadStore reads, IFeatures features) : IRequestHandler<FindBusinessOfHost, TenantId?>
{
    public async Task<TenantId?> Handle(FindBusinessOfHost query, CancellationToken cancellationToken)
    {
        var found = await reads.Find<CustomDomainView>("select * from rm.custom_domains where host = @host and status = 'verified'", new { query.Host }, cancellationToken);
        return found is not null && await features.Has(found.BusinessId, PlanFeature.CustomDomain, subject: null, cancellationToken) ? found.BusinessId : null;
    }
}
