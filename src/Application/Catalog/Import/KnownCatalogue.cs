using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;

namespace Mainstreet.Application.Catalog.Import;

/// <summary>A product of the file, and which product of the catalogue it means.</summary>
internal sealed record MeantProduct(ImportedProduct Imported, ProductId Id);

/// <summary>
/// What the catalogue has of the things that some products of a file name. It is read before the lane is taken, to know the
/// streams; whatever changes in between is seen in the lane or by the unique indexes.
/// </summary>
internal sealed class KnownCatalogue
{
    private readonly Dictionary<string, (ProductId Product, VariantId Variant)> skus = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (ProductId Product, VariantId Variant)> barcodes = new(StringComparer.Ordinal);
    private readonly HashSet<ProductId> meant;

    private KnownCatalogue(
        IReadOnlyList<ImportedProduct> imported, IReadOnlyList<ProductRow> products, IReadOnlyList<CodeRow> codes, IReadOnlyList<SlugRow> slugs)
    {
        var byHandle = products.Where(product => product.Status is not ProductStatus.Archived).ToDictionary(product => product.Handle, product => product.Id, StringComparer.Ordinal);
        Products = [.. imported.Select(product => new MeantProduct(product, byHandle.TryGetValue(product.Handle, out var id) ? id : product.Id))];
        meant = [.. Products.Select(product => product.Id)];
        foreach (var row in codes)
        {
            Remember(skus, row.Sku, row);
            Remember(barcodes, row.Barcode, row);
        }

        var bySlug = slugs.ToDictionary(row => row.Slug, row => row.Id, StringComparer.Ordinal);
        Categories = imported.Select(product => product.Category).OfType<string>().Select(Slug.From).Distinct(StringComparer.Ordinal)
            .ToDictionary(slug => slug, slug => bySlug.TryGetValue(slug, out var id) ? id : new CategoryId(Uuid.Named("category", slug)), StringComparer.Ordinal);
        Variants =
        [
            .. products.SelectMany(product => product.Variants).Select(variant => variant.Id),
            .. Products.SelectMany(product => ImportedDraft.Of(product.Imported, product.Id, category: null).Variants).Select(variant => variant.Id),
        ];
    }

    public IReadOnlyList<MeantProduct> Products { get; }

    /// <summary>By slug: the category that has it, or the one to be made.</summary>
    public IReadOnlyDictionary<string, CategoryId> Categories { get; }

    /// <summary>Every variant whose ledger may be needed.</summary>
    public HashSet<VariantId> Variants { get; }

    public static async Task<KnownCatalogue> Read(IReadStore reads, IReadOnlyList<ImportedProduct> imported, CancellationToken cancellationToken)
    {
        var products = await reads.List<ProductRow>(
            "select id, handle, status, variants from rm.products where (handle = any (@handles) and status <> 'archived') or id = any (@ids)",
            new { Handles = imported.Select(product => product.Handle).ToArray(), Ids = imported.Select(product => product.Id.Value).ToArray() },
            cancellationToken);
        var variants = imported.SelectMany(product => product.Variants).ToArray();
        var codes = await reads.List<CodeRow>(
            "select product_id, variant_id, sku, barcode from rm.product_variants where not archived and (sku = any (@skus) or barcode = any (@barcodes))",
            new { Skus = variants.Select(variant => variant.Sku).OfType<string>().ToArray(), Barcodes = variants.Select(variant => variant.Barcode).OfType<string>().ToArray() },
            cancellationToken);
        var slugs = await reads.List<SlugRow>(
            "select id, slug from rm.categories where slug = any (@slugs)",
            new { Slugs = imported.Select(product => product.Category).OfType<string>().Select(Slug.From).ToArray() },
            cancellationToken);
        return new(imported, products, codes, slugs);
    }

    /// <summary>Whether a product outside this step has the SKU. One inside gives it up in the same commit, or the commit is refused.</summary>
    public bool IsSkuTaken(string? sku) => IsTaken(skus, sku);

    public bool IsBarcodeTaken(string? barcode) => IsTaken(barcodes, barcode);

    private bool IsTaken(Dictionary<string, (ProductId Product, VariantId Variant)> codes, string? code) =>
        code is not null && codes.TryGetValue(code, out var owner) && !meant.Contains(owner.Product);

    private static void Remember(Dictionary<string, (ProductId Product, VariantId Variant)> codes, string? code, CodeRow row)
    {
        if (code is not null)
        {
            codes[code] = (row.ProductId, row.VariantId);
        }
    }

    private sealed record ProductRow(ProductId Id, string Handle, ProductStatus Status, Variant[] Variants);

    private sealed record CodeRow(ProductId ProductId, VariantId VariantId, string? Sku, string? Barcode);

    private sealed record SlugRow(CategoryId Id, string Slug);
}
