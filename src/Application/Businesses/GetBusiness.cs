using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>The present business: its registration, profile and settings.</summary>
public sealed record GetBusiness : IRequest<BusinessInformation>;

/// <param name="FormerSubdomains">They lead to the present one, and nobody else can have them.</param>
/// <param name="ClosesAt">Until when a closing business can be reopened.</param>
/// <param name="Version">Of profile and settings.</param>
public sealed record BusinessInformation(
    TenantId BusinessId, string Subdomain, string[] FormerSubdomains, BusinessMode Mode, BusinessStatus Status, Guid? TestClockId, DateTimeOffset? ClosesAt, BusinessDetails Details, BusinessSettings Settings,
    int Version);

internal sealed class GetBusinessHandler(IReadStore reads, ITenantScopes scopes, ITenantContext context) : IRequestHandler<GetBusiness, BusinessInformation>
{
    public async Task<BusinessInformation> Handle(GetBusiness query, CancellationToken cancellationToken)
    {
        var profile = await reads.Find<BusinessProfileView>("select * from rm.business_profile", null, cancellationToken);
        var entry = profile is null ? null : await scopes.Send(TenantId.Platform, new FindBusiness(context.Tenant), cancellationToken);
        return entry is null
            ? throw new DomainException(DomainError.NotFound("business"))
            : new(entry.BusinessId, entry.Subdomain, entry.FormerSubdomains, entry.Mode, entry.Status, entry.TestClockId, entry.ClosesAt, profile!.Details, profile.Settings, profile.Version);
    }
}
