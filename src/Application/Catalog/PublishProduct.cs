using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>Shows the product to customers. Errors: product_without_variant (422), illegal_transition (409).</summary>
public sealed record PublishProduct(ProductId Id, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class PublishProductHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<PublishProduct, Committed>
{
    public Task<Committed> Handle(PublishProduct command, CancellationToken cancellationToken) => aggregates.Update<Product, ProductEvent>(
        command.Id.Value, command.ExpectedVersion, product => product.Publish(clock.GetUtcNow()), cancellationToken);
}
