using FluentValidation;
using Mainstreet.Application.Reviews;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

public enum ProductOrder
{
    Name,
    Price,
    CreatedAt,
}

/// <summary>The published products as customers see them (CAT-06).</summary>
/// <param name="Category">The id or slug of a category: products in it and below it.</param>
/// <param name="MinPrice">In minor units: some variant costs at least this.</param>
/// <param name="MaxPrice">In minor units: some variant costs at most this.</param>
/// <param name="Available">True: some variant, in the price range, can be bought now; false: none.</param>
public sealed record BrowseProducts(
    string? Q, string? Category, long? MinPrice, long? MaxPrice, bool? Available, ProductOrder Order, bool Descending, PageRequest Page) : IRequest<Page<StorefrontProduct>>;

/// <param name="Available">The variants that can be bought now.</param>
/// <param name="Rating">Null: nobody's review of it was approved.</param>
/// <param name="OptionGroups">From which customers choose, in the product's order; none that is archived.</param>
public sealed record StorefrontProduct(CatalogProduct Product, IReadOnlySet<VariantId> Available, ProductRating? Rating, IReadOnlyList<OptionGroup> OptionGroups);

internal sealed class BrowseProductsValidator : AbstractValidator<BrowseProducts>
{
    public BrowseProductsValidator()
    {
        RuleFor(query => query.Q).MaximumLength(CatalogQueries.MaxSearchLength);
        RuleFor(query => query.MinPrice).GreaterThanOrEqualTo(0);
        RuleFor(query => query.MaxPrice).GreaterThanOrEqualTo(0);
    }
}

internal sealed class BrowseProductsHandler(IReadStore reads) : IRequestHandler<BrowseProducts, Page<StorefrontProduct>>
{
    public async Task<Page<StorefrontProduct>> Handle(BrowseProducts query, CancellationToken cancellationToken)
    {
        var list = $"storefront products\n{query.Q}\n{query.Category}\n{query.MinPrice}\n{query.MaxPrice}\n{query.Available}\n{query.Order}\n{query.Descending}";
        var after = query.Page.After(list);
        var rows = await reads.List<CatalogProduct>(
            Sql(query.Order, query.Descending),
            new
            {
                Category = CatalogQueries.ShelfOf(query.Category),
                Words = SearchText.Words(query.Q),
                query.MinPrice,
                query.MaxPrice,
                query.Available,
                AfterName = query.Order is ProductOrder.Name ? after?.Text(0) : null,
                AfterPrice = query.Order is ProductOrder.Price ? after?.Number(0) : null,
                AfterTime = query.Order is ProductOrder.CreatedAt ? after?.Time(0) : null,
                AfterId = after?.Id(1),
                query.Page.Rows,
            },
            cancellationToken);
        var page = query.Page.Cut(rows, list, product => [SortValue(product, query.Order), product.Id]);
        var available = await Availability.Of(reads, page.Data, cancellationToken);
        var ratings = await ProductRating.Of(reads, page.Data, cancellationToken);
        var groups = await OfferedGroups.Of(reads, page.Data, cancellationToken);
        return new(
            [.. page.Data.Select(product => new StorefrontProduct(product, available, ratings.GetValueOrDefault(product.Id), groups(product)))], page.HasMore, page.NextCursor);
    }

    private static object? SortValue(CatalogProduct product, ProductOrder order) => order switch
    {
        ProductOrder.Name => product.NameKey,
        ProductOrder.Price => product.MinPrice?.Amount,
        ProductOrder.CreatedAt => product.CreatedAt,
    };

    private static string Sql(ProductOrder order, bool descending)
    {
        var (column, after) = order switch
        {
            ProductOrder.Name => ("p.name_key", "@after_name"),
            ProductOrder.Price => ("p.min_price_amount", "@after_price"),
            ProductOrder.CreatedAt => ("p.created_at", "@after_time"),
        };
        var (direction, beyond) = descending ? ("desc", "<") : ("asc", ">");
        return $"""
            {CatalogQueries.Shelf}
            {CatalogQueries.Products}
             where p.status = 'published' and {CatalogQueries.OnShelf} and {CatalogQueries.HasWords}
               and (@min_price::bigint is null and @max_price::bigint is null or exists ({Availability.Variants} and {InRange}))
               and (@available::boolean is null or @available = exists ({Availability.Variants} and {InRange} and {Availability.CanBeBought}))
               and (@after_id::uuid is null or ({column}, p.id) {beyond} ({after}, @after_id))
             order by {column} {direction}, p.id {direction} limit @rows
            """;
    }

    private const string InRange =
        "(@min_price::bigint is null or v.price_amount >= @min_price) and (@max_price::bigint is null or v.price_amount <= @max_price)";
}

/// <summary>What can be bought now: under the policy deny only what is there (STK-04).</summary>
internal static class Availability
{
    /// <summary>The variants v of a product p with their stock s at the default location, from which the storefront sells.</summary>
    public const string Variants =
        "select v.variant_id from rm.product_variants v left join rm.stock_levels s on s.item_id = v.variant_id where v.product_id = p.id";

    public const string CanBeBought = "(s.policy <> 'deny' or s.available > 0)";

    public static async Task<IReadOnlySet<VariantId>> Of(IReadStore reads, IEnumerable<CatalogProduct> products, CancellationToken cancellationToken) =>
        (await reads.List<Guid>(
            $"select s.variant_id from rm.stock_levels s where s.item_id = any (@variants) and {CanBeBought}",
            new { Variants = products.SelectMany(product => product.Variants).Select(variant => variant.Id.Value).ToArray() },
            cancellationToken)).Select(id => new VariantId(id)).ToHashSet();
}
