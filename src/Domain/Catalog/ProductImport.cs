namespace Mainstreet.Domain.Catalog;

/// <summary>The difference between a product and the state that an import wants, as events. The wanted state is valid as a whole.</summary>
internal sealed class ProductImport(Product product, ProductDraft desired, DateTimeOffset now)
{
    public static ProductDraft WithTheRestOf(Product product, ProductDraft desired)
    {
        var met = desired.Variants.Select(wanted => product.Met(wanted, desired.Variants)?.Id).ToHashSet();
        return desired with
        {
            Variants = [.. desired.Variants, .. product.Variants.Where(variant => !met.Contains(variant.Id))],
            Images = [.. desired.Images, .. product.Images.Where(image => desired.Images.All(wanted => wanted.Url != image.Url))],
        };
    }

    public IEnumerable<ProductEvent> Events() =>
        [.. desired.Archived ? [] : product.Restore(now), .. Details(), .. Variants(), .. Images(), .. Visibility()];

    private IEnumerable<ProductEvent> Details()
    {
        var details = desired.Details with
        {
            CategoryId = desired.Details.CategoryId ?? product.Details.CategoryId,
            PreparationMinutes = desired.Details.PreparationMinutes ?? product.Details.PreparationMinutes,
        };
        if (!details.SameAs(product.Details))
        {
            yield return new ProductDetailsChanged(product.Id, details, now);
        }
    }

    private IEnumerable<ProductEvent> Variants()
    {
        var kept = new HashSet<VariantId>();
        foreach (var wanted in desired.Variants)
        {
            if (product.Met(wanted, desired.Variants) is not { } present)
            {
                yield return new ProductVariantAdded(product.Id, wanted, now);
                continue;
            }

            kept.Add(present.Id);
            foreach (var change in product.Changes(present, wanted with { Cost = wanted.Cost ?? KeptCost(present, wanted) }, now))
            {
                yield return change;
            }
        }

        foreach (var gone in product.Variants.Where(variant => !kept.Contains(variant.Id)))
        {
            yield return new ProductVariantRemoved(product.Id, gone.Id, now);
        }
    }

    // a cost in the currency the product had before would leave it with two
    private static Money? KeptCost(Variant present, Variant wanted) => present.Cost?.Currency == wanted.Price.Currency ? present.Cost : null;

    private IEnumerable<ProductEvent> Images()
    {
        foreach (var wanted in desired.Images)
        {
            var present = Array.Find(product.Images, image => image.Url == wanted.Url);
            if (present is null)
            {
                yield return new ProductImageAdded(product.Id, wanted, now);
            }
            else if (present != wanted)
            {
                yield return new ProductImageChanged(product.Id, wanted, now);
            }
        }

        foreach (var gone in product.Images.Where(image => Array.TrueForAll(desired.Images, wanted => wanted.Url != image.Url)))
        {
            yield return new ProductImageRemoved(product.Id, gone.Url, now);
        }

        var stays = Array.Exists(desired.Images, image => image.Url == product.PrimaryImage) ? product.PrimaryImage : null;
        var primary = desired.PrimaryImage ?? stays ?? Product.FirstOf(desired.Images)?.Url;
        if (primary is not null && primary != product.PrimaryImage)
        {
            yield return new ProductPrimaryImageSet(product.Id, primary, now);
        }
    }

    private ProductEvent[] Visibility() => (product.Status, desired.Published) switch
    {
        _ when desired.Archived => product.Archive(now),
        (not ProductStatus.Published, true) => [new ProductPublished(product.Id, now)],
        (ProductStatus.Published, false) => [new ProductUnpublished(product.Id, now)],
        _ => [],
    };
}
