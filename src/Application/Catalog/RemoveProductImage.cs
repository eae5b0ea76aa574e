using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>Takes the image with this address away. Errors: not_found (404), stale_version (412), illegal_transition (409).</summary>
public sealed record RemoveProductImage(ProductId ProductId, int? ExpectedVersion, string Url) : IRequest<Committed>;

internal sealed class RemoveProductImageHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<RemoveProductImage, Committed>
{
    public Task<Committed> Handle(RemoveProductImage command, CancellationToken cancellationToken) => aggregates.Update<Product, ProductEvent>(
        command.ProductId.Value, command.ExpectedVersion, product => product.RemoveImage(command.Url, clock.GetUtcNow()), cancellationToken);
}
