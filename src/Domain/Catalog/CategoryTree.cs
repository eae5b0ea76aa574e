namespace Mainstreet.Domain.Catalog;

/// <summary>All categories of a business as they stand, to see where one may be put.</summary>
public sealed class CategoryTree(IEnumerable<Category> categories)
{
    private readonly Dictionary<CategoryId, CategoryId?> parents = categories.ToDictionary(category => category.Id, category => category.ParentId);
    private readonly Dictionary<CategoryId, decimal> rates =
        categories.Where(category => category.TaxRatePercent is not null).ToDictionary(category => category.Id, category => category.TaxRatePercent!.Value);

    public static CategoryTree Empty { get; } = new([]);

    /// <summary>The category and those above it; nothing for none.</summary>
    public IEnumerable<CategoryId> PathTo(CategoryId? id)
    {
        for (var at = id; at is { } category && parents.TryGetValue(category, out var above); at = above)
        {
            yield return category;
        }
    }

    /// <summary>The tax of each category for which there is one: its own, else that of the nearest above it. Sorted, so that the same are equal.</summary>
    public CategoryRate[] Rates() =>
    [
        .. from id in parents.Keys
           from nearest in PathTo(id).Where(rates.ContainsKey).Take(1)
           orderby id.Value
           select new CategoryRate(id, rates[nearest]),
    ];

    /// <summary>
    /// Refuses a place below itself, or one that makes the tree deeper than <see cref="Category.MaxDepth"/>. Errors: not_found
    /// (404) for an unknown parent, category_cycle, category_too_deep (422).
    /// </summary>
    internal void RefuseUnlessFits(CategoryId id, CategoryId? parentId)
    {
        var depth = 0;
        for (var above = parentId; above is { } parent; above = parents[parent])
        {
            Check.That(parent != id, CatalogErrors.CategoryCycle);
            Check.That(parents.ContainsKey(parent), CatalogErrors.CategoryNotFound);
            depth++;
        }

        Check.That(depth + HeightOf(id) <= Category.MaxDepth, CatalogErrors.CategoryTooDeep);
    }

    /// <summary>1 for a category with none below it.</summary>
    private int HeightOf(CategoryId id)
    {
        var height = 0;
        for (HashSet<CategoryId?> level = [id]; level.Count > 0; height++)
        {
            level = [.. parents.Where(entry => level.Contains(entry.Value) && entry.Value is not null).Select(entry => (CategoryId?)entry.Key)];
        }

        return height;
    }
}
