using FsCheck;
using FsCheck.Fluent;
using Mainstreet.Domain.Stock;
using static Mainstreet.Domain.Tests.Stock.StockSamples;

namespace Mainstreet.Domain.Tests.Stock;

/// <summary>What holds after any sequence of steps, whether each is accepted or refused.</summary>
public class StockPropertyTests
{
    [Fact]
    public void Movements_add_up_to_the_level() => ForAnySteps(withPolicyChanges: true, (_, item, events) =>
    {
        item.OnHand.ShouldBe(events.Sum(OnHand));
        item.Reserved.ShouldBe(events.Sum(Promised));
        item.Reserved.ShouldBe(item.Reservations.Values.Sum());
        item.Reservations.Values.ShouldAllBe(quantity => quantity > 0);
    });

    [Fact]
    public void Deny_never_takes_what_is_available_below_zero() => ForAnySteps(withPolicyChanges: false, (_, item, _) =>
        item.Available.ShouldBeGreaterThanOrEqualTo(0));

    [Fact]
    public void Deny_never_makes_an_accepted_backorder_worse() => ForAnySteps(withPolicyChanges: true, (before, item, _) =>
        (before.Policy != StockPolicy.Deny || item.Available >= Math.Min(0, before.Available)).ShouldBeTrue());

    [Fact]
    public void An_alert_and_its_recovery_take_turns() => ForAnySteps(withPolicyChanges: false, (_, _, events) =>
    {
        var depleted = false;
        foreach (var e in events.Where(e => e is StockDepleted or StockReplenished))
        {
            (e is StockDepleted && depleted).ShouldBeFalse("depleted was told twice");
            depleted = e is StockDepleted;
        }
    });

    private static void ForAnySteps(bool withPolicyChanges, Action<StockItem, StockItem, IReadOnlyList<StockEvent>> holds) =>
        Prop.ForAll(Step(withPolicyChanges).ListOf().ToArbitrary(), steps =>
        {
            var item = StockItem.Evolve(null, Opened());
            var events = new List<StockEvent>();
            foreach (var step in steps)
            {
                var before = item;
                var decided = Decide(step, item);
                events.AddRange(decided);
                item = decided.Aggregate(item, StockItem.Evolve);
                holds(before, item, events);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static Gen<(string Name, int Order, decimal Quantity)> Step(bool withPolicyChanges) =>
        from name in Gen.Elements<string>(["receive", "reserve", "reserve", "promise", "promise", "release", "issue", "adjust", "count", "return", "sell", "take back", "consume", "produce", "transfer out", "transfer in", .. withPolicyChanges ? new[] { "policy" } : []])
        from order in Gen.Choose(1, 4)
        from halves in Gen.Choose(-5, 10) // few and coarse, so that sequences often meet zero exactly
        select (name, order, halves / 2m);

    private static StockEvent[] Decide((string Name, int Order, decimal Quantity) step, StockItem item)
    {
        var order = new OrderId(Uuid.Named($"order {step.Order}"));
        try
        {
            return step.Name switch
            {
                "receive" => item.Receive(step.Quantity, null, null, Now),
                "reserve" => item.Reserve(order, step.Quantity, Now),
                "promise" => item.Promise(order, Math.Max(0, step.Quantity), Now),
                "release" => item.Release(order, Now),
                "issue" => item.Issue(order, Now),
                "adjust" => item.Adjust(step.Quantity, "test", Now),
                "count" => item.Count(step.Quantity, Now),
                "sell" => item.Sell(new(order.Value), step.Quantity, unseen: false, Now),
                "take back" => item.TakeBack(new(order.Value), step.Quantity, step.Order > 2 ? item : null, Now),
                "consume" => item.Consume(Batch, step.Quantity, null, Now),
                "produce" => item.Produce(Batch, step.Quantity, null, null, Now),
                "transfer out" => item.TransferOut(Transfer, step.Quantity, null, Now),
                "transfer in" => item.TransferIn(Transfer, item, step.Quantity, null, Now),
                "return" => item.Return(order, step.Quantity, Now),
                "policy" => item.SetPolicy(step.Quantity > 0 ? StockPolicy.Deny : StockPolicy.Backorder, Now),
                _ => throw new InvalidOperationException(step.Name),
            };
        }
        catch (DomainException)
        {
            // a refusal records nothing: the properties hold all the same
            return [];
        }
    }

    private static decimal OnHand(StockEvent e) => e switch
    {
        StockReceived received => received.Quantity,
        StockIssued issued => -issued.Quantity,
        StockAdjusted adjusted => adjusted.Delta,
        StockCounted counted => counted.Difference,
        StockReturned returned => returned.Quantity,
        StockSold sold => -sold.Quantity,
        StockTakenBack back => back.Quantity,
        StockConsumed consumed => -consumed.Quantity,
        StockProduced produced => produced.Quantity,
        StockTransferredOut gone => -gone.Quantity,
        StockTransferredIn arrived => arrived.Quantity,
        _ => 0,
    };

    private static decimal Promised(StockEvent e) => e switch
    {
        StockReserved reserved => reserved.Quantity,
        StockReservationReleased released => -released.Quantity,
        StockIssued issued => -issued.Quantity,
        _ => 0,
    };
}
