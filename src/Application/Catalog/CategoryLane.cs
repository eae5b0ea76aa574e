using Mainstreet.Domain.Catalog;

namespace Mainstreet.Application.Catalog;

/// <summary>
/// Where a category may stand, and what it is taxed at, is decided on the whole tree as it is in the lane: nothing may be missing that was
/// created while a command waited for it.
/// </summary>
internal static class CategoryLane
{
    public static LaneStreams AllCategories(this LaneStreams streams) =>
        streams.Of<TaxTable>(TaxTable.Stream).In<Category>("select id from rm.categories", new { });

    /// <summary>After what was appended to categories, where all of them are in the lane.</summary>
    public static void FollowTaxes(this ILaneLog log, DateTimeOffset now) => log.Append<TaxTable, TaxTableEvent>(
        TaxTable.Stream, TaxTable.Follow(log.Find<TaxTable>(TaxTable.Stream), new CategoryTree(log.All<Category>()), now));
}
