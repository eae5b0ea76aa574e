using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>Takes the product out of the catalogue, never out of the books; its handle, SKUs and barcodes become free for others.</summary>
public sealed record ArchiveProduct(ProductId Id, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class ArchiveProductHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<ArchiveProduct, Committed>
{
    public Task<Committed> Handle(ArchiveProduct command, CancellationToken cancellationToken) => aggregates.Update<Product, ProductEvent>(
        command.Id.Value, command.ExpectedVersion, product => product.Archive(clock.GetUtcNow()), cancellationToken);
}
