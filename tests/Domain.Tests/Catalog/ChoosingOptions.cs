using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Orders;
using static Mainstreet.Domain.Tests.Catalog.OptionGroups;
using static Mainstreet.Domain.Tests.Catalog.ProductSamples;

namespace Mainstreet.Domain.Tests.Catalog;

/// <summary>A burger is done in one of two ways, and has up to three toppings, of which cheese twice.</summary>
public class ChoosingOptions
{
    private static readonly OptionGroupId Doneness = new(Uuid.Named("doneness"));
    private static readonly ChoiceId Rare = new(Uuid.Named("rare"));
    private static readonly ChoiceId Done = new(Uuid.Named("done"));

    private static readonly OptionGroup toppings = new(Toppings, OptionGroups.Details, Archived: false);
    private static readonly OptionGroup doneness = new(Doneness, new("Doneness", 1, 1, [new(Rare, "Rare", Eur(0)), new(Done, "Well done", Eur(0))]), Archived: false);

    [Fact]
    public void What_is_chosen_is_named_and_priced_in_the_order_of_the_menu()
    {
        var chosen = Menu().Choose([Take(Bacon), Take(Cheese, 2), Take(Rare)]);
        chosen.Faults.ShouldBeEmpty();
        chosen.Choices.ShouldBe(
        [
            new(Rare, Doneness, "Doneness", "Rare", 1, Eur(0)), new(Cheese, Toppings, "Toppings", "Cheese", 2, Eur(150)), new(Bacon, Toppings, "Toppings", "Bacon", 1, Eur(200)),
        ]);
        LineChoice.Added(Eur(990), chosen.Choices).ShouldBe(Eur(990 + 300 + 200));
        LineChoice.Added(Eur(990), null).ShouldBe(Eur(990));
    }

    [Fact]
    public void Every_fault_has_its_place()
    {
        Faults(Menu()).ShouldBe(["/choices too_few_choices"]);
        Faults(Menu(), Take(Rare), Take(Done)).ShouldBe(["/choices too_many_choices"]);
        Faults(Menu(), Take(Rare), Take(Cheese, 3)).ShouldBe(["/choices/1/quantity choice_limit_exceeded"]);
        Faults(Menu(), Take(Rare), Take(Cheese, 0)).ShouldBe(["/choices/1/quantity choice_limit_exceeded"]);
        Faults(Menu(), Take(Rare), Take(Cheese, 2), Take(Bacon, 2)).ShouldBe(["/choices/2/quantity choice_limit_exceeded", "/choices too_many_choices"]);
        Faults(Menu(), Take(Rare), Take(Cheese), Take(Cheese)).ShouldBe(["/choices/2/choice_id choice_repeated"]);
        Faults(Menu(), Take(Rare), Take(new(Guid.NewGuid()))).ShouldBe(["/choices/1/choice_id choice_unknown"]);
        Faults(Menu(SoldOut(toppings, Bacon)), Take(Bacon), Take(Rare)).ShouldBe(["/choices/0/choice_id choice_not_available"]);
        Faults(Menu(SoldOut(toppings, Bacon)), Take(Cheese), Take(Rare)).ShouldBeEmpty();
    }

    [Fact]
    public void An_archived_group_is_neither_asked_for_nor_taken()
    {
        var menu = OptionMenu.Of([Doneness, Toppings], id => id == Doneness ? doneness with { Archived = true } : toppings);
        Faults(menu, Take(Cheese)).ShouldBeEmpty();
        Faults(menu, Take(Rare)).ShouldBe(["/choices/0/choice_id choice_unknown"]);
        Faults(OptionMenu.Of([], _ => throw new InvalidOperationException("None is named.")), Take(Rare)).ShouldBe(["/choices/0/choice_id choice_unknown"]);
    }

    [Fact]
    public void Choices_are_alike_however_they_are_sorted()
    {
        ChosenOption.AreAlike([Take(Cheese, 2), Take(Rare)], [Take(Rare), Take(Cheese, 2)]).ShouldBeTrue();
        ChosenOption.AreAlike([Take(Cheese, 2)], [Take(Cheese)]).ShouldBeFalse();
        ChosenOption.AreAlike(null, []).ShouldBeTrue();
        ChosenOption.AreAlike(null, [Take(Cheese)]).ShouldBeFalse();
    }

    /// <summary>What was ordered before there were choices has none, and is stored as it was.</summary>
    [Fact]
    public void A_line_without_choices_is_stored_as_ever()
    {
        var line = OrderLine.Priced(1, Shirt, Small, "Shirt", null, 1, Eur(500));
        var stored = System.Text.Json.JsonSerializer.Serialize(line, EventJson.Options);
        stored.ShouldNotContain("choices");
        System.Text.Json.JsonSerializer.Deserialize<OrderLine>(stored, EventJson.Options).ShouldBe(line);
    }

    [Fact]
    public void Another_quantity_of_a_line_keeps_what_was_chosen()
    {
        var chosen = Menu().Choose([Take(Rare), Take(Cheese)]).Choices;
        var line = OrderLine.Priced(1, Shirt, Small, "Burger", null, 1, LineChoice.Added(Eur(990), chosen)) with { Choices = chosen };
        var three = line.Of(3, taxIncluded: true);
        (three.Subtotal, three.Choices).ShouldBe((Eur(3 * 1_140), chosen));
    }

    private static OptionMenu Menu(OptionGroup? tops = null) => OptionMenu.Of([Doneness, Toppings], id => id == Doneness ? doneness : tops ?? toppings);

    private static OptionGroup SoldOut(OptionGroup group, ChoiceId choice) =>
        group.SetAvailability(choice, available: false, Monday).Aggregate(group, OptionGroup.Evolve);

    private static ChosenOption Take(ChoiceId choice, int quantity = 1) => new(choice, quantity);

    private static string[] Faults(OptionMenu menu, params ChosenOption[] chosen) => [.. menu.Choose(chosen).Faults.Select(fault => $"{fault.Place} {fault.Code}")];
}
