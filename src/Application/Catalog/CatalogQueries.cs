using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;

namespace Mainstreet.Application.Catalog;

/// <summary>A product with its category, as lists show it.</summary>
public sealed record CatalogProduct(
    ProductId Id,
    ProductStatus Status,
    string Handle,
    string Name,
    string NameKey,
    string? Description,
    string? Vendor,
    CategoryId? CategoryId,
    string? CategoryName,
    string? CategorySlug,
    Translation[]? CategoryTranslations,
    string[] Tags,
    int? PreparationMinutes,
    Money? MinPrice,
    Money? MaxPrice,
    Variant[] Variants,
    ProductImage[] Images,
    string? PrimaryImage,
    OptionGroupId[] OptionGroups,
    Translation[] Translations,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int Version);

/// <summary>What the queries of this feature share.</summary>
internal static class CatalogQueries
{
    public const int MaxSearchLength = 200;

    /// <summary>Products p with their categories c.</summary>
    public const string Products =
        "select p.*, c.name as category_name, c.slug as category_slug, c.translations as category_translations from rm.products p left join rm.categories c on c.id = p.category_id";

    /// <summary>A category, by id or slug, and all below it; comes before the select.</summary>
    public const string Shelf = """
        with recursive shelf as (
          select id from rm.categories where slug = @category or id::text = @category
          union select below.id from rm.categories below join shelf on below.parent_id = shelf.id)
        """;

    public const string OnShelf = "(@category::text is null or p.category_id in (select id from shelf))";

    /// <summary>Every word stands somewhere in the product or in the name of its category.</summary>
    public const string HasWords = "not exists (select from unnest(@words) as w (word) where strpos(concat_ws(' ', p.search_text, c.search_text), w.word) = 0)";

    /// <summary>Ids are compared as PostgreSQL writes them.</summary>
    public static string? ShelfOf(string? category) => category?.ToLowerInvariant();
}
