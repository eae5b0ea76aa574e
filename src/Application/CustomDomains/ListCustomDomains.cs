using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.CustomDomains;

/// <summary>The domains of a business, by name. Runs in the platform's tenant.</summary>
public sealed record ListCustomDomains(TenantId Business) : IRequest<IReadOnlyList<CustomDomainView>>;

/// <summary>Runs in the platform's tenant. Errors: not_found (404), for another business's too.</summary>
public sealed record GetCustomDomain(TenantId Business, CustomDomainId DomainId) : IRequest<CustomDomainView>;

internal sealed class ListCustomDomainsHandler(IReadStore reads) : IRequestHandler<ListCustomDomains, IReadOnlyList<CustomDomainView>>
{
    public async Task<IReadOnlyList<CustomDomainView>> Handle(ListCustomDomains query, CancellationToken cancellationToken) =>
        await reads.List<CustomDomainView>("select * from rm.custom_domains where business_id = @business order by host", new { query.Business }, cancellationToken);
}

internal sealed class GetCustomDomainHandler(IReadStore reads) : IRequestHandler<GetCustomDomain, CustomDomainView>
{
    public async Task<CustomDomainView> Handle(GetCustomDomain query, CancellationToken cancellationToken) =>
        await reads.Find<CustomDomainView>(
            "select * from rm.custom_domains where id = @domain_id and business_id = @business", new { query.DomainId, query.Business }, cancellationToken)
        ?? throw new DomainException(DomainError.NotFound("domain"));
}
