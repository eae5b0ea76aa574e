using Mainstreet.Domain.Catalog;

namespace Mainstreet.Domain.Tests.Catalog;

internal static class ProductSamples
{
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    public static readonly ProductId Shirt = new(Uuid.Named("shirt"));
    public static readonly VariantId Small = new(Uuid.Named("shirt", "small"));
    public static readonly VariantId Large = new(Uuid.Named("shirt", "large"));

    public static readonly CategoryId Shirts = new(Uuid.Named("shirts"));

    public const string Front = "https://img.example/front.jpg";
    public const string Back = "https://img.example/back.jpg";

    public static Money Eur(long amount) => new(amount, "EUR");

    public static ProductDetails Details(string handle = "linen-shirt", string name = "Linen shirt") =>
        new(handle, name, "<p>Light and cool.</p>", "Harbour Weavers", null, ["linen", "summer"], null);

    public static Variant Sized(VariantId id, string size, long price, string? sku = null) =>
        new(id, new VariantDetails(size, [new("Size", size)], sku, null, 200, Taxable: true, RequiresShipping: true), Eur(price));

    public static ProductDraft Draft() => new(
        Details(),
        [Sized(Small, "S", 4900, "LS-S"), Sized(Large, "L", 5400, "LS-L")],
        [new(Back, "Back", 2), new(Front, "Front", 1)]);

    public static ProductEvent[] Created() => Product.Create(Shirt, Draft(), Monday);

    public static ProductEvent[] Published() => [.. Created(), new ProductPublished(Shirt, Monday)];

    public static ProductEvent[] Archived() => [.. Created(), new ProductArchived(Shirt, Monday)];

    /// <summary>Every event of a product, in the order of a believable life.</summary>
    public static ProductEvent[][] Streams => [
    [
        .. Published(),
        new ProductDetailsChanged(Shirt, Details(name: "Linen shirt, new cut") with { CategoryId = Shirts, PreparationMinutes = 5 }, Monday),
        new ProductPriceChanged(Shirt, Small, Eur(4500), Eur(4900), Monday),
        new ProductCostChanged(Shirt, Small, Eur(2000), Monday),
        new ProductVariantAdded(Shirt, Sized(new VariantId(Uuid.Named("shirt", "medium")), "M", 5000) with { Cost = Eur(2100) }, Monday),
        new ProductVariantChanged(Shirt, Large, Sized(Large, "XL", 0, "LS-XL").Details with { Barcode = "4006381333931" }, Monday),
        new ProductVariantRemoved(Shirt, Small, Monday),
        new ProductImageAdded(Shirt, new ProductImage("/files/side.svg", null, 3), Monday),
        new ProductImageChanged(Shirt, new ProductImage(Back, "From behind", 4), Monday),
        new ProductImageRemoved(Shirt, Front, Monday),
        new ProductPrimaryImageSet(Shirt, Back, Monday),
        new ProductOptionGroupsSet(Shirt, [new(Uuid.Named("gift-wrapping")), OptionGroups.Toppings], Monday),
        new ProductTranslated(Shirt, new("he", "חולצת פשתן", "<p>קלילה.</p>"), Monday),
        new ProductTranslationRemoved(Shirt, "he", Monday),
        new ProductUnpublished(Shirt, Monday),
        new ProductArchived(Shirt, Monday),
        new ProductRestored(Shirt, Monday),
    ]];

    public static CategoryEvent[][] Categories => [
    [
        new CategoryCreated(Shirts, null, "Shirts", "shirts", 1, Monday),
        new CategoryRenamed(Shirts, "Shirts and tops", "shirts-and-tops", Monday),
        new CategoryTranslated(Shirts, "he", "חולצות", Monday),
        new CategoryTranslationRemoved(Shirts, "he", Monday),
        new CategoryMoved(Shirts, new CategoryId(Uuid.Named("clothes")), 2, Monday),
        new CategoryDeactivated(Shirts, Monday),
        new CategoryActivated(Shirts, Monday),
        new CategoryTaxRateChanged(Shirts, 7, Monday),
        new CategoryImageSet(Shirts, new(Front, "A row of shirts"), Monday),
        new CategoryImageRemoved(Shirts, Front, Monday),
    ]];
}
