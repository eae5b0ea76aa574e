using Mainstreet.Domain;
using Mainstreet.Domain.Storefronts;
using MediatR;

namespace Mainstreet.Application.Storefronts;

/// <summary>The storefront as its business sees it, published or not.</summary>
public sealed record GetStorefront : IRequest<StorefrontInformation>;

public sealed record StorefrontInformation(StorefrontSettings Settings, bool Published, int Version);

internal sealed class GetStorefrontHandler(IReadStore reads) : IRequestHandler<GetStorefront, StorefrontInformation>
{
    public async Task<StorefrontInformation> Handle(GetStorefront query, CancellationToken cancellationToken)
    {
        var storefront = await reads.Find<StorefrontView>("select * from rm.storefront", null, cancellationToken)
            ?? throw new DomainException(DomainError.NotFound("storefront"));
        return new(
            new(storefront.Branding, storefront.OpeningHours, storefront.Delivery, storefront.MinimumOrder), storefront.Published, storefront.Version);
    }
}
