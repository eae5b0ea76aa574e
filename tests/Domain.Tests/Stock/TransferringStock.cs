using FsCheck;
using FsCheck.Fluent;
using Mainstreet.Domain.Stock;
using static Mainstreet.Domain.Tests.Stock.StockSamples;

namespace Mainstreet.Domain.Tests.Stock;

public class TransferringStock
{
    [Fact]
    public void The_default_location_keeps_the_ledger_that_was_there_before()
    {
        StockItem.StreamOf(Chair, null).ShouldBe(Chair.Value);
        StockItem.StreamOf(Chair, LocationId.Default).ShouldBe(Chair.Value);
        StockItem.StreamOf(Chair, Harbour).ShouldBe(StockItem.StreamOf(Chair, Harbour));
        new[] { Chair.Value, StockItem.StreamOf(Chair, Harbour), StockItem.StreamOf(Chair, new(Chair.Value)), StockItem.StreamOf(new(Harbour.Value), new(Chair.Value)) }.ShouldBeUnique();
    }

    [Fact]
    public void A_ledger_elsewhere_begins_with_the_policy_and_the_minimum_of_the_first()
    {
        var there = Item(Opened(StockPolicy.Backorder, 3), Received(5, 100)).At(Harbour, Now);

        (there.Policy, there.Minimum, there.OnHand, there.AverageCost, there.Stream).ShouldBe((StockPolicy.Backorder, 3, 0, null, StockItem.StreamOf(Chair, Harbour)));
        there.Opening(Now).ShouldBe(new StockItemOpened(Chair, StockPolicy.Backorder, 3, Harbour, Now));
        there.Receive(1, null, null, Now)[0].LocationId.ShouldBe(Harbour);
    }

    [Fact]
    public void Goods_go_at_their_average_cost_and_arrive_with_it()
    {
        var here = Given(Opened(), Received(3, 100), Received(1, 101)).When(item => item.TransferOut(Transfer, 3, "Van 2", Now))
            .Then(new StockTransferredOut(Chair, Transfer, 3, Eur(301), "Van 2", null, Now)); // of 100.25 each
        (here.OnHand, here.UnitCost).ShouldBe((1, 100.25m));

        var there = new Spec<StockItem, StockEvent>().Given(here.At(Harbour, Now).Opening(Now)).When(item => item.TransferIn(Transfer, here, 3, "Van 2", Now))
            .Then(new StockTransferredIn(Chair, Transfer, 3, Eur(301), 100.25m, "Van 2", Harbour, Now), new StockReplenished(Chair, 3, 0, Harbour, Now));
        (there.OnHand, there.UnitCost, there.CostOf(3)).ShouldBe((3, 100.25m, Eur(301)));
    }

    [Fact]
    public void Nothing_goes_that_is_not_there_or_was_promised()
    {
        Given(Opened(), Received(3), Reserved(Order, 2)).When(item => item.TransferOut(Transfer, 2, null, Now)).ThenRejected("out_of_stock");
        Given(Opened(StockPolicy.Backorder), Received(1)).When(item => item.TransferOut(Transfer, 2, null, Now)).ThenRejected("out_of_stock");
        Given(Opened(StockPolicy.Backorder), new StockAdjusted(Chair, -2, "broken", null, Now)).When(item => item.TransferOut(Transfer, 1, null, Now)).ThenRejected("out_of_stock");
        Given(Opened(StockPolicy.Backorder), Received(3), Reserved(Order, 2)).When(item => item.TransferOut(Transfer, 3, null, Now)).Then(
            new StockTransferredOut(Chair, Transfer, 3, null, null, null, Now), new StockDepleted(Chair, -2, 0, null, Now)).OnHand.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(0.0005)]
    public void A_quantity_is_above_zero(double quantity)
    {
        var here = Item(Opened(StockPolicy.Backorder), Received(3));
        Given(Opened(StockPolicy.Backorder), Received(3)).When(item => item.TransferOut(Transfer, (decimal)quantity, null, Now)).ThenRejected("invalid_quantity");
        Given(Opened()).When(item => item.TransferIn(Transfer, here, (decimal)quantity, null, Now)).ThenRejected("invalid_quantity");
    }

    [Fact]
    public void What_is_not_counted_neither_goes_nor_comes()
    {
        var here = Item(Opened(), Received(3));
        Given(Opened(StockPolicy.Untracked)).When(item => item.TransferOut(Transfer, 2, null, Now)).ThenRejected("not_tracked");
        Given(Opened(StockPolicy.Untracked)).When(item => item.TransferIn(Transfer, here, 2, null, Now)).ThenRejected("not_tracked");
    }

