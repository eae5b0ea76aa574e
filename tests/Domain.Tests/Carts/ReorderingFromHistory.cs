using Mainstreet.Domain.Carts;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Stock;
using Mainstreet.Domain.Tests.Catalog;
using Mainstreet.Domain.Tests.Stock;
using static Mainstreet.Domain.Tests.Catalog.OptionGroups;
using static Mainstreet.Domain.Tests.Catalog.ProductSamples;

namespace Mainstreet.Domain.Tests.Carts;

/// <summary>ORD-11: shirts of 49.00 and 54.00, of which there are five each, with up to three toppings, of which cheese twice.</summary>
public class ReorderingFromHistory
{
    private static readonly OptionGroup toppings = new(Toppings, OptionGroups.Details, Archived: false);

    private static readonly Product shirt = Published().Aggregate((Product?)null, Product.Evolve)! with { OptionGroups = [Toppings] };

    [Fact]
    public void What_is_as_it_was_comes_along_without_a_word()
    {
        var (cart, changes) = Reorder(Empty(), Line(1, Small, 2, 4_900, "a gift"), Line(2, Large, 1, 5_700, null, (Cheese, 2)));
        cart.Items.Select(item => (item.VariantId, item.Quantity, item.Note, item.Price)).ShouldBe([(Small, 2, "a gift", Eur(4_900)), (Large, 1, null, Eur(5_700))]);
        cart.Items[1].Choices.ShouldBe([new(Cheese, 2)]);
        changes.ShouldBeEmpty();
    }

    [Fact]
    public void More_of_what_the_cart_has_is_the_same_item()
    {
        var before = Reorder(Empty(), Line(1, Small, 2, 4_900)).Cart;
        var (cart, changes) = Reorder(before, Line(1, Small, 1, 4_000), Line(2, Small, 1, 4_900, "a gift"));
        cart.Items.Select(item => (item.Id == before.Items[0].Id, item.Quantity, item.Price)).ShouldBe([(true, 3, Eur(4_900)), (false, 1, Eur(4_900))]);
        var change = changes.ShouldHaveSingleItem();
        (change.LineNo, change.Kind, change.ItemId, change.From, change.To).ShouldBe((1, ReorderChangeKind.PriceChanged, before.Items[0].Id, Eur(4_000), Eur(4_900)));
    }

    [Theory]
    [InlineData("6", "0", "5", ReorderChangeKind.QuantityReduced)]
    [InlineData("5", "3", "2", ReorderChangeKind.QuantityReduced)]
    [InlineData("5", "2.5", "2", ReorderChangeKind.QuantityReduced)] // whole pieces stay whole
    [InlineData("2.8", "2.5", "2.5", ReorderChangeKind.QuantityReduced)]
    [InlineData("1", "5", null, ReorderChangeKind.OutOfStock)]
    [InlineData("1", "4.5", null, ReorderChangeKind.OutOfStock)]
    public void No_more_comes_along_than_there_is_beside_what_the_cart_has(string ordered, string inCart, string? comes, ReorderChangeKind kind)
    {
        var before = inCart == "0" ? Empty() : Reorder(Empty(), Line(1, Small, decimal.Parse(inCart), 4_900, "mine")).Cart;
        var (cart, changes) = Reorder(before, Line(1, Small, decimal.Parse(ordered), 4_900), Line(2, Large, 1, 5_400));
        cart.Items.Where(item => item.VariantId == Small && item.Note is null).Select(item => item.Quantity).ShouldBe(comes is null ? [] : [decimal.Parse(comes)]);
        var change = changes.ShouldHaveSingleItem();
        (change.Kind, change.Ordered, change.Quantity).ShouldBe((kind, decimal.Parse(ordered), decimal.Parse(comes ?? "0")));
    }

    [Fact]
    public void Lines_share_what_there_is()
    {
        var (cart, changes) = Reorder(Empty(), Line(1, Small, 3, 4_900), Line(2, Small, 3, 4_900, "a gift"), Line(3, Small, 1, 4_900, "another"));
        cart.Items.Select(item => item.Quantity).ShouldBe([3, 2]);
        changes.Select(change => (change.LineNo, change.Kind)).ShouldBe([(2, ReorderChangeKind.QuantityReduced), (3, ReorderChangeKind.OutOfStock)]);
        Reorder(Empty(), _ => Stock() with { Policy = StockPolicy.Backorder }, toppings, Line(1, Small, 9, 4_900)).Changes.ShouldBeEmpty();
    }

