using Mainstreet.Domain.Storefronts;
using MediatR;

namespace Mainstreet.Application.Storefronts;

/// <summary>Closes the storefront to the public (WL-05).</summary>
public sealed record UnpublishStorefront : IRequest<Committed>;

internal sealed class UnpublishStorefrontHandler(IAggregates aggregates, ITenantContext context, TimeProvider clock) : IRequestHandler<UnpublishStorefront, Committed>
{
    public Task<Committed> Handle(UnpublishStorefront command, CancellationToken cancellationToken) =>
        aggregates.Update<Storefront, StorefrontEvent>(
            Storefront.StreamOf(context.Tenant), null, storefront => storefront.Unpublish(clock.GetUtcNow()), cancellationToken);
}
