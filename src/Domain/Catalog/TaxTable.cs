using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Catalog;

public abstract record TaxTableEvent : IEvent;

/// <param name="Rates">All of them from now on.</param>
[EventType("tax_table.changed.v1", Internal = true)]
public sealed record TaxTableChanged(CategoryRate[] Rates, DateTimeOffset At) : TaxTableEvent;

/// <summary>What a category is taxed at, by itself or by one above it.</summary>
public sealed record CategoryRate(CategoryId CategoryId, decimal RatePercent);

/// <summary>
/// The taxes of all categories of a business, each with the rate that holds for it. It follows the categories in the commits that change them,
/// so that a checkout needs this stream and not the tree. There is one at most, and none where no category ever had a rate.
/// </summary>
public sealed record TaxTable(CategoryRate[] Rates) : IAggregate<TaxTable, TaxTableEvent>, ISnapshotted
{
    public static readonly Guid Stream = Uuid.Named("tax_table");

    public static int SnapshotVersion => 1;

    /// <summary>Brings the table to what the categories say now; nothing where it says so already.</summary>
    /// <param name="present">Null: there has never been one.</param>
    /// <param name="categories">All of the business.</param>
    /// <param name="now">From when it holds.</param>
    public static TaxTableEvent[] Follow(TaxTable? present, CategoryTree categories, DateTimeOffset now)
    {
        var rates = categories.Rates();
        return rates.SequenceEqual(present?.Rates ?? []) ? [] : [new TaxTableChanged(rates, now)];
    }

    /// <summary>
    /// What a variant is taxed at: nothing where it is not taxable, else the rate of its product's category, else the business's. A product has one
    /// category at most, so there is never a choice.
    /// </summary>
    public static decimal RateOf(TaxTable? table, Product product, Variant variant, decimal businessRate) =>
        variant.Details.Taxable ? table?.RateOf(product.Details.CategoryId) ?? businessRate : 0;

    public static TaxTable Evolve(TaxTable? state, TaxTableEvent e) => e switch
    {
        TaxTableChanged changed => new(changed.Rates),
        _ => throw new InvalidOperationException($"{e.GetType().Name} is none of a tax table's."),
    };

    private decimal? RateOf(CategoryId? category) => Array.Find(Rates, rate => rate.CategoryId == category)?.RatePercent;
}

[JsonSerializable(typeof(TaxTable))]
[JsonSerializable(typeof(TaxTableChanged))]
internal sealed partial class TaxTableJson : JsonSerializerContext;
