using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Storefronts;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>The second step of <see cref="CreateBusiness"/>, in the new business: what it begins with.</summary>
internal sealed record ProvisionBusiness(string Name, string Currency, string Timezone) : IRequest<Committed>;

internal sealed class ProvisionBusinessHandler(ILane lane, ITenantContext context) : IRequestHandler<ProvisionBusiness, Committed>
{
    public Task<Committed> Handle(ProvisionBusiness command, CancellationToken cancellationToken)
    {
        var business = context.Tenant;
        var storefront = Storefront.StreamOf(business);
        return lane.Run(
            streams => streams.Of<BusinessProfile>(business.Value).Of<Storefront>(storefront),
            (log, now) =>
            {
                if (log.Find<BusinessProfile>(business.Value) is null)
                {
                    log.Append<BusinessProfile, BusinessProfileEvent>(business.Value, BusinessProfile.Create(
                        business, new BusinessDetails(command.Name), BusinessSettings.Default(command.Currency, command.Timezone), now));
                    log.Append<Storefront, StorefrontEvent>(storefront, Storefront.Create(business, StorefrontSettings.Default, command.Currency, now));
                }

                return new Committed(log.Version(business.Value));
            },
            cancellationToken);
    }
}
