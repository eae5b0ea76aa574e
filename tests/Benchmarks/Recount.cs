using System.Text.Json;

namespace Mainstreet.Benchmarks;

/// <summary>
/// Counts the public events of a business anew, with nothing of the product but their JSON, and compares: levels with movements, movements with what was
/// sold, tills with sales, customers and dashboards with orders and sales, points with what members paid, statements with the fees of what was paid.
/// </summary>
/// <param name="feeBasisPoints">The platform's fee, in hundredths of a percent.</param>
internal sealed class Recount(DayShop shop, int feeBasisPoints)
{
    private readonly List<string> differences = [];

    public async Task<List<string>> Differences()
    {
        var (events, position) = await shop.Log();
        var data = events.ToLookup(e => e.GetProperty("type").GetString()!, e => e.GetProperty("data"), StringComparer.Ordinal);
        var (placed, rungUp, voided, returned) = (data["order.placed"].ToList(), data["sale.rung_up"].ToList(), data["sale.voided"].ToList(), data["sale.returned"].ToList());
        var reversed = ((string[])["order.rejected", "order.canceled", "order.payment_expired", "order.returned"]).SelectMany(type => data[type]).Select(e => e.GetProperty("reversed")).ToList();

        var items = await shop.All("/business/stock/items", position);
        Stock(data, items);
        var kept = items.Where(item => item.GetProperty("policy").GetString() != "untracked").Select(Variant).ToHashSet();
        Goods("sold at tills", rungUp.SelectMany(Lines), data["stock.sold"], kept);
        Goods("back from tills", voided.Concat(returned).SelectMany(Lines), data["stock.taken_back"], kept);
        Goods("reserved for orders", placed.SelectMany(Lines), data["stock.reserved"], kept);

        var dashboard = await shop.Get("/business/dashboard", position);
        var complete = returned.Count(e => e.GetProperty("complete").GetBoolean());
        Same("revenue", Sum(placed) + Sum(rungUp) - Sum(reversed) - Sum(voided) - Sum(returned), Amount(dashboard.GetProperty("revenue")));
        Same("orders", placed.Count + rungUp.Count - reversed.Count - voided.Count - complete, dashboard.GetProperty("orders").GetInt32());
        Same("reversed orders", reversed.Count + voided.Count + complete, dashboard.GetProperty("reversed_orders").GetInt32());
        Same("orders of every status", placed.Count, dashboard.GetProperty("orders_by_status").EnumerateObject().Sum(status => status.Value.GetInt32()));

        var customers = await shop.All("/business/customers", position);
        Same("customers", placed.Select(Customer).Concat(shop.Accounts.Select(account => account.Id)).Distinct().Count(), customers.Count);
        Same("orders of customers", placed.Count - reversed.Count, customers.Sum(customer => customer.GetProperty("orders").GetInt32()));
        Same("spent by customers", Sum(placed) - Sum(reversed), customers.Sum(customer => Amount(customer.GetProperty("spent"))));

        foreach (var session in shop.Sessions)
        {
            var report = await shop.Get($"/business/register-sessions/{session}/report", position);
            Same("sales of a till", rungUp.Count(Of), report.GetProperty("sales").GetInt32());
            Same("sold at a till", Sum(rungUp.Where(Of)), Amount(report.GetProperty("sold")));
            Same("voided at a till", Sum(voided.Where(Of)), Amount(report.GetProperty("voided")));
            Same("returned to a till", Sum(returned.Where(Of)), Amount(report.GetProperty("returned")));
            Same("net of a till", Sum(rungUp.Where(Of)) - Sum(voided.Where(Of)) - Sum(returned.Where(Of)), Amount(report.GetProperty("net")));

            bool Of(JsonElement e) => e.GetProperty("session_id").GetGuid() == session;
        }

        await Points(data, customers, position);
        await Money(data, position);
        return differences;
    }

    /// <summary>Whoever has an account earns a point for each whole unit of an order that is done, and has back what was redeemed for one that was called off.</summary>
    private async Task Points(ILookup<string, JsonElement> data, List<JsonElement> customers, long position)
    {
        var done = data["order.completed"].Select(Order).ToHashSet();
        var calledOff = data["order.rejected"].Concat(data["order.canceled"]).Select(Order).ToHashSet();
        foreach (var (account, _) in shop.Accounts)
        {
            var orders = data["order.placed"].Where(e => Customer(e) == account).ToList();
            var earned = orders.Where(e => done.Contains(Order(e))).Sum(e => Amount(e.GetProperty("total")) / 100);
            var redeemed = orders.Where(e => !calledOff.Contains(Order(e))).Sum(e => Amount(e.GetProperty("discount")) / DayShop.PointValue); // there are no other discounts
            var balance = DayShop.Welcome + earned - redeemed;
            Same($"points of {account}", balance, (await shop.Get($"/business/customers/{account}/loyalty", position)).GetProperty("balance").GetInt64());
            Same($"points in the list of {account}", balance, customers.Single(customer => DayShop.Id(customer) == account).GetProperty("loyalty_points").GetInt64());
        }
    }

