namespace Mainstreet.Domain.Catalog;

/// <summary>
/// Draft -> published -> unpublished -> archived; restoring an archived product leaves it unpublished. Stock is counted
/// elsewhere, per variant. Requirements CAT-01, CAT-03, CAT-04.
/// </summary>
public sealed record Product(
    ProductId Id,
    ProductStatus Status,
    ProductDetails Details,
    Variant[] Variants,
    ProductImage[] Images,
    string? PrimaryImage) : IAggregate<Product, ProductEvent>
{
    public const int MaxVariants = 250;
    public const int MaxImages = 100;
    public const int MaxOptionGroups = 20;

    /// <summary>In minor units: small enough that a price times any quantity of an order fits into 64 bits.</summary>
    public const long MaxPrice = 1_000_000_000_000;

    /// <summary>Removing one again is no error, as removing what never was is.</summary>
    public VariantId[] RemovedVariants { get; init; } = [];

    /// <summary>From which customers choose, in this order (CAT-11).</summary>
    public OptionGroupId[] OptionGroups { get; init; } = [];

    public Translation[] Translations { get; init; } = [];

    /// <summary>A new draft, published or archived at once if the draft says so.</summary>
    public static ProductEvent[] Create(ProductId id, ProductDraft draft, DateTimeOffset now)
    {
        ProductRules.Validate(draft);
        var created = new ProductCreated(id, draft.Details, draft.Variants, draft.Images, draft.PrimaryImage ?? FirstOf(draft.Images)?.Url, now);
        return draft.Archived ? [created, new ProductArchived(id, now)]
            : draft.Published ? [created, new ProductPublished(id, now)]
            : [created];
    }

    /// <summary>
    /// The least that brings the product to the imported state; importing the same again yields nothing. A variant is met by
    /// its id or else by its options, and keeps its id. What catalogue files often lack stays when the import has none of it:
    /// category, preparation time, costs, primary image.
    /// </summary>
    /// <param name="desired">What the file says.</param>
    /// <param name="partial">Something of the product could not be read: variants and images that are not in the import stay.</param>
    /// <param name="now">When.</param>
    public ProductEvent[] Import(ProductDraft desired, bool partial, DateTimeOffset now)
    {
        var wanted = partial ? ProductImport.WithTheRestOf(this, desired) : desired;
        ProductRules.Validate(wanted);
        return [.. new ProductImport(this, wanted, now).Events()];
    }

    /// <summary>The variant that an import of <paramref name="all"/> means by <paramref name="wanted"/>, or null for a new one.</summary>
    public Variant? Met(Variant wanted, IReadOnlyCollection<Variant> all) => Find(wanted.Id) ?? Array.Find(Variants, present =>
        present.Details.Options.SequenceEqual(wanted.Details.Options) && all.All(other => other.Id != present.Id));

    public ProductEvent[] ChangeDetails(ProductDetails details, DateTimeOffset now)
    {
        RefuseWhenArchived("change_details");
        ProductRules.Validate(details);
        return details.SameAs(Details) ? [] : [new ProductDetailsChanged(Id, details, now)];
    }

    public ProductEvent[] ChangePrice(VariantId variantId, Money price, Money? compareAtPrice, DateTimeOffset now) =>
        Change(variantId, variant => variant with { Price = price, CompareAtPrice = compareAtPrice }, now);

    public ProductEvent[] ChangeCost(VariantId variantId, Money? cost, DateTimeOffset now) =>
        Change(variantId, variant => variant with { Cost = cost }, now);

    public ProductEvent[] ChangeVariant(VariantId variantId, VariantDetails details, DateTimeOffset now) =>
        Change(variantId, variant => variant with { Details = details }, now);

    /// <summary>Whatever differs from the present state of the variant.</summary>
    public ProductEvent[] ChangeVariant(Variant changed, DateTimeOffset now) => Change(changed.Id, _ => changed, now);

    public ProductEvent[] AddVariant(Variant variant, DateTimeOffset now)
    {
        RefuseWhenArchived("add_variant");
        if (Find(variant.Id) is { } present && Changes(present, variant, now).Length == 0)
        {
            return [];
        }

        ProductRules.Validate([.. Variants, variant]);
        return [new ProductVariantAdded(Id, variant, now)];
    }

    public ProductEvent[] RemoveVariant(VariantId variantId, DateTimeOffset now)
    {
        RefuseWhenArchived("remove_variant");
        if (Find(variantId) is null)
        {
            return RemovedVariants.Contains(variantId) ? [] : throw new DomainException(CatalogErrors.VariantNotFound);
        }

        Check.That(Status != ProductStatus.Published || Variants.Length > 1, CatalogErrors.NoVariant);
        return [new ProductVariantRemoved(Id, variantId, now)];
    }

    /// <summary>The first image of a product becomes its primary one.</summary>
    public ProductEvent[] AddImage(ProductImage image, DateTimeOffset now)
    {
        RefuseWhenArchived("add_image");
        if (Images.Contains(image))
        {
            return [];
        }

        ProductRules.Validate([.. Images, image]);
        return PrimaryImage is null
            ? [new ProductImageAdded(Id, image, now), new ProductPrimaryImageSet(Id, image.Url, now)]
            : [new ProductImageAdded(Id, image, now)];
    }

    /// <summary>Changes the alternative text or position of the image with this address.</summary>
    public ProductEvent[] ChangeImage(ProductImage image, DateTimeOffset now)
    {
        RefuseWhenArchived("change_image");
        Check.That(Images.Any(present => present.Url == image.Url), CatalogErrors.ImageNotFound);
        ProductRules.Validate([image]);
        return Images.Contains(image) ? [] : [new ProductImageChanged(Id, image, now)];
    }

    /// <summary>When the primary image goes, the first of the others takes its place.</summary>
    public ProductEvent[] RemoveImage(string url, DateTimeOffset now)
    {
        RefuseWhenArchived("remove_image");
        if (Images.All(image => image.Url != url))
        {
            return [];
        }

        return PrimaryImage == url && FirstOf(Without(url)) is { } next
            ? [new ProductImageRemoved(Id, url, now), new ProductPrimaryImageSet(Id, next.Url, now)]
            : [new ProductImageRemoved(Id, url, now)];
    }

    public ProductEvent[] SetPrimaryImage(string url, DateTimeOffset now)
    {
        RefuseWhenArchived("set_primary_image");
        Check.That(Images.Any(image => image.Url == url), CatalogErrors.ImageNotFound);
        return PrimaryImage == url ? [] : [new ProductPrimaryImageSet(Id, url, now)];
    }

    /// <summary>Errors: illegal_transition, duplicate_option_group (409), too_many_option_groups (422).</summary>
    /// <param name="groups">All of them from now on.</param>
    /// <param name="now">From when they are asked for.</param>
    public ProductEvent[] SetOptionGroups(OptionGroupId[] groups, DateTimeOffset now)
    {
        RefuseWhenArchived("set_option_groups");
        Check.That(groups.Length <= MaxOptionGroups, CatalogErrors.TooManyOptionGroups);
        Check.That(groups.Distinct().Count() == groups.Length, CatalogErrors.DuplicateOptionGroup);
        return groups.SequenceEqual(OptionGroups) ? [] : [new ProductOptionGroupsSet(Id, groups, now)];
    }

    /// <summary>In place of what it was called in that language. Rejects as <see cref="SetTranslations"/> does.</summary>
    public ProductEvent[] Translate(Translation wanted, DateTimeOffset now) => SetTranslations(Translation.With(Translations, wanted), now);

    public ProductEvent[] RemoveTranslation(string locale, DateTimeOffset now) => SetTranslations(Translation.Removed(Translations, locale), now);

    /// <summary>These and no others. Rejects <c>locale_invalid</c>, <c>name_invalid</c>, <c>description_too_long</c>, <c>duplicate_translation</c> and <c>too_many_translations</c>.</summary>
    public ProductEvent[] SetTranslations(Translation[] wanted, DateTimeOffset now)
    {
        RefuseWhenArchived("translate");
        var (gone, said) = Translation.Changes(Translations, wanted);
        return [.. gone.Select(translation => new ProductTranslationRemoved(Id, translation.Locale, now)), .. said.Select(translation => new ProductTranslated(Id, translation, now))];
    }

    public ProductEvent[] Publish(DateTimeOffset now)
    {
        RefuseWhenArchived("publish");
        Check.That(Variants.Length > 0, CatalogErrors.NoVariant);
        return Status == ProductStatus.Published ? [] : [new ProductPublished(Id, now)];
    }

    public ProductEvent[] Unpublish(DateTimeOffset now) => Status switch
    {
        ProductStatus.Published => [new ProductUnpublished(Id, now)],
        ProductStatus.Unpublished => [],
        ProductStatus.Draft => throw new DomainException(DomainError.IllegalTransition("The product", "draft", "unpublish", "publish", "archive")),
        ProductStatus.Archived => throw Archived("unpublish"),
    };

    public ProductEvent[] Archive(DateTimeOffset now) => Status == ProductStatus.Archived ? [] : [new ProductArchived(Id, now)];

    public ProductEvent[] Restore(DateTimeOffset now) => Status == ProductStatus.Archived ? [new ProductRestored(Id, now)] : [];

    public Variant? Find(VariantId variantId) => Array.Find(Variants, variant => variant.Id == variantId);

    public static Product Evolve(Product? product, ProductEvent e) => (product, e) switch
    {
        (null, ProductCreated created) => new(created.ProductId, ProductStatus.Draft, created.Details, created.Variants, created.Images, created.PrimaryImage),
        ({ }, ProductDetailsChanged changed) => product with { Details = changed.Details },
        ({ }, ProductPriceChanged changed) => product.With(changed.VariantId, variant => variant with { Price = changed.Price, CompareAtPrice = changed.CompareAtPrice }),
        ({ }, ProductCostChanged changed) => product.With(changed.VariantId, variant => variant with { Cost = changed.Cost }),
        ({ }, ProductVariantAdded added) => product with { Variants = [.. product.Variants, added.Variant] },
        ({ }, ProductVariantChanged changed) => product.With(changed.VariantId, variant => variant with { Details = changed.Details }),
        ({ }, ProductVariantRemoved removed) => product with
        {
            Variants = [.. product.Variants.Where(variant => variant.Id != removed.VariantId)],
            RemovedVariants = [.. product.RemovedVariants, removed.VariantId],
        },
        ({ }, ProductImageAdded added) => product with { Images = [.. product.Images, added.Image] },
        ({ }, ProductImageChanged changed) => product with { Images = [.. product.Images.Select(image => image.Url == changed.Image.Url ? changed.Image : image)] },
        ({ }, ProductImageRemoved removed) => product with { Images = product.Without(removed.Url), PrimaryImage = product.PrimaryImage == removed.Url ? null : product.PrimaryImage },
        ({ }, ProductPrimaryImageSet set) => product with { PrimaryImage = set.Url },
        ({ }, ProductOptionGroupsSet set) => product with { OptionGroups = set.OptionGroups },
        ({ }, ProductTranslated translated) => product with { Translations = Translation.With(product.Translations, translated.Translation) },
        ({ }, ProductTranslationRemoved removed) => product with { Translations = Translation.Without(product.Translations, removed.Locale) },
        ({ }, ProductPublished) => product with { Status = ProductStatus.Published },
        ({ }, ProductUnpublished or ProductRestored) => product with { Status = ProductStatus.Unpublished },
        ({ }, ProductArchived) => product with { Status = ProductStatus.Archived },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {product?.Status.ToString() ?? "an empty stream"}."),
    };

    internal static ProductImage? FirstOf(ProductImage[] images) => images.MinBy(image => image.Position);

    /// <summary>One event for each kind of difference between two states of a variant.</summary>
    internal ProductEvent[] Changes(Variant from, Variant to, DateTimeOffset now)
    {
        var events = new List<ProductEvent>();
        if (!to.Details.SameAs(from.Details))
        {
            events.Add(new ProductVariantChanged(Id, from.Id, to.Details, now));
        }

        if (to.Price != from.Price || to.CompareAtPrice != from.CompareAtPrice)
        {
            events.Add(new ProductPriceChanged(Id, from.Id, to.Price, to.CompareAtPrice, now));
        }

        if (to.Cost != from.Cost)
        {
            events.Add(new ProductCostChanged(Id, from.Id, to.Cost, now));
        }

        return [.. events];
    }

    private ProductEvent[] Change(VariantId variantId, Func<Variant, Variant> change, DateTimeOffset now)
    {
        RefuseWhenArchived("change_variant");
        var present = Find(variantId) ?? throw new DomainException(CatalogErrors.VariantNotFound);
        var changed = change(present);
        ProductRules.Validate([.. Variants.Select(variant => variant.Id == variantId ? changed : variant)]);
        return Changes(present, changed, now);
    }

    private ProductImage[] Without(string url) => [.. Images.Where(image => image.Url != url)];

    private Product With(VariantId variantId, Func<Variant, Variant> change) =>
        this with { Variants = [.. Variants.Select(variant => variant.Id == variantId ? change(variant) : variant)] };

    private void RefuseWhenArchived(string step)
    {
        if (Status == ProductStatus.Archived)
        {
            throw Archived(step);
        }
    }

    private static DomainException Archived(string step) => new(DomainError.IllegalTransition("The product", "archived", step, "restore"));
}
