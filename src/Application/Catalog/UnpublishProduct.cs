using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>Hides the product from customers. Errors: illegal_transition (409).</summary>
public sealed record UnpublishProduct(ProductId Id, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class UnpublishProductHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<UnpublishProduct, Committed>
{
    public Task<Committed> Handle(UnpublishProduct command, CancellationToken cancellationToken) => aggregates.Update<Product, ProductEvent>(
        command.Id.Value, command.ExpectedVersion, product => product.Unpublish(clock.GetUtcNow()), cancellationToken);
}
