using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>Brings an archived product back, unpublished. Errors: handle_taken, sku_taken, barcode_taken (409).</summary>
public sealed record RestoreProduct(ProductId Id, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class RestoreProductHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<RestoreProduct, Committed>
{
    public Task<Committed> Handle(RestoreProduct command, CancellationToken cancellationToken) => aggregates.Update<Product, ProductEvent>(
        command.Id.Value, command.ExpectedVersion, product => product.Restore(clock.GetUtcNow()), cancellationToken);
}
