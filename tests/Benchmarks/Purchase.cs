using System.Globalization;
using System.Text.Json;

namespace Mainstreet.Benchmarks;

/// <summary>What somebody buys on the generated day, and what becomes of it.</summary>
/// <param name="Lines">Each variant once.</param>
/// <param name="Session">Of the till.</param>
/// <param name="Customer">The same number is the same customer.</param>
/// <param name="Fate">Below 1.</param>
/// <param name="Points">Redeemed for it at a storefront; null: none.</param>
internal sealed record Purchase(DayShop Shop, bool AtTill, (Guid Variant, int Quantity, long Price)[] Lines, Guid Session, int Customer, double Fate, int? Points)
{
    private const int Customers = 40;

    public static Purchase Drawn(Random random, List<DayShop> shops)
    {
        var shop = shops[random.Next(shops.Count)];
        var lines = Enumerable.Range(0, random.Next(1, 5)).Select(_ => shop.Goods[random.Next(shop.Goods.Count)]).DistinctBy(goods => goods.Variant)
            .Select(goods => (goods.Variant, random.Next(1, 4), goods.Price)).ToArray();
        var (atTill, session, customer, fate) = (random.NextDouble() < 0.45, shop.Sessions[random.Next(shop.Sessions.Count)], random.Next(Customers), random.NextDouble());
        var points = random.Next(1, 21);
        return new(shop, atTill, lines, session, customer, fate, customer < DayShop.Members && points <= 10 ? points : null);
    }

    public object Basket() => new
    {
        lines = Lines.Select(line => new { variant_id = line.Variant, quantity = line.Quantity }),
        delivery_type = "pickup",
        payment_method = "cash",
        redeem_points = Points,
        contact = new { name = $"Carla {Customer}", email = DayShop.Email(Customer), phone = $"+49 30 {Customer.ToString("D6", CultureInfo.InvariantCulture)}" },
    };

    /// <summary>Most are collected and done; some are rejected, called off, or still under way in the evening.</summary>
    public IEnumerable<(string Step, object? Body)> StepsOfOrder(JsonElement total) => Fate switch
    {
        < 0.06 => [("reject", new { reason = "Sold out" })],
        < 0.10 => [("confirm", null), ("cancel", new { reason = "Called" })],
        < 0.15 => [("confirm", null)],
        _ => [("confirm", null), ("ready", null), ("collect", new { cash_collected = total }), ("complete", null)],
    };

    public object Sale() => new
    {
        session_id = Session,
        lines = Lines.Select(line => new { variant_id = line.Variant, quantity = line.Quantity }),
        payments = new[] { new { method = "card", amount = DayShop.Money(Lines.Sum(line => line.Price * line.Quantity)), reference = "T-1" } },
    };

    /// <summary>Some are voided, of some a piece comes back.</summary>
    public IEnumerable<(string Step, object? Body)> StepsOfSale() => Fate switch
    {
        < 0.03 => [("void", new { session_id = Session, reason = "Mistake" })],
        < 0.09 => [("returns", new { session_id = Session, lines = new[] { new { line_no = 1, quantity = 1, restock = true } } })],
        _ => [],
    };
}
