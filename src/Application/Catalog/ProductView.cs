using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;

namespace Mainstreet.Application.Catalog;

/// <summary>One row per product: its state, with what lists are filtered and ordered by beside it.</summary>
/// <param name="NameKey">The name as lists are ordered by it, without regard to case and accents.</param>
/// <param name="MinPrice">Of the cheapest variant; null without variants.</param>
public sealed record ProductView(
    [property: Key] ProductId Id,
    ProductStatus Status,
    string Handle,
    string Name,
    [property: NotShown] string NameKey,
    string? Description,
    string? Vendor,
    CategoryId? CategoryId,
    string[] Tags,
    int? PreparationMinutes,
    Money? MinPrice,
    Money? MaxPrice,
    Variant[] Variants,
    ProductImage[] Images,
    string? PrimaryImage,
    OptionGroupId[] OptionGroups,
    Translation[] Translations,
    [property: NotShown] string SearchText,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int Version)
{
    internal Product? State => Version == 0 ? null : new(
        Id, Status, new ProductDetails(Handle, Name, Description, Vendor, CategoryId, Tags, PreparationMinutes), Variants, Images, PrimaryImage)
    {
        OptionGroups = OptionGroups,
        Translations = Translations,
    };

    internal static ProductView None(ProductId id) =>
        new(id, default, "", "", "", null, null, null, [], null, null, null, [], [], null, [], [], "", default, default, Version: 0);

    internal ProductView After(ProductEvent e, DateTimeOffset at, int version) =>
        Of(Product.Evolve(State, e), createdAt: Version == 0 ? at : CreatedAt, at, version);

    private static ProductView Of(Product product, DateTimeOffset createdAt, DateTimeOffset updatedAt, int version)
    {
        var (details, variants) = (product.Details, product.Variants);
        return new(
            product.Id,
            product.Status,
            details.Handle,
            details.Name,
            Application.SearchText.Fold(details.Name),
            details.Description,
            details.Vendor,
            details.CategoryId,
            details.Tags,
            details.PreparationMinutes,
            variants.MinBy(variant => variant.Price.Amount)?.Price,
            variants.MaxBy(variant => variant.Price.Amount)?.Price,
            variants,
            product.Images,
            product.PrimaryImage,
            product.OptionGroups,
            product.Translations,
            Application.SearchText.Of(
            [
                details.Name, details.Vendor, details.Handle, .. details.Tags,
                .. product.Translations.Select(translation => translation.Name),
                .. variants.SelectMany(variant => new[] { variant.Details.Name, variant.Details.Sku, variant.Details.Barcode }),
            ]),
            createdAt,
            updatedAt,
            version);
    }
}

/// <summary>One row per variant of a product, to find it by its codes and to join its stock (CAT-12).</summary>
/// <param name="OptionGroups">Of the product, so that who buys it knows what to load; null: it names none.</param>
public sealed record ProductVariantRow(
    [property: Key] ProductId ProductId,
    [property: Key] VariantId VariantId,
    string Name,
    string? Sku,
    string? Barcode,
    Money Price,
    bool Archived,
    OptionGroupId[]? OptionGroups);

public sealed class ProductsProjection : Projection<ProductView>
{
    public ProductsProjection() : base("products", version: 2, inline: true)
    {
        Unique(CatalogErrors.HandleTaken, "status <> 'archived'", "handle");
        Index("name_key", "id");
        PartsIn("product_variants", product => product.Variants.Select(variant => new ProductVariantRow(
                product.Id, variant.Id, variant.Details.Name, variant.Details.Sku, variant.Details.Barcode, variant.Price, product.Status == ProductStatus.Archived,
                product.OptionGroups is [] ? null : product.OptionGroups)))
            .Unique(CatalogErrors.SkuTaken, "sku is not null and not archived", "sku")
            .Unique(CatalogErrors.BarcodeTaken, "barcode is not null and not archived", "barcode")
            .Unique(CatalogErrors.VariantTaken, where: null, "variant_id");

        Follow<ProductCreated>(e => e.At);
        Follow<ProductDetailsChanged>(e => e.At);
        Follow<ProductPriceChanged>(e => e.At);
        Follow<ProductCostChanged>(e => e.At);
        Follow<ProductVariantAdded>(e => e.At);
        Follow<ProductVariantChanged>(e => e.At);
        Follow<ProductVariantRemoved>(e => e.At);
        Follow<ProductImageAdded>(e => e.At);
        Follow<ProductImageChanged>(e => e.At);
        Follow<ProductImageRemoved>(e => e.At);
        Follow<ProductPrimaryImageSet>(e => e.At);
        Follow<ProductOptionGroupsSet>(e => e.At);
        Follow<ProductTranslated>(e => e.At);
        Follow<ProductTranslationRemoved>(e => e.At);
        Follow<ProductPublished>(e => e.At);
        Follow<ProductUnpublished>(e => e.At);
        Follow<ProductArchived>(e => e.At);
        Follow<ProductRestored>(e => e.At);
    }

    private void Follow<TEvent>(Func<TEvent, DateTimeOffset> at) where TEvent : ProductEvent => On<TEvent>(
        (_, context) => ProductView.None(new(context.StreamId)),
        (view, e, context) => view.After(e, at(e), context.Version));
}
