using Mainstreet.Domain.Stock;
using static Mainstreet.Domain.Tests.Stock.StockSamples;

namespace Mainstreet.Domain.Tests.Stock;

public class StockItemTests
{
    [Fact]
    public void An_item_opens_empty()
    {
        var item = New().WhenNew(() => StockItem.Open(Chair, StockPolicy.Deny, 2.5m, Now)).Then(Opened(minimum: 2.5m));

        (item.OnHand, item.Reserved, item.Available, item.Minimum).ShouldBe((0, 0, 0, 2.5m));
    }

    [Fact]
    public void What_is_promised_is_not_available_to_others()
    {
        var item = Given(Opened(), Received(10)).When(item => item.Reserve(Order, 4, Now)).Then(Reserved(Order, 4));

        (item.OnHand, item.Reserved, item.Available).ShouldBe((10, 4, 6));
    }

    [Fact]
    public void Deny_promises_no_more_than_there_is()
    {
        var error = Given(Opened(), Received(10), Reserved(Order, 8)).When(item => item.Reserve(Other, 2.001m, Now)).ThenRejected("out_of_stock");

        error.Kind.ShouldBe(ErrorKind.Rule);
        error.Details!["variant_id"].ShouldBe(Chair.Value);
        error.Details["requested"].ShouldBe(2.001m);
        error.Details["available"].ShouldBe(2m);
    }

    [Fact]
    public void Backorders_go_below_what_is_there() => Given(Opened(StockPolicy.Backorder), Received(1))
        .When(item => item.Reserve(Order, 3, Now))
        .Then(Reserved(Order, 3), new StockDepleted(Chair, -2, 0, null, Now)).Available.ShouldBe(-2);

    [Fact]
    public void Untracked_items_are_neither_promised_nor_issued()
    {
        Given(Opened(StockPolicy.Untracked)).When(item => item.Reserve(Order, 3, Now)).ThenNothing();
        Given(Opened(StockPolicy.Untracked)).When(item => item.Issue(Order, Now)).ThenNothing();
        Given(Opened(StockPolicy.Untracked)).When(item => item.Return(Order, 3, Now)).ThenNothing();
    }

    [Fact]
    public void Issuing_takes_what_was_promised()
    {
        var item = Given(Opened(), Received(10, 1_500), Reserved(Order, 4)).When(item => item.Issue(Order, Now)).Then(Issued(Order, 4, 1_500));

        (item.OnHand, item.Reserved, item.Available, item.Reservations.Count).ShouldBe((6, 0, 6, 0));
    }

    [Fact]
    public void Releasing_gives_it_back() => Given(Opened(), Received(10), Reserved(Order, 4))
        .When(item => item.Release(Order, Now))
        .Then(new StockReservationReleased(Chair, Order, 4, null, Now)).Available.ShouldBe(10);

    [Fact]
    public void A_repeat_records_nothing()
    {
        var reserved = Given(Opened(), Received(10), Reserved(Order, 4));
        reserved.When(item => item.Reserve(Order, 4, Now)).ThenNothing();
        reserved.When(item => item.SetPolicy(StockPolicy.Deny, Now)).ThenNothing();
        reserved.When(item => item.SetMinimum(0, Now)).ThenNothing();
        reserved.When(item => item.Count(10, Now)).ThenNothing();

        var issued = Given(Opened(), Received(10), Reserved(Order, 4), Issued(Order, 4));
        issued.When(item => item.Issue(Order, Now)).ThenNothing();
        issued.When(item => item.Release(Order, Now)).ThenNothing();

        Given(Opened(), new StockReturned(Chair, Order, 4, null, Now)).When(item => item.Return(Order, 4, Now)).ThenNothing();
    }

    [Fact]
    public void A_till_that_could_not_ask_takes_what_it_has_sold_already()
    {
        var three = Given(Opened(), Received(3, 1_500));
        three.When(item => item.Sell(Sale, 4, unseen: false, Now)).ThenRejected("out_of_stock");
        three.When(item => item.Sell(Sale, 4, unseen: true, Now)).Then(
            new StockSold(Chair, Sale, 4, new Money(1_500, "EUR"), Unseen: true, null, Now), new StockDepleted(Chair, -1, 0, null, Now), new StockNegative(Chair, -1, null, Now));
        Given(Opened(StockPolicy.Untracked)).When(item => item.Sell(Sale, 4, unseen: false, Now)).ThenNothing();
        Given(Opened(StockPolicy.Untracked)).When(item => item.TakeBack(Sale, 4, null, Now)).ThenNothing();
    }

    [Fact]
    public void A_file_counts_when_it_says_something_new()
    {
        var first = Given(Opened(), Received(10)).When(item => item.Import(8, Now));
        first.Then(new StockQuantityImported(Chair, 8, null, Now), new StockCounted(Chair, 8, -2, null, Now));

        StockEvent[] given = [Opened(), Received(10), new StockQuantityImported(Chair, 8, null, Now), new StockCounted(Chair, 8, -2, null, Now), Reserved(Order, 3), Issued(Order, 3)];
        Given(given).When(item => item.Import(8, Now)).ThenNothing();
        Given(given).When(item => item.Import(9, Now)).Then(new StockQuantityImported(Chair, 9, null, Now), new StockCounted(Chair, 9, 4, null, Now));
        Given(given).When(item => item.Import(5, Now)).Then(new StockQuantityImported(Chair, 5, null, Now));
        Given([.. given, Reserved(Other, 2)]).When(item => item.Import(1, Now)).ThenRejected("counted_below_reserved");
        Given(given).When(item => item.Import(-1, Now)).ThenRejected("invalid_quantity");
    }

