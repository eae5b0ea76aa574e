using System.Security.Cryptography;
using Mainstreet.Application.Flags;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.CustomDomains;
using Mainstreet.Domain.Flags;
using MediatR;

namespace Mainstreet.Application.CustomDomains;

/// <summary>
/// A business says that a domain is its own (WL-04), and is given a text with which to prove it. Runs in the platform's tenant. Errors:
/// domain_invalid (400); custom_domain_not_in_plan (403); domain_reserved, domain_not_for_tests, domain_exists, domain_limit_reached (409).
/// </summary>
public sealed record AddCustomDomain(TenantId Business, string Domain) : IRequest<CustomDomainReceipt>;

public sealed record CustomDomainReceipt(CustomDomainId DomainId, int Version) : Committed(Version);

internal sealed class AddCustomDomainHandler(ILane lane, IFeatures features, IStorefrontDomain platform, ITenantContext context) : IRequestHandler<AddCustomDomain, CustomDomainReceipt>
{
    public async Task<CustomDomainReceipt> Handle(AddCustomDomain command, CancellationToken cancellationToken)
    {
        var business = command.Business;
        var host = HostName.Normalize(command.Domain) ?? throw new DomainException(CustomDomainErrors.Invalid);
        Check.That(platform.Name is not { } own || !HostName.IsWithin(host, own), CustomDomainErrors.Reserved);
        await features.Require(business, PlanFeature.CustomDomain, context.Actor, cancellationToken);
        var id = CustomDomain.IdOf(business, host);
        var challenge = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return await lane.Run(
            streams => streams.Of<Business>(business.Value).Of<CustomDomain>(id.Value)
                .In<CustomDomain>("select id from rm.custom_domains where business_id = @business", new { business }),
            (log, now) =>
            {
                var others = log.All<CustomDomain>().Count(other => other.Id != id && !other.Removed);
                log.Append<CustomDomain, CustomDomainEvent>(
                    id.Value, CustomDomain.Add(log.Find<CustomDomain>(id.Value), business, log.Get<Business>(business.Value).Mode, host, challenge, others, now));
                return new CustomDomainReceipt(id, log.Version(id.Value));
            },
            cancellationToken);
    }
}