    /// <summary>All was paid in cash or at a till, so that the business has it already, and its statements say the fees of it.</summary>
    private async Task Money(ILookup<string, JsonElement> data, long position)
    {
        var cash = data["order.collected"].Select(e => Amount(e.GetProperty("cash_collected"))).ToList();
        var sales = data["sale.rung_up"].ToDictionary(Sale, e => Amount(e.GetProperty("total")));
        var back = data["sale.voided"].Concat(data["sale.returned"]).GroupBy(Sale).ToDictionary(same => same.Key, same => same.Sum(e => Amount(e.GetProperty("total"))));
        var charged = cash.Concat(sales.Values).Sum(paid => Part(paid, feeBasisPoints, 10_000));
        var reversed = back.Sum(sale => Part(Part(sales[sale.Key], feeBasisPoints, 10_000), sale.Value, sales[sale.Key]));

        var entries = new List<JsonElement>();
        foreach (var payout in await shop.All("/business/payouts", position))
        {
            var statement = await shop.Get($"/business/payouts/{DayShop.Id(payout)}/statement", position);
            var lines = statement.GetProperty("lines").EnumerateArray().ToList();
            Same("balance of a statement", Amount(statement.GetProperty("opening")) + Sum(lines, "amount"), Amount(statement.GetProperty("closing")));
            entries.AddRange(lines);
        }

        Same("fees on statements", -charged, Sum(entries.Where(line => line.GetProperty("kind").GetString() == "fee"), "amount"));
        Same("reversed fees on statements", reversed, Sum(entries.Where(line => line.GetProperty("kind").GetString() == "fee_reversal"), "amount"));
        Same("all lines of statements", reversed - charged, Sum(entries, "amount"));

        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var summary = await shop.Get($"/financial-summary?from={today.AddDays(-2):yyyy-MM-dd}&to={today.AddDays(2):yyyy-MM-dd}", position);
        var finances = summary.GetProperty("currencies").EnumerateArray().Single();
        Same("gross", cash.Sum() + sales.Values.Sum(), Amount(finances.GetProperty("gross")));
        Same("refunds", back.Values.Sum(), Amount(finances.GetProperty("refunds")));
        Same("fees", charged - reversed, Amount(finances.GetProperty("fees")));
    }

    private void Stock(ILookup<string, JsonElement> data, List<JsonElement> items)
    {
        var level = new Dictionary<(Guid Variant, Guid? Location), decimal>();
        (string Type, string Member, int Sign)[] movements =
        [
            ("stock.received", "quantity", 1), ("stock.adjusted", "delta", 1), ("stock.counted", "difference", 1), ("stock.taken_back", "quantity", 1),
            ("stock.returned", "quantity", 1), ("stock.issued", "quantity", -1), ("stock.sold", "quantity", -1),
            ("stock.transferred_in", "quantity", 1), ("stock.transferred_out", "quantity", -1),
        ];
        foreach (var (type, member, sign) in movements)
        {
            foreach (var e in data[type])
            {
                level[Place(e)] = level.GetValueOrDefault(Place(e)) + (sign * e.GetProperty(member).GetDecimal());
            }
        }

        foreach (var item in items)
        {
            Same($"level of {Place(item)}", level.GetValueOrDefault(Place(item)), item.GetProperty("on_hand").GetDecimal());
        }
    }

    /// <summary>What the lines of sales say, and what the ledger says, by variant; of what is not kept in stock nothing moves.</summary>
    private void Goods(string what, IEnumerable<JsonElement> lines, IEnumerable<JsonElement> movements, HashSet<Guid> kept)
    {
        var (said, moved) = (ByVariant(lines.Where(line => kept.Contains(Variant(line)))), ByVariant(movements));
        foreach (var variant in said.Keys.Union(moved.Keys))
        {
            Same($"{what}: {variant}", said.GetValueOrDefault(variant), moved.GetValueOrDefault(variant));
        }
    }

    private static Dictionary<Guid, decimal> ByVariant(IEnumerable<JsonElement> parts) =>
        parts.GroupBy(Variant).ToDictionary(same => same.Key, same => same.Sum(part => part.GetProperty("quantity").GetDecimal()));

    private void Same(string what, decimal counted, decimal told)
    {
        if (counted != told)
        {
            differences.Add($"{shop.Name}, {what}: counted {counted}, told {told}");
        }
    }

    private static IEnumerable<JsonElement> Lines(JsonElement e) => e.GetProperty("lines").EnumerateArray();

    private static Guid Variant(JsonElement thing) => thing.GetProperty("variant_id").GetGuid();

    /// <summary>Goods at the default location: their level has the variant's id, and their events name no location.</summary>
    private static (Guid Variant, Guid? Location) Place(JsonElement thing) => (
        Variant(thing),
        thing.TryGetProperty("location_id", out var location) && !(thing.TryGetProperty("id", out var id) && id.GetGuid() == Variant(thing)) ? location.GetGuid() : null);

    private static Guid Customer(JsonElement order) => order.GetProperty("customer_id").GetGuid();

    private static Guid Order(JsonElement e) => e.GetProperty("order_id").GetGuid();

    private static Guid Sale(JsonElement e) => e.GetProperty("sale_id").GetGuid();

    private static decimal Sum(IEnumerable<JsonElement> sales) => Sum(sales, "total");

    private static decimal Sum(IEnumerable<JsonElement> things, string amount) => things.Sum(thing => Amount(thing.GetProperty(amount)));

    /// <summary>Rounded half away from zero.</summary>
    private static decimal Part(decimal whole, decimal part, decimal of) => Math.Round(whole * part / of, MidpointRounding.AwayFromZero);

    private static long Amount(JsonElement money) => money.GetProperty("amount").GetInt64();
}
