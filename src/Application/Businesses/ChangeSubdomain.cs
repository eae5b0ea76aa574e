using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>
/// A business is found under another name (TEN-15); its former ones lead there, and stay its own. Runs in the platform's tenant. Errors:
/// subdomain_invalid (400); subdomain_reserved, subdomain_taken, former_subdomains_full, illegal_transition (409).
/// </summary>
public sealed record ChangeSubdomain(TenantId BusinessId, string Subdomain) : IRequest<Committed>;

internal sealed class ChangeSubdomainHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<ChangeSubdomain, Committed>
{
    public Task<Committed> Handle(ChangeSubdomain command, CancellationToken cancellationToken) => aggregates.Update<Business, BusinessEvent>(
        command.BusinessId.Value, expectedVersion: null, business => business.ChangeSubdomain(command.Subdomain, clock.GetUtcNow()), cancellationToken);
}
