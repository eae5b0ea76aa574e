using System.Text.Json;

namespace Mainstreet.Benchmarks;

/// <summary>
/// Counts the public events of a business anew, with nothing of the product but their JSON, and compares: levels with movements, movements with what was
/// sold, tills with sales, customers and dashboards with orders and sales.
/// </summary>
internal sealed class Recount(DayShop shop)
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
        Same("customers", placed.Select(e => e.GetProperty("customer_id").GetGuid()).Distinct().Count(), customers.Count);
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

        return differences;
    }

    private void Stock(ILookup<string, JsonElement> data, List<JsonElement> items)
    {
        var level = new Dictionary<Guid, decimal>();
        (string Type, string Member, int Sign)[] movements =
        [
            ("stock.received", "quantity", 1), ("stock.adjusted", "delta", 1), ("stock.counted", "difference", 1), ("stock.taken_back", "quantity", 1),
            ("stock.returned", "quantity", 1), ("stock.issued", "quantity", -1), ("stock.sold", "quantity", -1),
        ];
        foreach (var (type, member, sign) in movements)
        {
            foreach (var e in data[type])
            {
                level[Variant(e)] = level.GetValueOrDefault(Variant(e)) + (sign * e.GetProperty(member).GetDecimal());
            }
        }

        foreach (var item in items)
        {
            Same($"level of {Variant(item)}", level.GetValueOrDefault(Variant(item)), item.GetProperty("on_hand").GetDecimal());
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

    private static decimal Sum(IEnumerable<JsonElement> sales) => sales.Sum(sale => Amount(sale.GetProperty("total")));

    private static long Amount(JsonElement money) => money.GetProperty("amount").GetInt64();
}