    [Fact]
    public void What_has_no_known_cost_counts_for_nothing_there_as_here()
    {
        var (unknown, known) = (Item(Opened(), Received(10)), Item(Opened(), Received(10, 500)));

        Given(Opened(), Received(10, 500)).When(item => item.TransferIn(Transfer, unknown, 10, null, Now)).Then(new StockTransferredIn(Chair, Transfer, 10, null, null, null, null, Now))
            .CostOf(20).ShouldBe(Eur(5_000));
        Given(Opened(), Received(10)).When(item => item.TransferIn(Transfer, known, 10, null, Now)).Then(new StockTransferredIn(Chair, Transfer, 10, Eur(5_000), 500, null, null, Now))
            .CostOf(20).ShouldBe(Eur(5_000));
        Given(Opened(), Received(10)).When(item => item.TransferIn(Transfer, unknown, 10, null, Now)).Then(new StockTransferredIn(Chair, Transfer, 10, null, null, null, null, Now))
            .AverageCost.ShouldBeNull();
    }

    [Fact]
    public void Only_a_repetition_says_the_same()
    {
        var made = StockTransfer.Evolve(null, StockTransfer.Make(Transfer, LocationId.Default, Harbour, [new(Chair, 2, Eur(100))], "Van 2", Now)[0]);

        made.Is(LocationId.Default, Harbour, [(Chair, 2)], "Van 2").ShouldBeTrue();
        made.Is(LocationId.Default, Harbour, [(Chair, 3)], "Van 2").ShouldBeFalse();
        made.Is(LocationId.Default, Harbour, [(Chair, 2), (Chair, 2)], "Van 2").ShouldBeFalse();
        made.Is(LocationId.Default, Harbour, [(Chair, 2)], null).ShouldBeFalse();
        made.Is(Harbour, LocationId.Default, [(Chair, 2)], "Van 2").ShouldBeFalse();
    }

    [Fact]
    public void What_is_owed_takes_of_what_arrives()
    {
        var (here, there) = (Item(Opened(), Received(5, 200)), Item(Opened(StockPolicy.Backorder), Received(1, 100), new StockAdjusted(Chair, -3, "broken", null, Now)));

        var arrived = there.TransferIn(Transfer, here, 5, null, Now).Aggregate(there, StockItem.Evolve);
        (arrived.OnHand, arrived.CostOf(arrived.OnHand)).ShouldBe((3, Eur(600)));
    }

    [Fact]
    public void What_was_sold_elsewhere_comes_back_with_what_it_cost_there()
    {
        StockItem here = Item(Opened(), Received(7, 100)), elsewhere = Item(Opened(), Received(1, 200), Received(2, 201)).At(Harbour, Now), there = Item(Opened(), Received(1, 200), Received(2, 201)) with { LocationId = Harbour };
        Given(Opened(), Received(7, 100)).When(item => item.TakeBack(Sale, 2, there, Now)).Then(new StockTakenBack(Chair, Sale, 2, null, there.UnitCost, "EUR", Now))
            .UnitCost.ShouldBe(decimal.Round(((7 * 100) + (2 * there.UnitCost!.Value)) / 9, 6));
        Given(Opened(), Received(7, 100)).When(item => item.TakeBack(Sale, 2, null, Now)).Then(new StockTakenBack(Chair, Sale, 2, null, null, null, Now)).UnitCost.ShouldBe(100);
        Given(Opened(), Received(7, 100)).When(item => item.TakeBack(Sale, 7, elsewhere, Now)).Then(new StockTakenBack(Chair, Sale, 7, null, 0, "EUR", Now)).CostOf(14).ShouldBe(Eur(700));
        Given(Opened(), Received(7)).When(item => item.TakeBack(Sale, 2, elsewhere, Now)).Then(new StockTakenBack(Chair, Sale, 2, null, null, null, Now)).AverageCost.ShouldBeNull();
        Given(here.At(Harbour, Now).Opening(Now)).When(item => item.TakeBack(Sale, 2, here, Now))
            .Then(new StockTakenBack(Chair, Sale, 2, Harbour, 100, "EUR", Now), new StockReplenished(Chair, 2, 0, Harbour, Now)).CostOf(2).ShouldBe(Eur(200));
    }

