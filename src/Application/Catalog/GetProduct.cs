using Mainstreet.Application.Stock;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>A product with the stock of its variants. Errors: not_found (404).</summary>
public sealed record GetProduct(ProductId Id) : IRequest<ProductWithStock>;

public sealed record ProductWithStock(CatalogProduct Product, IReadOnlyDictionary<VariantId, StockLevelView> Stock);

internal sealed class GetProductHandler(IReadStore reads) : IRequestHandler<GetProduct, ProductWithStock>
{
    public async Task<ProductWithStock> Handle(GetProduct query, CancellationToken cancellationToken)
    {
        var product = await reads.Find<CatalogProduct>($"{CatalogQueries.Products} where p.id = @id", new { query.Id }, cancellationToken)
            ?? throw new DomainException(DomainError.NotFound("product"));
        var stock = await reads.List<StockLevelView>(
            "select * from rm.stock_levels where item_id = any (@variants)",
            new { Variants = product.Variants.Select(variant => variant.Id.Value).ToArray() },
            cancellationToken);
        return new(product, stock.ToDictionary(level => level.VariantId));
    }
}
