using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>Looks a business up in the platform's directory. Runs in the platform's tenant.</summary>
internal sealed record FindBusiness(TenantId BusinessId) : IRequest<BusinessEntry?>;

internal sealed class FindBusinessHandler(IReadStore reads) : IRequestHandler<FindBusiness, BusinessEntry?>
{
    public Task<BusinessEntry?> Handle(FindBusiness query, CancellationToken cancellationToken) =>
        reads.Find<BusinessEntry>("select * from rm.businesses where business_id = @business_id", new { query.BusinessId }, cancellationToken);
}
