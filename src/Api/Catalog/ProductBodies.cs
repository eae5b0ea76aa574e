using Mainstreet.Application.Catalog;
using Mainstreet.Application.Stock;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Stock;

namespace Mainstreet.Api.Catalog;

/// <summary>A product as the business sees it.</summary>
/// <param name="Price">From the cheapest to the dearest variant; absent without variants.</param>
/// <param name="OptionGroupIds">From which customers choose, in display order, those that are archived included.</param>
/// <param name="Translations">For customers who ask for another language than the business's.</param>
internal sealed record ProductBody(
    Guid Id,
    ProductStatus Status,
    string Handle,
    string Name,
    string? Description,
    string? Vendor,
    ProductCategoryBody? Category,
    string[] Tags,
    int? PreparationMinutes,
    PriceRangeBody? Price,
    VariantBody[] Variants,
    ProductImageBody[] Images,
    Guid[] OptionGroupIds,
    Translation[] Translations,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int Version)
{
    public static ProductBody Of(CatalogProduct product) => Of(product, _ => null);

    public static ProductBody Of(ProductWithStock found) =>
        Of(found.Product, variant => found.Stock.TryGetValue(variant, out var level) ? VariantStockBody.Of(level) : null);

    private static ProductBody Of(CatalogProduct product, Func<VariantId, VariantStockBody?> stock) => new(
        product.Id.Value,
        product.Status,
        product.Handle,
        product.Name,
        product.Description,
        product.Vendor,
        ProductCategoryBody.Of(product),
        product.Tags,
        product.PreparationMinutes,
        PriceRangeBody.Of(product),
        [.. product.Variants.Select(variant => VariantBody.Of(variant, stock(variant.Id)))],
        ProductImageBody.Of(product),
        [.. product.OptionGroups.Select(group => group.Value)],
        product.Translations,
        product.CreatedAt,
        product.UpdatedAt,
        product.Version);
}

internal sealed record ProductCategoryBody(Guid Id, string Name, string Slug)
{
    public static ProductCategoryBody? Of(CatalogProduct product) =>
        product.CategoryId is { } id ? new(id.Value, product.CategoryName!, product.CategorySlug!) : null;

    public static ProductCategoryBody? Of(CatalogProduct product, StorefrontWords words) =>
        Of(product) is { } own ? own with { Name = words.Of(own.Name, description: null, product.CategoryTranslations!).Name } : null;
}

internal sealed record PriceRangeBody(Money Min, Money Max)
{
    public static PriceRangeBody? Of(CatalogProduct product) => product is { MinPrice: { } min, MaxPrice: { } max } ? new(min, max) : null;
}

/// <param name="CompareAtPrice">What it cost before.</param>
/// <param name="Cost">What the business pays for one.</param>
/// <param name="Stock">Where a single product is read.</param>
internal sealed record VariantBody(
    Guid Id,
    string Name,
    VariantOption[] Options,
    string? Sku,
    string? Barcode,
    int? WeightGrams,
    bool Taxable,
    bool RequiresShipping,
    Money Price,
    Money? CompareAtPrice,
    Money? Cost,
    VariantStockBody? Stock)
{
    public static VariantBody Of(Variant variant, VariantStockBody? stock) => new(
        variant.Id.Value,
        variant.Details.Name,
        variant.Details.Options,
        variant.Details.Sku,
        variant.Details.Barcode,
        variant.Details.WeightGrams,
        variant.Details.Taxable,
        variant.Details.RequiresShipping,
        variant.Price,
        variant.CompareAtPrice,
        variant.Cost,
        stock);
}

internal sealed record VariantStockBody(StockPolicy Policy, StockStatus Status, decimal OnHand, decimal Reserved, decimal Available, decimal Minimum)
{
    public static VariantStockBody Of(StockLevelView level) => new(level.Policy, level.Status, level.OnHand, level.Reserved, level.Available, level.Minimum);
}

internal sealed record ProductImageBody(string Url, string? Alt, int Position, bool Primary)
{
    /// <summary>In display order; exactly one is the primary one (CAT-03).</summary>
    public static ProductImageBody[] Of(CatalogProduct product) =>
    [
        .. product.Images.OrderBy(image => image.Position)
            .Select(image => new ProductImageBody(image.Url, image.Alt, image.Position, image.Url == product.PrimaryImage)),
    ];
}
