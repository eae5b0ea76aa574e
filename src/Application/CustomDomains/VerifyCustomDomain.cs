using Mainstreet.Application.Flags;
using Mainstreet.Domain;
using Mainstreet.Domain.CustomDomains;
using Mainstreet.Domain.Flags;
using MediatR;

namespace Mainstreet.Application.CustomDomains;

/// <summary>
/// Looks whether the domain's record is there; of one that was verified, whether it still is. Who proves a domain that another business has
/// proved has that one looked at again, for domains change hands. Runs in the platform's tenant. Errors:
/// custom_domain_not_in_plan (403); not_found (404); domain_challenge_expired, domain_taken (409); dns_unavailable (503), which changes nothing.
/// </summary>
public sealed record VerifyCustomDomain(TenantId Business, CustomDomainId DomainId) : IRequest<Committed>;

internal sealed class VerifyCustomDomainHandler(IMediator mediator, ILane lane, IReadStore reads, ITenantScopes scopes, IFeatures features, ITenantContext context, TimeProvider clock)
    : IRequestHandler<VerifyCustomDomain, Committed>
{
    public async Task<Committed> Handle(VerifyCustomDomain command, CancellationToken cancellationToken)
    {
        var (business, id) = (command.Business, command.DomainId.Value);
        var domain = await mediator.Send(new GetCustomDomain(business, command.DomainId), cancellationToken);
        await features.Require(business, PlanFeature.CustomDomain, context.Actor, cancellationToken);
        Check.That(domain.Status is VerificationStatus.Verified || clock.GetUtcNow() < domain.ExpiresAt, CustomDomainErrors.ChallengeExpired); // before anybody is asked
        var found = await Texts(domain, cancellationToken);
        var holder = found.Contains(domain.Challenge, StringComparer.Ordinal) ? await Holder(domain, cancellationToken) : null;
        var theirs = holder is null ? [] : await Texts(holder, cancellationToken);
        return await lane.Run(
            streams => streams.Of<CustomDomain>(id).Of<CustomDomain>(holder is null ? [] : [holder.Id.Value]),
            (log, now) =>
            {
                if (holder is not null && log.Get<CustomDomain>(holder.Id.Value) is { Status: VerificationStatus.Verified, Removed: false } other)
                {
                    log.Append<CustomDomain, CustomDomainEvent>(holder.Id.Value, other.Verify(theirs, now));
                }

                log.Append<CustomDomain, CustomDomainEvent>(id, log.Get<CustomDomain>(id).Verify(found, now));
                return new Committed(log.Version(id));
            },
            cancellationToken);
    }

    private Task<CustomDomainView?> Holder(CustomDomainView domain, CancellationToken cancellationToken) => reads.Find<CustomDomainView>(
        "select * from rm.custom_domains where host = @host and status = 'verified' and business_id <> @business_id", new { domain.Host, domain.BusinessId }, cancellationToken);

    /// <summary>As they are for the business: a test one has a sandbox of its own.</summary>
    private Task<IReadOnlyList<string>> Texts(CustomDomainView domain, CancellationToken cancellationToken) =>
        scopes.Send(domain.BusinessId, new LookUpTxt(CustomDomain.RecordOf(domain.Host)), cancellationToken);
}
