using Mainstreet.Domain.Catalog;
using static Mainstreet.Domain.Tests.Catalog.ProductSamples;

namespace Mainstreet.Domain.Tests.Catalog;

/// <summary>Drinks are taxed at 17%, and among them medicine not at all; what stands elsewhere as the business says.</summary>
public class TaxingCategories
{
    private static readonly CategoryId Drinks = new(Uuid.Named("drinks"));
    private static readonly CategoryId Teas = new(Uuid.Named("teas"));
    private static readonly CategoryId Medicine = new(Uuid.Named("medicine"));
    private static readonly CategoryId Food = new(Uuid.Named("food"));

    private static readonly Category[] shelves =
        [Shelf(Drinks, null, 17), Shelf(Teas, Drinks), Shelf(Medicine, Teas, 0), Shelf(Food, null)];

    public static TaxTableEvent[][] Tables => [[new TaxTableChanged([new(new(Uuid.Named("drinks")), 17), new(new(Uuid.Named("medicine")), 0)], Monday)]];

    [Fact]
    public void A_category_has_a_rate_or_none()
    {
        When(c => c.SetTaxRate(7.125m, Monday)).Then(new CategoryTaxRateChanged(Food, 7.125m, Monday)).TaxRatePercent.ShouldBe(7.125m);
        When(c => c.SetTaxRate(0, Monday)).Then(new CategoryTaxRateChanged(Food, 0, Monday));
        When(c => c.SetTaxRate(null, Monday)).ThenNothing();
        new Spec<Category, CategoryEvent>().Given(Created, new CategoryTaxRateChanged(Food, 7, Monday)).When(c => c.SetTaxRate(7, Monday)).ThenNothing();
        new Spec<Category, CategoryEvent>().Given(Created, new CategoryTaxRateChanged(Food, 7, Monday)).When(c => c.SetTaxRate(null, Monday))
            .Then(new CategoryTaxRateChanged(Food, null, Monday)).TaxRatePercent.ShouldBeNull();
    }

    [Theory]
    [InlineData(-0.001)]
    [InlineData(100.001)]
    [InlineData(7.0001)]
    public void A_rate_is_a_part_of_a_hundred(double percent) => When(c => c.SetTaxRate((decimal)percent, Monday)).ThenRejected("tax_rate_invalid");

    [Fact]
    public void The_nearest_rate_holds_the_business_has_the_last_word_and_nothing_is_not_none()
    {
        var table = Table(shelves);
        (Rate(table, Drinks), Rate(table, Teas), Rate(table, Medicine), Rate(table, Food), Rate(table, null)).ShouldBe((17, 17, 0, 19, 19));
        Rate(null, Drinks).ShouldBe(19);
        var variant = Thing(Drinks).Variants[0];
        TaxTable.RateOf(table, Thing(Drinks), variant with { Details = variant.Details with { Taxable = false } }, 19).ShouldBe(0);
    }

    [Fact]
    public void The_table_follows_whatever_changes_in_the_tree()
    {
        var table = Table(shelves);
        TaxTable.Follow(table, new(shelves.Reverse()), Monday).ShouldBeEmpty();
        Rate(Followed(Shelf(Drinks, null, 8)), Teas).ShouldBe(8);
        Rate(Followed(Shelf(Drinks, null)), Teas).ShouldBe(19);
        Rate(Followed(Shelf(Teas, Food)), Teas).ShouldBe(19);
        Rate(Followed(Shelf(Teas, Food)), Medicine).ShouldBe(0);
        Rate(Followed(Shelf(Food, Teas)), Food).ShouldBe(17);

        TaxTable Followed(Category changed) =>
            TaxTable.Evolve(table, TaxTable.Follow(table, new([.. shelves.Where(shelf => shelf.Id != changed.Id), changed]), Monday).ShouldHaveSingleItem());
    }

    [Fact]
    public void Where_no_category_has_a_rate_there_is_no_table() =>
        TaxTable.Follow(null, new([Shelf(Food, null), Shelf(Teas, Food)]), Monday).ShouldBeEmpty();

    private static CategoryCreated Created => new(Food, null, "Food", "food", 1, Monday);

    private static Spec<Category, CategoryEvent> When(Func<Category, CategoryEvent[]> decide) => new Spec<Category, CategoryEvent>().Given(Created).When(decide);

    private static Category Shelf(CategoryId id, CategoryId? parent, decimal? rate = null) => new(id, parent, "Shelf", "shelf", 0, Active: true, rate);

    private static TaxTable Table(Category[] categories) => TaxTable.Evolve(null, TaxTable.Follow(null, new(categories), Monday).ShouldHaveSingleItem());

    private static decimal Rate(TaxTable? table, CategoryId? category) => TaxTable.RateOf(table, Thing(category), Thing(category).Variants[0], businessRate: 19);

    private static Product Thing(CategoryId? category)
    {
        var product = Streams[0].Aggregate((Product?)null, Product.Evolve)!;
        return product with { Details = product.Details with { CategoryId = category } };
    }
}
