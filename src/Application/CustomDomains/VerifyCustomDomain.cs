using Mainstreet.Application.Flags;
using Mainstreet.Domain;
using Mainstreet.Domain.CustomDomains;
using Mainstreet.Domain.Flags;
using MediatR;

namespace Mainstreet.Application.CustomDomains;

/// <summary>
/// Looks whether the domain's record is there; of one that was verified, whether it still is. Runs in the platform's tenant. Errors:
/// custom_domain_not_in_plan (403); not_found (404); domain_challenge_expired, domain_taken (409); dns_unavailable (503), which changes nothing.
/// </summary>
public sealed record VerifyCustomDomain(TenantId Business, CustomDomainId DomainId) : IRequest<Committed>;

internal sealed class VerifyCustomDomainHandler(IMediator mediator, IAggregates aggregates, ITenantScopes scopes, IFeatures features, TimeProvider clock)
    : IRequestHandler<VerifyCustomDomain, Committed>
{
    public async Task<Committed> Handle(VerifyCustomDomain command, CancellationToken cancellationToken)
    {
        var (business, id) = (command.Business, command.DomainId);
        await mediator.Send(new GetCustomDomain(business, id), cancellationToken);
        await features.Require(business, PlanFeature.CustomDomain, cancellationToken);
        var domain = await aggregates.Find<CustomDomain, CustomDomainEvent>(id.Value, cancellationToken);
        domain!.State.ExpectProof(clock.GetUtcNow());
        var found = await scopes.Send(business, new LookUpTxt(domain.State.RecordName), cancellationToken);
        return await aggregates.Update<CustomDomain, CustomDomainEvent>(id.Value, domain.Version, state => state.Verify(found, clock.GetUtcNow()), cancellationToken);
    }
}
