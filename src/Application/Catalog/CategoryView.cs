using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;

namespace Mainstreet.Application.Catalog;

/// <summary>One row per category.</summary>
public sealed record CategoryView(
    [property: Key] CategoryId Id,
    CategoryId? ParentId,
    string Name,
    string Slug,
    int DisplayOrder,
    bool Active,
    decimal? TaxRatePercent,
    Translation[] Translations,
    CategoryImage? Image,
    [property: NotShown] string SearchText,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int Version)
{
    internal Category? State => Version == 0 ? null : new(Id, ParentId, Name, Slug, DisplayOrder, Active, TaxRatePercent) { Translations = Translations, Image = Image };

    internal static CategoryView None(CategoryId id) => new(id, null, "", "", 0, Active: false, null, [], null, "", default, default, Version: 0);

    internal CategoryView After(CategoryEvent e, DateTimeOffset at, int version)
    {
        var category = Category.Evolve(State, e);
        return new(
            category.Id, category.ParentId, category.Name, category.Slug, category.DisplayOrder, category.Active, category.TaxRatePercent,
            category.Translations, category.Image, Application.SearchText.Of([category.Name, .. category.Translations.Select(translation => translation.Name)]), Version == 0 ? at : CreatedAt, at, version);
    }
}

public sealed class CategoriesProjection : Projection<CategoryView>
{
    public CategoriesProjection() : base("categories", version: 4, inline: true)
    {
        Unique(CatalogErrors.SlugTaken, where: null, "slug");
        Follow<CategoryCreated>(e => e.At);
        Follow<CategoryRenamed>(e => e.At);
        Follow<CategoryMoved>(e => e.At);
        Follow<CategoryActivated>(e => e.At);
        Follow<CategoryDeactivated>(e => e.At);
        Follow<CategoryTaxRateChanged>(e => e.At);
        Follow<CategoryTranslated>(e => e.At);
        Follow<CategoryTranslationRemoved>(e => e.At);
        Follow<CategoryImageSet>(e => e.At);
        Follow<CategoryImageRemoved>(e => e.At);
    }

    private void Follow<TEvent>(Func<TEvent, DateTimeOffset> at) where TEvent : CategoryEvent => On<TEvent>(
        (_, context) => CategoryView.None(new(context.StreamId)),
        (view, e, context) => view.After(e, at(e), context.Version));
}
