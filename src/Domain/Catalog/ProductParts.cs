namespace Mainstreet.Domain.Catalog;

public enum ProductStatus
{
    Draft,
    Published,
    Unpublished,
    Archived,
}

/// <summary>
/// What a product is, apart from its variants and images. <paramref name="Handle"/> is its slug, unique per business;
/// <paramref name="Description"/> is HTML that was sanitised where it came in. Requirement CAT-01.
/// </summary>
public sealed record ProductDetails(
    string Handle,
    string Name,
    string? Description,
    string? Vendor,
    CategoryId? CategoryId,
    string[] Tags,
    int? PreparationMinutes)
{
    public bool SameAs(ProductDetails other) => Tags.SequenceEqual(other.Tags, StringComparer.Ordinal) && this with { Tags = other.Tags } == other;
}

/// <summary>One choice that tells variants apart, such as Size = Large.</summary>
public sealed record VariantOption(string Name, string Value);

/// <summary>What a variant is, apart from its prices. Within a product the options are its key. Requirements CAT-04, CAT-12.</summary>
public sealed record VariantDetails(
    string Name,
    VariantOption[] Options,
    string? Sku,
    string? Barcode,
    int? WeightGrams,
    bool Taxable,
    bool RequiresShipping)
{
    public bool SameAs(VariantDetails other) => Options.SequenceEqual(other.Options) && this with { Options = other.Options } == other;
}

/// <summary>What a customer buys: prices are per unit and in the product's one currency.</summary>
public sealed record Variant(VariantId Id, VariantDetails Details, Money Price, Money? CompareAtPrice = null, Money? Cost = null);

/// <summary>An image, known by its address. Lower positions come first. Requirement CAT-03.</summary>
public sealed record ProductImage(string Url, string? Alt, int Position);

/// <summary>
/// A whole product as wanted by whoever creates or imports it. Without <paramref name="PrimaryImage"/> (one of the images'
/// addresses) the image of the lowest position is the primary one. An archived product is not published.
/// </summary>
public sealed record ProductDraft(
    ProductDetails Details, Variant[] Variants, ProductImage[] Images, string? PrimaryImage = null, bool Published = false, bool Archived = false);