    [Fact]
    public void A_repeat_with_another_quantity_is_refused()
    {
        Given(Opened(), Received(10), Reserved(Order, 4)).When(item => item.Reserve(Order, 5, Now)).ThenRejected("quantity_already_recorded");
        Given(Opened(), new StockReturned(Chair, Order, 4, null, Now)).When(item => item.Return(Order, 3, Now)).ThenRejected("quantity_already_recorded");
    }

    [Fact]
    public void Few_returns_are_remembered_so_that_snapshots_stay_small() => Enumerable.Range(0, 200)
        .Select(i => new StockReturned(Chair, new(Uuid.Named($"{i}")), 1, null, Now))
        .Aggregate(StockItem.Evolve(null, Opened()), StockItem.Evolve)
        .RecentReturns.Length.ShouldBe(50);

    [Fact]
    public void The_cost_is_a_moving_average()
    {
        var item = Fold(Opened(), Received(10, 1_000), Received(30, 2_000));
        item.AverageCost.ShouldBe(new Money(1_750, "EUR"));

        StockItem.Evolve(StockItem.Evolve(item, Reserved(Order, 20)), Issued(Order, 20)).AverageCost.ShouldBe(new Money(1_750, "EUR"));
        StockItem.Evolve(item, Received(5)).AverageCost.ShouldBe(new Money(1_750, "EUR"));
        Fold(Opened(), Received(10)).AverageCost.ShouldBeNull();
        Fold(Opened(), Received(10), Received(1, 300)).AverageCost.ShouldBe(new Money(300, "EUR"));
    }

    [Fact]
    public void Rounding_does_not_add_up_in_the_average() => Enumerable.Range(0, 1_000)
        .SelectMany(_ => new StockEvent[] { Received(1, 1), Received(1, 2) })
        .Aggregate(StockItem.Evolve(null, Opened()), StockItem.Evolve)
        .UnitCost!.Value.ShouldBe(1.5m, 0.001m);

    [Fact]
    public void What_was_owed_weighs_nothing_in_the_average() =>
        Fold(Opened(StockPolicy.Backorder), Received(1, 1_000), Reserved(Order, 5), Issued(Order, 5), Received(4, 2_000))
            .AverageCost.ShouldBe(new Money(2_000, "EUR"));

    [Theory]
    [InlineData(-1, "EUR")]
    [InlineData(long.MaxValue, "EUR")]
    [InlineData(100, "USD")]
    public void A_cost_is_not_negative_and_in_one_currency(long amount, string currency) => Given(Opened(), Received(1, 1_000))
        .When(item => item.Receive(1, new Money(amount, currency), null, Now))
        .ThenRejected("invalid_unit_cost");

    [Fact]
    public void A_correction_leaves_what_was_promised()
    {
        var item = Given(Opened(), Received(10), Reserved(Order, 8));
        item.When(item => item.Adjust(-2, "broken", Now)).Then(new StockAdjusted(Chair, -2, "broken", null, Now), new StockDepleted(Chair, 0, 0, null, Now));
        item.When(item => item.Adjust(-2.001m, "broken", Now)).ThenRejected("out_of_stock");
    }

    [Fact]
    public void A_count_sets_the_level_and_records_the_difference()
    {
        var item = Given(Opened(), Received(10), Reserved(Order, 8));
        item.When(item => item.Count(8.5m, Now)).Then(new StockCounted(Chair, 8.5m, -1.5m, null, Now)).OnHand.ShouldBe(8.5m);
        item.When(item => item.Count(7, Now)).ThenRejected("counted_below_reserved");
    }

    [Fact]
    public void Backorders_stay_when_the_policy_becomes_deny_and_no_more_are_taken()
    {
        StockEvent[] denied = [Opened(StockPolicy.Backorder), Reserved(Order, 3), new StockPolicyChanged(Chair, StockPolicy.Deny, null, Now)];
        Given(denied).When(item => item.Reserve(Other, 1, Now)).ThenRejected("out_of_stock");
        Given(denied).When(item => item.Adjust(1, "found", Now)).Then(new StockAdjusted(Chair, 1, "found", null, Now)).Available.ShouldBe(-2);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0.0001")]
    [InlineData("1000000.001")]
    public void A_movement_is_positive_at_most_a_million_and_has_three_decimals(string text)
    {
        var quantity = decimal.Parse(text);
        var item = Given(Opened(StockPolicy.Backorder));
        item.When(item => item.Receive(quantity, null, null, Now)).ThenRejected("invalid_quantity");
        item.When(item => item.Reserve(Order, quantity, Now)).ThenRejected("invalid_quantity");
        item.When(item => item.Return(Order, quantity, Now)).ThenRejected("invalid_quantity");
        item.When(item => item.Adjust(quantity is -1 ? 0 : quantity, "", Now)).ThenRejected("invalid_quantity");
        item.When(item => item.Count(quantity is 0 ? -2 : quantity, Now)).ThenRejected("invalid_quantity");
        item.When(item => item.SetMinimum(quantity is 0 ? -2 : quantity, Now)).ThenRejected("invalid_quantity");
    }

    private static Spec<StockItem, StockEvent> New() => new();

    private static Spec<StockItem, StockEvent> Given(params StockEvent[] events) => New().Given(events);

    private static StockItem Fold(params StockEvent[] events) => events.Aggregate((StockItem?)null, StockItem.Evolve)!;
}