    /// <summary>
    /// However goods wander between locations, there are as many of them and they are worth what they were. Averages have six decimals of a minor
    /// unit, so a transfer moves the sum by less than a millionth of one for each piece that is there. What is owed at a place takes of what arrives there: that much
    /// has gone already, and is worth nothing any more. What was sold at one place and comes back at another one is worth what it was.
    /// </summary>
    [Fact]
    public void Nothing_is_lost_or_made_on_the_way() => Prop.ForAll(
        (from receipts in (from place in Gen.Choose(0, 2) from thousandths in Gen.Choose(1, 5_000_000) from cost in Gen.Choose(-1, 100_000) select (Place: place, Quantity: thousandths / 1_000m, Cost: cost)).NonEmptyListOf()
         from transfers in (from way in Gen.Choose(0, 5) from part in Gen.Choose(1, 4) from thousandths in Gen.Choose(1, 100_000) from sold in Gen.OneOf(Gen.Constant(0), Gen.Choose(1, 3_000_000)) select (From: way % 3, To: (way + 1 + (way / 3)) % 3, Part: part, Quantity: thousandths / 1_000m, Sold: sold / 1_000m)).NonEmptyListOf()
         from policies in Gen.Elements(StockPolicy.Deny, StockPolicy.Backorder).ArrayOf(3)
         select (Receipts: receipts, Transfers: transfers, Policies: policies)).ToArbitrary(),
        wandering =>
        {
            StockItem first = Item(Opened());
            StockItem[] items = [.. new[] { first, first.At(Harbour, Now), first.At(new(Order.Value), Now) }.Zip(wandering.Policies, (item, policy) => item with { Policy = policy })];
            foreach (var (place, quantity, cost) in wandering.Receipts)
            {
                items[place] = items[place].Receive(quantity, cost < 0 ? null : Eur(cost), null, Now).Aggregate(items[place], StockItem.Evolve);
            }

            foreach (var (from, to, part, wanted, sold) in wandering.Transfers)
            {
                if (sold > 0)
                {
                    ComesBackElsewhere(items, from, to, sold);
                    items[to] = items[to].Sell(Sale, sold, unseen: true, Now).Aggregate(items[to], StockItem.Evolve); // often below zero
                }

                var (there, worth, owed, quantity) = (items.Sum(item => item.OnHand), items.Sum(Worth), Math.Max(0, -items[to].OnHand), part == 4 ? items[from].OnHand : wanted); // all of it, often
                if (quantity is <= 0 or > Quantities.Max)
                {
                    continue;
                }

                if (quantity > items[from].OnHand)
                {
                    Should.Throw<DomainException>(() => items[from].TransferOut(Transfer, quantity, null, Now)).Error.Code.ShouldBe("out_of_stock");
                    continue;
                }

                worth -= Math.Min(quantity, owed) * items[from].UnitCost.GetValueOrDefault();
                var (left, arrived) = (items[from].TransferOut(Transfer, quantity, null, Now), items[to].TransferIn(Transfer, items[from], quantity, null, Now));
                ((StockTransferredIn)arrived[0]).Cost.ShouldBe(((StockTransferredOut)left[0]).Cost);
                items[from] = left.Aggregate(items[from], StockItem.Evolve);
                items[to] = arrived.Aggregate(items[to], StockItem.Evolve);

                items.Sum(item => item.OnHand).ShouldBe(there);
                items.Sum(Worth).ShouldBe(worth, (1 + Math.Max(0, items[to].OnHand)) * 0.000_000_5m);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static void ComesBackElsewhere(StockItem[] items, int from, int to, decimal quantity)
    {
        if (quantity > items[from].OnHand || items[to].OnHand < 0)
        {
            return;
        }

        var sold = items[from].Sell(Sale, quantity, unseen: true, Now).Aggregate(items[from], StockItem.Evolve);
        var back = items[to].TakeBack(Sale, quantity, sold, Now).Aggregate(items[to], StockItem.Evolve);
        (Worth(sold) + Worth(back)).ShouldBe(Worth(items[from]) + Worth(items[to]), (1 + back.OnHand) * 0.000_000_5m);
    }

    /// <summary>What is owed is worth nothing.</summary>
    private static decimal Worth(StockItem item) => Math.Max(0, item.OnHand) * item.UnitCost.GetValueOrDefault();

    private static Spec<StockItem, StockEvent> Given(params StockEvent[] events) => new Spec<StockItem, StockEvent>().Given(events);

    private static Money Eur(long amount) => new(amount, "EUR");

    private static StockItem Item(params StockEvent[] events) => events.Aggregate((StockItem?)null, StockItem.Evolve)!;
}
