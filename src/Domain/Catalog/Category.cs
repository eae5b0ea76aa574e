using Mainstreet.Domain.Businesses;

namespace Mainstreet.Domain.Catalog;

/// <summary>A shelf of the catalogue, possibly below another. Its slug is unique per business. Requirement CAT-02.</summary>
/// <param name="TaxRatePercent">Of what stands on it and below it; null: that of the category above, else the business's.</param>
public sealed record Category(
    CategoryId Id, CategoryId? ParentId, string Name, string Slug, int DisplayOrder, bool Active, decimal? TaxRatePercent = null) : IAggregate<Category, CategoryEvent>
{
    /// <summary>How many categories may stand one below the other.</summary>
    public const int MaxDepth = 10;

    public Translation[] Translations { get; init; } = [];

    /// <summary>Null: none.</summary>
    public CategoryImage? Image { get; init; }

    public static CategoryEvent[] Create(
        CategoryId id, CategoryId? parentId, string name, string slug, int displayOrder, CategoryTree tree, DateTimeOffset now)
    {
        Validate(name, slug);
        tree.RefuseUnlessFits(id, parentId);
        return [new CategoryCreated(id, parentId, name, slug, displayOrder, now)];
    }

    public CategoryEvent[] Rename(string name, string slug, DateTimeOffset now)
    {
        Validate(name, slug);
        return (name, slug) == (Name, Slug) ? [] : [new CategoryRenamed(Id, name, slug, now)];
    }

    public CategoryEvent[] Move(CategoryId? parentId, int displayOrder, CategoryTree tree, DateTimeOffset now)
    {
        tree.RefuseUnlessFits(Id, parentId);
        return (parentId, displayOrder) == (ParentId, DisplayOrder) ? [] : [new CategoryMoved(Id, parentId, displayOrder, now)];
    }

    public CategoryEvent[] Activate(DateTimeOffset now) => Active ? [] : [new CategoryActivated(Id, now)];

    public CategoryEvent[] Deactivate(DateTimeOffset now) => Active ? [new CategoryDeactivated(Id, now)] : [];

    /// <summary>In place of what it was called in that language. Rejects as <see cref="SetTranslations"/> does.</summary>
    public CategoryEvent[] Translate(string locale, string name, DateTimeOffset now) => SetTranslations(Translation.With(Translations, new(locale, name)), now);

    public CategoryEvent[] RemoveTranslation(string locale, DateTimeOffset now) => SetTranslations(Translation.Removed(Translations, locale), now);

    /// <summary>These and no others. Rejects <c>locale_invalid</c>, <c>name_invalid</c>, <c>duplicate_translation</c> and <c>too_many_translations</c>.</summary>
    public CategoryEvent[] SetTranslations(Translation[] wanted, DateTimeOffset now)
    {
        var (gone, said) = Translation.Changes(Translations, wanted);
        return
        [
            .. gone.Select(translation => new CategoryTranslationRemoved(Id, translation.Locale, now)),
            .. said.Select(translation => new CategoryTranslated(Id, translation.Locale, translation.Name, now)),
        ];
    }

    /// <summary>In place of the one that stands for it (CAT-02, CAT-03). Rejects <c>image_invalid</c>.</summary>
    public CategoryEvent[] SetImage(CategoryImage image, DateTimeOffset now)
    {
        Check.That(Check.IsWebAddress(image.Url) && Check.IsOptionalText(image.Alt, 500), CatalogErrors.CategoryImageInvalid);
        return image == Image ? [] : [new CategoryImageSet(Id, image, now)];
    }

    public CategoryEvent[] RemoveImage(DateTimeOffset now) => Image is null ? [] : [new CategoryImageRemoved(Id, Image.Url, now)];

    /// <summary>Whoever appends it has the <see cref="TaxTable"/> follow. Errors: tax_rate_invalid (400).</summary>
    /// <param name="percent">0 to 100; null: as above.</param>
    /// <param name="now">From when it holds.</param>
    public CategoryEvent[] SetTaxRate(decimal? percent, DateTimeOffset now)
    {
        Check.That(percent is null || BusinessSettings.IsTaxRate(percent.Value), BusinessErrors.TaxRateInvalid);
        return percent == TaxRatePercent ? [] : [new CategoryTaxRateChanged(Id, percent, now)];
    }

    public static Category Evolve(Category? category, CategoryEvent e) => (category, e) switch
    {
        (null, CategoryCreated created) => new(created.CategoryId, created.ParentId, created.Name, created.Slug, created.DisplayOrder, Active: true),
        ({ }, CategoryRenamed renamed) => category with { Name = renamed.Name, Slug = renamed.Slug },
        ({ }, CategoryMoved moved) => category with { ParentId = moved.ParentId, DisplayOrder = moved.DisplayOrder },
        ({ }, CategoryTaxRateChanged changed) => category with { TaxRatePercent = changed.TaxRatePercent },
        ({ }, CategoryTranslated translated) => category with { Translations = Translation.With(category.Translations, new(translated.Locale, translated.Name)) },
        ({ }, CategoryTranslationRemoved removed) => category with { Translations = Translation.Without(category.Translations, removed.Locale) },
        ({ }, CategoryImageSet set) => category with { Image = set.Image },
        ({ }, CategoryImageRemoved) => category with { Image = null },
        ({ }, CategoryActivated) => category with { Active = true },
        ({ }, CategoryDeactivated) => category with { Active = false },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(category is null ? "an empty stream" : category.Name)}."),
    };

    private static void Validate(string name, string slug)
    {
        Check.That(Check.IsText(name, 200), CatalogErrors.NameInvalid);
        Check.That(Check.IsSlug(slug), CatalogErrors.SlugInvalid);
    }
}
