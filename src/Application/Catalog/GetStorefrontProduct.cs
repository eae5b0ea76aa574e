using Mainstreet.Application.Reviews;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>A published product by its id or its handle. Errors: not_found (404), also for one that is not published.</summary>
public sealed record GetStorefrontProduct(string IdOrSlug) : IRequest<StorefrontProduct>;

internal sealed class GetStorefrontProductHandler(IReadStore reads) : IRequestHandler<GetStorefrontProduct, StorefrontProduct>
{
    public async Task<StorefrontProduct> Handle(GetStorefrontProduct query, CancellationToken cancellationToken)
    {
        Guid? id = Guid.TryParseExact(query.IdOrSlug, "D", out var parsed) ? parsed : null;
        var product = await reads.Find<CatalogProduct>(
            $"{CatalogQueries.Products} where (p.handle = @slug or p.id = @id) and p.status = 'published'", new { Slug = query.IdOrSlug, Id = id }, cancellationToken)
            ?? throw new DomainException(DomainError.NotFound("product"));
        var ratings = await ProductRating.Of(reads, [product], cancellationToken);
        var groups = await OfferedGroups.Of(reads, [product], cancellationToken);
        return new(product, await Availability.Of(reads, [product], cancellationToken), ratings.GetValueOrDefault(product.Id), groups(product));
    }
}
