using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;

namespace Mainstreet.Application.Catalog.Import;

/// <summary>What a file says, as the product it means.</summary>
internal static class ImportedDraft
{
    /// <param name="imported">The product of the file.</param>
    /// <param name="id">The product that it means; where that is not the id the file implies, its variants get ids of their own too.</param>
    /// <param name="category">Null when the file names none.</param>
    public static ProductDraft Of(ImportedProduct imported, ProductId id, CategoryId? category) => new(
        new(imported.Handle, imported.Title, imported.DescriptionHtml, imported.Vendor, category, [.. imported.Tags], imported.PreparationMinutes),
        [.. imported.Variants.Select(variant => VariantOf(imported, variant, id))],
        [.. imported.Images.Select((image, position) => new ProductImage(image.Url, image.AltText, image.Position ?? position))],
        imported.PrimaryImage,
        Published: imported.Status is ProductStatus.Published,
        Archived: imported.Status is ProductStatus.Archived);

    /// <summary>What the file has no columns for stays as it is: a file of prices changes prices.</summary>
    public static ProductDraft Keep(ProductDraft draft, Product present, IReadOnlySet<string> missing)
    {
        bool Lacks(string column) => missing.Contains(column);
        var saysNothing = Lacks(CatalogColumns.Published) && draft.Published; // published is what a file without the column means for new products
        return draft with
        {
            Details = draft.Details with
            {
                Description = Lacks(CatalogColumns.Body) ? present.Details.Description : draft.Details.Description,
                Vendor = Lacks(CatalogColumns.Vendor) ? present.Details.Vendor : draft.Details.Vendor,
                Tags = Lacks(CatalogColumns.Tags) ? present.Details.Tags : draft.Details.Tags,
            },
            Variants = [.. draft.Variants.Select(wanted => present.Met(wanted, draft.Variants) is { } met ? KeepOf(wanted, met) : wanted)],
            Images = Lacks(CatalogColumns.ImageSrc) ? present.Images : draft.Images,
            Published = saysNothing ? present.Status is ProductStatus.Published : draft.Published,
            Archived = saysNothing ? present.Status is ProductStatus.Archived : draft.Archived,
        };

        Variant KeepOf(Variant wanted, Variant met) => wanted with
        {
            CompareAtPrice = Lacks(CatalogColumns.CompareAt) ? met.CompareAtPrice : wanted.CompareAtPrice,
            Details = wanted.Details with
            {
                Sku = Lacks(CatalogColumns.Sku) ? met.Details.Sku : wanted.Details.Sku,
                Barcode = Lacks(CatalogColumns.Barcode) ? met.Details.Barcode : wanted.Details.Barcode,
                WeightGrams = Lacks(CatalogColumns.Grams) ? met.Details.WeightGrams : wanted.Details.WeightGrams,
                Taxable = Lacks(CatalogColumns.Taxable) ? met.Details.Taxable : wanted.Details.Taxable,
                RequiresShipping = Lacks(CatalogColumns.RequiresShipping) ? met.Details.RequiresShipping : wanted.Details.RequiresShipping,
            },
        };
    }

    private static Variant VariantOf(ImportedProduct imported, ImportedVariant variant, ProductId id) => new(
        id == imported.Id ? variant.Id : new VariantId(Uuid.Named("variant", id.ToString(), variant.Id.ToString())),
        new(
            variant.Name,
            variant.Options ?? [.. imported.OptionNames.Zip(variant.OptionValues, (name, value) => new VariantOption(name, value))],
            variant.Sku,
            variant.Barcode,
            variant.WeightGrams,
            variant.Taxable,
            variant.RequiresShipping),
        variant.Price,
        variant.CompareAtPrice,
        variant.Cost);
}