    [Fact]
    public void Choices_that_are_gone_are_left_out_where_it_can_be_had_without()
    {
        var gone = toppings with { Details = toppings.Details with { Choices = [.. toppings.Details.Choices.Select(choice => choice with { Available = choice.Id != Bacon, Limit = 1 })] } };
        var (cart, changes) = Reorder(Empty(), _ => Stock(), gone, Line(1, Small, 1, 5_400, null, (Cheese, 2), (Bacon, 1)));
        cart.Items[0].Choices.ShouldBe([new(Cheese, 1)]);
        changes.Select(change => change.Kind).ShouldBe([ReorderChangeKind.PriceChanged, ReorderChangeKind.ChoicesChanged]);
        changes[1].Choices!.Select(problem => (problem.ChoiceId, problem.Code)).ShouldBe([(Cheese, "choice_limit_exceeded"), (Bacon, "choice_not_available")]);

        var must = gone with { Details = gone.Details with { MinSelections = 2 } };
        Kinds(() => _ = Reorder(Empty(), _ => Stock(), must, Line(1, Small, 1, 4_900, null, (Bacon, 1)), Line(2, Small, 1, 4_900, null, (Cheese, 1), (Bacon, 1))))
            .ShouldBe([ReorderChangeKind.ChoicesNotAvailable, ReorderChangeKind.ChoicesNotAvailable]);
    }

    [Fact]
    public void A_cart_has_no_more_than_it_can_have()
    {
        var full = Enumerable.Range(1, Cart.MaxItems).Aggregate(Empty(), (cart, i) => cart.Add(new(Uuid.New(), Large, 1, $"{i}", Eur(5_400))));
        var (cart, changes) = Reorder(full, _ => Stock() with { Policy = StockPolicy.Untracked }, toppings, Line(1, Small, 1, 4_900), Line(2, Large, Quantities.Max, 5_400, "1"), Line(3, Large, 1, 5_400, "2"));
        (cart.Items.Length, cart.Items[0].Quantity, cart.Items[1].Quantity).ShouldBe((Cart.MaxItems, 1, 2));
        changes.Select(change => (change.LineNo, change.Kind)).ShouldBe([(1, ReorderChangeKind.CartFull), (2, ReorderChangeKind.CartFull)]);
    }

    [Fact]
    public void What_would_cost_more_than_an_amount_can_say_stays_behind()
    {
        var dear = shirt with { Variants = [.. shirt.Variants.Select(variant => variant.Id == Small ? variant with { Price = Eur((Money.MaxAmount / 2) + 1) } : variant)] };
        OrderLine[] lines = [Line(1, Small, 2, 4_900, "a gift"), Line(2, Small, 1, 4_900), Line(3, Small, 1, 4_900), Line(4, Large, 1, 5_400)];
        var (cart, changes) = Empty().Reorder(lines, new([dear, dear, dear, dear], _ => toppings, _ => Stock()), Uuid.New);
        cart.Items.Select(item => (item.VariantId, item.Quantity)).ShouldBe([(Small, 1), (Large, 1)]);
        changes.Select(change => (change.LineNo, change.Kind)).ShouldBe([(1, ReorderChangeKind.CartFull), (2, ReorderChangeKind.PriceChanged), (3, ReorderChangeKind.CartFull)]);
    }

    [Fact]
    public void Where_nothing_can_come_along_it_says_why()
    {
        Kinds(() => _ = Empty().Reorder([Line(1, Small, 1, 4_900), Line(2, Large, 1, 5_400)], new([shirt with { Status = ProductStatus.Unpublished }, null], _ => toppings, _ => Stock()), Uuid.New))
            .ShouldBe([ReorderChangeKind.NotAvailable, ReorderChangeKind.NotAvailable]);
        Kinds(() => _ = Reorder(Empty(), _ => null, toppings, Line(1, Small, 1, 4_900))).ShouldBe([ReorderChangeKind.OutOfStock]);
    }

    private static ReorderChangeKind[] Kinds(Action reorder)
    {
        var refused = Should.Throw<DomainException>(reorder).Error;
        refused.Code.ShouldBe("nothing_to_reorder");
        return [.. ((IEnumerable<ReorderChange>)refused.Details!["changes"]!).Select(change => change.Kind)];
    }

    private static (Cart Cart, ReorderChange[] Changes) Reorder(Cart cart, params OrderLine[] lines) => Reorder(cart, _ => Stock(), toppings, lines);

    private static (Cart Cart, ReorderChange[] Changes) Reorder(Cart cart, Func<VariantId, StockItem?> stock, OptionGroup group, params OrderLine[] lines) =>
        cart.Reorder(lines, new([.. lines.Select(_ => shirt)], _ => group, stock), Uuid.New);

    private static OrderLine Line(int no, VariantId variant, decimal quantity, long price, string? note = null, params (ChoiceId Choice, int Quantity)[] choices) =>
        OrderLine.Priced(no, Shirt, variant, "Linen shirt", null, quantity, Eur(price), null, note) with
        {
            Choices = choices is [] ? null : [.. choices.Select(choice => new LineChoice(choice.Choice, Toppings, "Toppings", "", choice.Quantity, Eur(0)))],
        };

    /// <summary>There are five of it.</summary>
    private static StockItem Stock() => new StockEvent[] { StockSamples.Opened(), StockSamples.Received(5) }.Aggregate((StockItem?)null, StockItem.Evolve)!;

    private static Cart Empty() => Cart.New(new(Guid.NewGuid()), account: null, Monday);
}
