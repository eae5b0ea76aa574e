namespace Mainstreet.Domain.Catalog;

/// <summary>What holds for every product; checked when deciding, so that streams written under older rules still load.</summary>
internal static class ProductRules
{
    internal static void Validate(ProductDraft draft)
    {
        Validate(draft.Details);
        Validate(draft.Variants);
        Validate(draft.Images);
        Check.That(draft.PrimaryImage is null || draft.Images.Any(image => image.Url == draft.PrimaryImage), CatalogErrors.ImageUnknown);
        Check.That(!draft.Published || draft.Variants.Length > 0, CatalogErrors.NoVariant);
    }

    internal static void Validate(ProductDetails details)
    {
        Check.That(Check.IsSlug(details.Handle), CatalogErrors.HandleInvalid);
        Check.That(Check.IsText(details.Name, 200), CatalogErrors.NameInvalid);
        Check.That(Check.IsOptionalText(details.Description, 100_000), CatalogErrors.DescriptionTooLong);
        Check.That(Check.IsOptionalText(details.Vendor, 200), CatalogErrors.VendorInvalid);
        Check.That(details.Tags.Length <= 100 && details.Tags.All(tag => Check.IsText(tag, 100)) && Differ(details.Tags), CatalogErrors.TagsInvalid);
        Check.That(details.PreparationMinutes is null or (>= 0 and <= 10_080), CatalogErrors.PreparationInvalid);
    }

    internal static void Validate(Variant[] variants)
    {
        Check.That(variants.Length <= Product.MaxVariants, CatalogErrors.TooManyVariants);
        foreach (var variant in variants)
        {
            Validate(variant);
        }

        Check.That(variants.SelectMany(Amounts).Select(amount => amount.Currency).Distinct(StringComparer.Ordinal).Count() <= 1, CatalogErrors.MixedCurrencies);
        Check.That(
            Differ(variants.Select(variant => variant.Id))
            && Differ(variants.Select(OptionsKey))
            && Differ(variants.Select(variant => variant.Details.Sku).OfType<string>())
            && Differ(variants.Select(variant => variant.Details.Barcode).OfType<string>()),
            CatalogErrors.DuplicateVariant);
    }

    internal static void Validate(ProductImage[] images)
    {
        Check.That(images.Length <= Product.MaxImages, CatalogErrors.TooManyImages);
        Check.That(images.All(image => Check.IsWebAddress(image.Url) && Check.IsOptionalText(image.Alt, 500) && image.Position >= 0), CatalogErrors.ImageInvalid);
        Check.That(Differ(images.Select(image => image.Url)), CatalogErrors.DuplicateImage);
    }

    private static void Validate(Variant variant)
    {
        var details = variant.Details;
        Check.That(Check.IsText(details.Name, 200), CatalogErrors.NameInvalid);
        Check.That(
            details.Options.Length <= 10
            && details.Options.All(option => Check.IsText(option.Name, 100) && Check.IsText(option.Value, 200))
            && Differ(details.Options.Select(option => option.Name)),
            CatalogErrors.OptionsInvalid);
        Check.That(IsCode(details.Sku) && IsCode(details.Barcode), CatalogErrors.CodeInvalid);
        Check.That(details.WeightGrams is null or >= 0, CatalogErrors.WeightInvalid);
        foreach (var amount in Amounts(variant))
        {
            Check.That(amount.Amount is >= 0 and <= Product.MaxPrice, CatalogErrors.PriceInvalid);
            Check.That(Currencies.IsKnown(amount.Currency), Currencies.Unknown(amount.Currency));
        }
    }

    private static bool IsCode(string? code) => code is null || Check.IsText(code, 100);

    private static IEnumerable<Money> Amounts(Variant variant)
    {
        yield return variant.Price;
        if (variant.CompareAtPrice is { } compareAt)
        {
            yield return compareAt;
        }

        if (variant.Cost is { } cost)
        {
            yield return cost;
        }
    }

    private static string OptionsKey(Variant variant) => string.Join('\n', variant.Details.Options.Select(option => $"{option.Name}\t{option.Value}"));

    private static bool Differ<T>(IEnumerable<T> items)
    {
        var seen = new HashSet<T>();
        return items.All(seen.Add);
    }
}
