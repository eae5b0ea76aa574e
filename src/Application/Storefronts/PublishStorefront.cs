using Mainstreet.Application.Businesses;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Storefronts;
using MediatR;

namespace Mainstreet.Application.Storefronts;

/// <summary>Opens the storefront to the public. Errors: storefront_not_ready (422) with everything that is still missing.</summary>
public sealed record PublishStorefront : IRequest<Committed>;

internal sealed class PublishStorefrontHandler(ILane lane, IReadStore reads, ITenantScopes scopes, ITenantContext context) : IRequestHandler<PublishStorefront, Committed>
{
    public async Task<Committed> Handle(PublishStorefront command, CancellationToken cancellationToken)
    {
        var business = context.Tenant;
        var id = Storefront.StreamOf(business);
        var entry = await scopes.Send(TenantId.Platform, new FindBusiness(business), cancellationToken);
        var products = await reads.List<int>("select 1 from rm.products where status = 'published' limit 1", null, cancellationToken);
        return await lane.Run(
            streams => streams.Of<Storefront>(id).Of<BusinessProfile>(business.Value),
            (log, now) =>
            {
                var facts = new StorefrontFacts(
                    entry is { Status: BusinessStatus.Active }, log.Get<BusinessProfile>(business.Value).Settings.Currency, products.Count);
                log.Append<Storefront, StorefrontEvent>(id, log.Get<Storefront>(id).Publish(facts, now));
                return new Committed(log.Version(id));
            },
            cancellationToken);
    }
}
