using FsCheck;
using FsCheck.Fluent;
using Mainstreet.Domain.Stock;
using static Mainstreet.Domain.Tests.Stock.StockSamples;

namespace Mainstreet.Domain.Tests.Stock;

public class ProductionTests
{
    [Fact]
    public void What_goes_in_goes_at_its_average_cost()
    {
        var item = Given(Opened(), Received(3, 100), Received(1, 101)).When(item => item.Consume(Batch, 2, "Batch 3", Now))
            .Then(new StockConsumed(Chair, Batch, 2, Eur(201), "Batch 3", null, Now)); // of 100.25 each

        (item.OnHand, item.UnitCost).ShouldBe((2, 100.25m));
    }

    [Fact]
    public void What_was_made_changes_the_average()
    {
        var item = Given(Opened(), Received(2, 100)).When(item => item.Produce(Batch, 6, Eur(1_000), null, Now))
            .Then(new StockProduced(Chair, Batch, 6, Eur(1_000), null, null, Now));

        (item.OnHand, item.UnitCost).ShouldBe((8, 150));
    }

    /// <summary>A receipt says what the goods cost that were there before, too; what was made does not.</summary>
    [Fact]
    public void What_is_there_without_a_known_cost_is_worth_nothing_more_for_what_was_made()
    {
        Given(Opened(), Received(9)).When(item => item.Produce(Batch, 1, Eur(1_000), null, Now)).Then(new StockProduced(Chair, Batch, 1, Eur(1_000), null, null, Now)).CostOf(10).ShouldBe(Eur(1_000));
        Given(Opened(), Received(9)).When(item => item.Receive(1, Eur(1_000), "PO-7", Now)).Then(Received(1, 1_000)).CostOf(10).ShouldBe(Eur(10_000));
    }

    [Fact]
    public void A_thousand_of_one_cent_cost_less_than_a_cent_each() =>
        Given(Opened()).When(item => item.Produce(Batch, 1_000, Eur(5), null, Now)).Then(
            new StockProduced(Chair, Batch, 1_000, Eur(5), null, null, Now), new StockReplenished(Chair, 1_000, 0, null, Now)).CostOf(1_000).ShouldBe(Eur(5));

    [Fact]
    public void Nothing_is_made_of_what_is_not_there_or_was_promised() =>
        Given(Opened(), Received(3), Reserved(Order, 2)).When(item => item.Consume(Batch, 2, null, Now)).ThenRejected("out_of_stock");

    [Fact]
    public void What_is_not_counted_goes_in_unseen_and_is_not_made()
    {
        Given(Opened(StockPolicy.Untracked)).When(item => item.Consume(Batch, 2, null, Now)).ThenNothing();
        Given(Opened(StockPolicy.Untracked)).When(item => item.Produce(Batch, 2, null, null, Now)).ThenRejected("not_tracked");
    }

    [Fact]
    public void The_cost_of_all_is_known_when_that_of_each_is()
    {
        var (priced, unpriced) = (Item(Opened(), Received(10, 250)), Item(Opened(), Received(10)));

        Production.CostOf([(priced, 2), (priced, 0.5m)], "EUR").ShouldBe(Eur(625));
        Production.CostOf([(priced, 2), (Item(Opened(StockPolicy.Untracked)), 7)], "EUR").ShouldBe(Eur(500));
        Production.CostOf([(unpriced, 1), (priced, 2)], "EUR").ShouldBeNull();
        Production.CostOf([(priced, 2)], "USD").ShouldBeNull();
    }

    [Fact]
    public void Nothing_costs_more_than_an_amount_may_be()
    {
        var dear = Item(Opened(), Received(10, Money.MaxAmount));

        Should.Throw<DomainException>(() => Production.CostOf([(dear, 1), (dear, 0.001m)], "EUR")).Error.Code.ShouldBe("cost_too_high");
        Should.Throw<DomainException>(() => Production.CostOf([(dear, 1.001m)], "EUR")).Error.Code.ShouldBe("cost_too_high");
    }

    [Fact]
    public void A_weight_says_who_carries_the_cost() =>
        Production.Spread(Eur(1_000), [(2, 1), (1, 3), (4, 0)]).ShouldBe([Eur(400), Eur(600), Eur(0)]);

    /// <summary>A production makes the stock worth neither more nor less.</summary>
    [Fact]
    public void What_was_made_costs_what_went_in() => Prop.ForAll(
        (from cost in Gen.Choose(0, 1_000_000)
         from outputs in (from quantity in Gen.Choose(1, 5_000) from weight in Gen.Choose(1, 4_000) select (quantity / 1_000m, weight / 1_000m)).NonEmptyListOf()
         select (Cost: Eur(cost), Outputs: outputs)).ToArbitrary(),
        made =>
        {
            var costs = Production.Spread(made.Cost, [.. made.Outputs]);
            costs.Sum(cost => cost.Amount).ShouldBe(made.Cost.Amount);
            costs.ShouldAllBe(cost => cost.Amount >= 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static Spec<StockItem, StockEvent> Given(params StockEvent[] events) => new Spec<StockItem, StockEvent>().Given(events);

    private static Money Eur(long amount) => new(amount, "EUR");

    private static StockItem Item(params StockEvent[] events) => events.Aggregate((StockItem?)null, StockItem.Evolve)!;
}
