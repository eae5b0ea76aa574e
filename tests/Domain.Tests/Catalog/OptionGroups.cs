using Mainstreet.Domain.Catalog;
using static Mainstreet.Domain.Tests.Catalog.ProductSamples;

namespace Mainstreet.Domain.Tests.Catalog;

/// <summary>CAT-11: what is chosen with a product, and how much of it.</summary>
public class OptionGroups
{
    internal static readonly OptionGroupId Toppings = new(Uuid.Named("toppings"));
    internal static readonly ChoiceId Cheese = new(Uuid.Named("cheese"));
    internal static readonly ChoiceId Bacon = new(Uuid.Named("bacon"));

    /// <summary>Up to three, cheese twice at most.</summary>
    internal static OptionGroupDetails Details { get; } = new("Toppings", 0, 3, [new(Cheese, "Cheese", Eur(150), Limit: 2), new(Bacon, "Bacon", Eur(200), Default: true)]);

    private static OptionGroupCreated Created => new(Toppings, Details, Monday);

    private static OptionGroupChoiceAvailabilityChanged SoldOut => new(Toppings, Bacon, Available: false, Monday);

    private static OptionGroupArchived Archived => new(Toppings, Monday);

    internal static OptionGroupEvent[][] Streams => [[Created, SoldOut, new OptionGroupChanged(Toppings, Details with { Name = "On top", MinSelections = 1 }, Monday), Archived]];

    [Fact]
    public void A_group_says_what_and_how_much_is_chosen() =>
        new Spec<OptionGroup, OptionGroupEvent>().WhenNew(() => OptionGroup.Create(Toppings, Details, Monday)).Then(Created).Find(Cheese)!.Limit.ShouldBe(2);

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(2, 1)]
    [InlineData(0, 0)]
    [InlineData(0, 101)]
    public void The_least_is_not_more_than_the_most(int min, int max) => Refused(Details with { MinSelections = min, MaxSelections = max }, "selections_invalid");

    [Fact]
    public void A_group_that_nobody_could_choose_from_is_refused()
    {
        var (cheese, bacon) = (Details.Choices[0], Details.Choices[1]);
        Refused(With(), "choice_count");
        Refused(With([.. Enumerable.Range(0, 101).Select(i => new OptionChoice(new(Uuid.Named($"{i}")), $"{i}", Eur(0)))]), "choice_count");
        Refused(With(cheese with { Limit = 0 }), "selections_invalid");
        Refused(With(cheese with { Limit = 101 }), "selections_invalid");
        Refused(With(cheese with { Price = Eur(-1) }), "price_invalid");
        Refused(With(cheese with { Price = Eur(Product.MaxPrice + 1) }), "price_invalid");
        Refused(With(cheese with { Price = new(1, "XXX") }), "currency_unknown");
        Refused(With(cheese with { Name = " " }), "name_invalid");
        Refused(Details with { Name = new('x', 201) }, "name_invalid");
        Refused(With(cheese, bacon with { Id = Cheese }), "duplicate_choice");
        Refused(With(cheese, bacon with { Name = "Cheese" }), "duplicate_choice");
        Refused(With(cheese, bacon) with { MinSelections = 4, MaxSelections = 4 }, "selections_unreachable");
        Refused(With(cheese with { Default = true }, bacon) with { MaxSelections = 1 }, "too_many_defaults");

        static OptionGroupDetails With(params OptionChoice[] choices) => Details with { Choices = choices };
    }

    [Fact]
    public void What_changes_is_told_as_a_whole_and_only_then()
    {
        var dearer = Details with { Choices = [Details.Choices[0] with { Price = Eur(180) }, Details.Choices[1]] };
        When(g => g.Change(dearer, Monday)).Then(new OptionGroupChanged(Toppings, dearer, Monday)).Find(Cheese)!.Price.ShouldBe(Eur(180));
        When(g => g.Change(Details with { Choices = [.. Details.Choices] }, Monday)).ThenNothing();
        When(g => g.Change(Details with { MinSelections = 4 }, Monday)).ThenRejected("selections_invalid");
    }

    [Fact]
    public void A_choice_is_sold_out_and_there_again()
    {
        When(g => g.SetAvailability(Bacon, available: false, Monday)).Then(SoldOut).Find(Bacon)!.Available.ShouldBeFalse();
        When(g => g.SetAvailability(Bacon, available: true, Monday)).ThenNothing();
        When(g => g.SetAvailability(Bacon, available: true, Monday), SoldOut).Then(SoldOut with { Available = true }).Find(Bacon)!.Available.ShouldBeTrue();
        When(g => g.SetAvailability(new(Guid.NewGuid()), available: true, Monday)).ThenRejected("not_found");
    }

    [Fact]
    public void What_is_archived_stays_as_it_is()
    {
        When(g => g.Archive(Monday)).Then(Archived).Archived.ShouldBeTrue();
        When(g => g.Archive(Monday), Archived).ThenNothing();
        When(g => g.Change(Details with { Name = "More" }, Monday), Archived).ThenRejected("illegal_transition");
        When(g => g.SetAvailability(Bacon, available: false, Monday), Archived).ThenRejected("illegal_transition");
    }

    [Fact]
    public void A_product_names_its_groups_in_order()
    {
        var (sauces, set) = (new OptionGroupId(Uuid.Named("sauces")), new ProductOptionGroupsSet(Shirt, [Toppings], Monday));
        Product(p => p.SetOptionGroups([sauces, Toppings], Monday)).Then(new ProductOptionGroupsSet(Shirt, [sauces, Toppings], Monday)).OptionGroups.ShouldBe([sauces, Toppings]);
        Product(p => p.SetOptionGroups([], Monday)).ThenNothing();
        Product(p => p.SetOptionGroups([Toppings], Monday), set).ThenNothing();
        Product(p => p.SetOptionGroups([], Monday), set).Then(set with { OptionGroups = [] }).OptionGroups.ShouldBeEmpty();
        Product(p => p.SetOptionGroups([Toppings, Toppings], Monday)).ThenRejected("duplicate_option_group");
        Product(p => p.SetOptionGroups([.. Enumerable.Range(0, 21).Select(i => new OptionGroupId(Uuid.Named($"{i}")))], Monday)).ThenRejected("too_many_option_groups");
        Product(p => p.SetOptionGroups([Toppings], Monday), new ProductArchived(Shirt, Monday)).ThenRejected("illegal_transition");

        static Spec<Product, ProductEvent> Product(Func<Product, ProductEvent[]> decide, params ProductEvent[] more) =>
            new Spec<Product, ProductEvent>().Given([.. Created(), .. more]).When(decide);

        static ProductEvent[] Created() => ProductSamples.Created();
    }

    private static void Refused(OptionGroupDetails details, string code)
    {
        new Spec<OptionGroup, OptionGroupEvent>().WhenNew(() => OptionGroup.Create(Toppings, details, Monday)).ThenRejected(code);
        When(g => g.Change(details, Monday)).ThenRejected(code);
    }

    private static Spec<OptionGroup, OptionGroupEvent> When(Func<OptionGroup, OptionGroupEvent[]> decide, params OptionGroupEvent[] more) =>
        new Spec<OptionGroup, OptionGroupEvent>().Given([Created, .. more]).When(decide);
}
