using FluentValidation;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>The products by name (CAT-08); archived ones only when they are asked for.</summary>
/// <param name="Category">The id or slug of a category: products in it and below it.</param>
/// <param name="Q">Words that all occur in name, vendor, tags, handle, codes or category.</param>
/// <param name="Sku">Exactly this SKU.</param>
/// <param name="Barcode">Exactly this barcode.</param>
public sealed record ListProducts(ProductStatus? Status, string? Category, string? Q, string? Sku, string? Barcode, PageRequest Page) : IRequest<Page<CatalogProduct>>;

internal sealed class ListProductsValidator : AbstractValidator<ListProducts>
{
    public ListProductsValidator() => RuleFor(query => query.Q).MaximumLength(CatalogQueries.MaxSearchLength);
}

internal sealed class ListProductsHandler(IReadStore reads) : IRequestHandler<ListProducts, Page<CatalogProduct>>
{
    private const string Sql = $"""
        {CatalogQueries.Shelf}
        {CatalogQueries.Products}
         where (p.status = @status or @status::text is null and p.status <> 'archived')
           and {CatalogQueries.OnShelf} and {CatalogQueries.HasWords}
           and (@sku::text is null or p.id in (select product_id from rm.product_variants where sku = @sku))
           and (@barcode::text is null or p.id in (select product_id from rm.product_variants where barcode = @barcode))
           and (@after_name::text is null or (p.name_key, p.id) > (@after_name, @after_id))
         order by p.name_key, p.id limit @rows
        """;

    public async Task<Page<CatalogProduct>> Handle(ListProducts query, CancellationToken cancellationToken)
    {
        var list = $"products\n{query.Status}\n{query.Category}\n{query.Q}\n{query.Sku}\n{query.Barcode}";
        var after = query.Page.After(list);
        var rows = await reads.List<CatalogProduct>(
            Sql,
            new
            {
                query.Status,
                Category = CatalogQueries.ShelfOf(query.Category),
                Words = SearchText.Words(query.Q),
                query.Sku,
                query.Barcode,
                AfterName = after?.Text(0),
                AfterId = after?.Id(1),
                query.Page.Rows,
            },
            cancellationToken);
        return query.Page.Cut(rows, list, product => [product.NameKey, product.Id]);
    }
}
