using Mainstreet.Domain.Stock;
using static Mainstreet.Domain.Tests.Stock.StockSamples;

namespace Mainstreet.Domain.Tests.Stock;

/// <summary>Low, depleted, replenished and negative are told once per crossing, in the commit that crosses.</summary>
public class StockCrossingTests
{
    [Fact]
    public void A_long_history_tells_each_crossing_once() => Told(
        StockPolicy.Deny, minimum: 5,
        item => item.Receive(3, null, null, Now),
        item => item.Receive(7, null, null, Now),
        item => item.Reserve(Order, 4, Now),
        item => item.Reserve(Other, 1, Now),
        item => item.Adjust(-1, "broken", Now),
        item => item.Adjust(-4, "broken", Now),
        item => item.Issue(Order, Now),
        item => item.Release(Other, Now),
        item => item.Receive(5, null, null, Now),
        item => item.Count(0, Now))
        .ShouldBe(["", "replenished 10", "", "low 5", "", "depleted 0", "", "", "replenished 6", "low 0, depleted 0"]);

    [Fact]
    public void Without_a_minimum_stock_is_never_low() => Told(
        StockPolicy.Deny, minimum: 0,
        item => item.Receive(1, null, null, Now),
        item => item.Reserve(Order, 1, Now),
        item => item.Release(Order, Now))
        .ShouldBe(["replenished 1", "depleted 0", "replenished 1"]);

    [Fact]
    public void More_left_than_there_was() => Told(
        StockPolicy.Backorder, minimum: 0,
        item => item.Reserve(Order, 2, Now),
        item => item.Reserve(Other, 3, Now),
        item => item.Issue(Order, Now),
        item => item.Issue(Other, Now),
        item => item.Count(4, Now),
        item => item.Adjust(-5, "stolen", Now))
        .ShouldBe(["", "", "negative -2", "", "replenished 4", "depleted -1, negative -1"]);

    [Fact]
    public void A_new_minimum_can_be_a_crossing() => Told(
        StockPolicy.Deny, minimum: 0,
        item => item.Receive(4, null, null, Now),
        item => item.SetMinimum(4, Now),
        item => item.SetMinimum(6, Now),
        item => item.SetMinimum(3, Now))
        .ShouldBe(["replenished 4", "low 4", "", "replenished 4"]);

    [Fact]
    public void An_untracked_item_has_no_alerts() => Told(
        StockPolicy.Untracked, minimum: 5,
        item => item.Receive(9, null, null, Now),
        item => item.Adjust(-9, "used", Now),
        item => item.SetPolicy(StockPolicy.Deny, Now),
        item => item.SetPolicy(StockPolicy.Untracked, Now))
        .ShouldBe(["", "", "low 0, depleted 0", ""]);

    private static List<string> Told(StockPolicy policy, decimal minimum, params Func<StockItem, StockEvent[]>[] steps)
    {
        var item = StockItem.Evolve(null, Opened(policy, minimum));
        var told = new List<string>();
        foreach (var step in steps)
        {
            var events = step(item);
            item = events.Aggregate(item, StockItem.Evolve);
            told.Add(string.Join(", ", events.Select(Alert).OfType<string>()));
        }

        return told;
    }

    private static string? Alert(StockEvent e) => e switch
    {
        StockLow low => $"low {low.Available}",
        StockDepleted depleted => $"depleted {depleted.Available}",
        StockReplenished replenished => $"replenished {replenished.Available}",
        StockNegative negative => $"negative {negative.OnHand}",
        _ => null,
    };
}
