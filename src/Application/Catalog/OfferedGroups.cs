using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;

namespace Mainstreet.Application.Catalog;

/// <summary>The option groups of what is bought. Most products have none, and nothing is read for them.</summary>
internal static class OfferedGroups
{
    /// <summary>As they are shown: this view is never behind.</summary>
    /// <param name="reads">Where it is.</param>
    /// <param name="ids">Those that products name.</param>
    /// <param name="cancellationToken">Of the read.</param>
    public static async Task<Func<OptionGroupId, OptionGroup>> OptionGroups(this IReadStore reads, IEnumerable<OptionGroupId> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.Select(id => id.Value).Distinct().ToArray();
        if (wanted.Length == 0)
        {
            return OrMoved(_ => null);
        }

        var rows = await reads.List<OptionGroupView>("select * from rm.option_groups where id = any (@wanted)", new { wanted }, cancellationToken);
        return OrMoved(rows.ToDictionary(row => row.Id, row => row.State!).GetValueOrDefault);
    }

    /// <summary>What customers choose from with each of the products.</summary>
    public static async Task<Func<CatalogProduct, IReadOnlyList<OptionGroup>>> Of(IReadStore reads, IReadOnlyCollection<CatalogProduct> products, CancellationToken cancellationToken)
    {
        var find = await reads.OptionGroups(products.SelectMany(product => product.OptionGroups), cancellationToken);
        return product => [.. product.OptionGroups.Select(find).Where(group => !group.Archived)];
    }

    /// <summary>As they are in the lane, where those that the products were known to name are loaded.</summary>
    public static Func<OptionGroupId, OptionGroup> OptionGroups(this ILaneLog log) => OrMoved(log.LoadedGroups());

    /// <summary>The same; null for one that is not.</summary>
    public static Func<OptionGroupId, OptionGroup?> LoadedGroups(this ILaneLog log)
    {
        Dictionary<OptionGroupId, OptionGroup>? known = null;
        return id => (known ??= log.All<OptionGroup>().ToDictionary(group => group.Id)).GetValueOrDefault(id);
    }

    /// <summary>Errors: conflict (409) where a product came to name another group while it was being bought.</summary>
    public static Func<OptionGroupId, OptionGroup> OrMoved(Func<OptionGroupId, OptionGroup?> find) => id => find(id) ?? throw new DomainException(CatalogErrors.OptionGroupsMoved);
}
