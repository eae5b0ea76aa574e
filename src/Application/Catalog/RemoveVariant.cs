using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>
/// Takes a variant out of a product; its ledger and what was ordered of it stay. Errors: not_found (404), stale_version (412),
/// product_without_variant (422), illegal_transition (409).
/// </summary>
public sealed record RemoveVariant(ProductId ProductId, VariantId VariantId, int? ExpectedVersion) : IRequest<Committed>;

internal sealed class RemoveVariantHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<RemoveVariant, Committed>
{
    public Task<Committed> Handle(RemoveVariant command, CancellationToken cancellationToken) => aggregates.Update<Product, ProductEvent>(
        command.ProductId.Value, command.ExpectedVersion, product => product.RemoveVariant(command.VariantId, clock.GetUtcNow()), cancellationToken);
}
