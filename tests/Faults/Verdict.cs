using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Webhooks;
using Mainstreet.Api.Tests;

namespace Mainstreet.Faults;

/// <summary>
/// Whatever was answered has happened, whatever was asked again has happened once, and everything that follows from it has come to
/// its end.
/// </summary>
internal sealed class Verdict(Shop shop, Shoppers shoppers, WholeDatabase database, WebhookReceiver receiver)
{
    /// <summary>What twenty seconds do: a message that a killed process had taken is free again.</summary>
    public const string EndLeases = "update messages set visible_at = clock_timestamp(), leased_until = null where leased_until is not null returning 'freed'";

    /// <summary>Positions of a log, and versions of a stream, are 1, 2, 3 ...</summary>
    private const string Gaps = """
        select (select count(*) from (select from events group by tenant_id having max(position) <> count(*)) log)
             + (select count(*) from (select from events group by tenant_id, stream_id having max(version) <> count(*)) stream)
        """;

    private const string GivenUp = "select (select count(*) from dead_letters) + (select count(*) from checkpoints where parked_at is not null)";

    /// <summary>Steps and deadlines of an order have their effect once.</summary>
    private const string Doubled = "select count(*) from (select from events where type like 'order.%' group by tenant_id, stream_id, type having count(*) > 1) twice";

    private readonly TestBusiness business = shop.Business;

    public async Task Given()
    {
        foreach (var known in shoppers.Bought)
        {
            (await shoppers.Place(known.Basket, known.Key)).Order().ShouldBe(known.Order);
        }

        await database.Texts(EndLeases);
        await database.Settle();
        var paid = shoppers.Bought.Where(order => order.Status == "awaiting_payment").Where((_, i) => i % 2 == 0).ToArray();
        foreach (var order in paid)
        {
            await business.Owner.Post($"/sandbox/payments/{order.Order.Id}/authorize").Returns(204);
        }

        await business.Advance("P3D");
        await database.Settle();

        var orders = shoppers.Bought.Select(order => order with { Status = InTheEnd(order, paid.Contains(order)) }).ToArray();
        await OrdersAre(orders);
        await StockIs(orders);
        await DashboardIs(orders);
        WebhooksAre(await database.Texts("select event_id::text from events where type like 'order.%'"));
        foreach (var none in (string[])[Gaps, GivenUp, Doubled])
        {
            (await database.Number(none)).ShouldBe(0, none);
        }

        await ViewsAreTheirFolds();
    }

    /// <summary>Three days later all that waits for somebody has waited too long.</summary>
    private static string InTheEnd(Bought order, bool paid) => order.Status switch
    {
        "pending" => "rejected",
        "awaiting_payment" => paid ? "rejected" : "canceled",
        "delivered" => "completed",
        var status => status,
    };

    /// <summary>Each order once, and numbers without a gap.</summary>
    private async Task OrdersAre(Bought[] orders)
    {
        var found = await business.Owner.Pages("/business/orders?limit=100");
        found.Select(order => (order.GetProperty("id").GetGuid(), order.GetProperty("number").GetString(), order.GetProperty("status").GetString(), order.Amount("total"))).ShouldBe(
            orders.Select(order => (order.Order.Id, (string?)order.Order.Number, (string?)order.Status, order.Order.Total)), ignoreOrder: true);
        orders.Select(order => int.Parse(order.Order.Number)).Order().ShouldBe(Enumerable.Range(1001, orders.Length));
    }

    /// <summary>Sold and promised as often as it was bought, come in as often as it was received.</summary>
    private async Task StockIs(Bought[] orders)
    {
        foreach (var variant in shop.Variants)
        {
            var (gone, reserved) = (Pieces("completed"), Pieces("confirmed"));
            (await business.Stock(variant)).ShouldBe((Shop.Stock - gone, reserved, Shop.Stock - gone - reserved));

            decimal Pieces(string status) => orders.Where(order => order.Status == status).SelectMany(order => order.Basket.Lines).Where(line => line.VariantId == variant).Sum(line => line.Quantity);
        }

        var stored = await database.Texts($"""
            select coalesce(data->>'reference', data->>'reason') from events
             where type in ('stock.received.v1', 'stock.adjusted.v1') and stream_id in ({string.Join(',', shop.Shelves.Select(id => $"'{id}'"))})
            """);
        shoppers.Received.Except(stored).ShouldBeEmpty("lost");
        stored.Except(shoppers.Received).ShouldBeEmpty("asked by nobody");
        stored.CountBy(reference => reference).Where(count => count.Value > 1).ShouldBeEmpty("done twice");
        var shelves = new List<decimal>();
        foreach (var shelf in shop.Shelves)
        {
            shelves.Add((await business.Stock(shelf)).OnHand);
        }

        shelves.Sum().ShouldBe(shoppers.Received.Count);
    }

    private async Task DashboardIs(Bought[] orders)
    {
        var dashboard = (await business.Owner.Get("/business/dashboard").Returns(200)).Json;
        var sold = orders.Where(order => order.Status is "completed" or "confirmed").ToArray();
        dashboard.Amount("revenue").ShouldBe(sold.Sum(order => order.Order.Total));
        dashboard.GetProperty("orders").GetInt32().ShouldBe(sold.Length);
        dashboard.GetProperty("items").GetDecimal().ShouldBe(sold.Sum(order => order.Basket.Lines.Sum(line => line.Quantity)));
        dashboard.GetProperty("reversed_orders").GetInt32().ShouldBe(orders.Length - sold.Length);
        foreach (var status in dashboard.GetProperty("orders_by_status").EnumerateObject())
        {
            status.Value.GetInt32().ShouldBe(orders.Count(order => order.Status == status.Name), status.Name);
        }
    }

    /// <summary>Each event at least once, the first time in the order of its order's life.</summary>
    private void WebhooksAre(IEnumerable<string> events)
    {
        var received = receiver.All.DistinctBy(message => message.Id).ToArray();
        received.Select(message => message.Id).ShouldBe(events, ignoreOrder: true);
        foreach (var order in received.GroupBy(message => message.Subject))
        {
            order.Select(message => message.Json.GetProperty("sequence").GetInt32()).ShouldBe(Enumerable.Range(1, order.Count()));
        }
    }

    /// <summary>Every projection of the business, folded once more from the first event, has the rows that it has.</summary>
    private async Task ViewsAreTheirFolds()
    {
        var names = (await business.Owner.Get("/business/projections").Returns(200)).Data.Select(projection => projection.GetProperty("name").GetString()).ToArray();
        names.ShouldContain("sales_by_day");
        var rebuilds = new List<string>();
        await business.Owner.SteppedUp();
        foreach (var name in names)
        {
            rebuilds.Add($"/business/projections/{name}/rebuilds/{(await business.Owner.Post($"/business/projections/{name}/rebuilds", new { @switch = "manual" }).Returns(201)).Id}");
        }

        foreach (var path in rebuilds)
        {
            var ready = (await business.Owner.Get(path).Until(answer => answer.Json.GetProperty("status").GetString() == "ready")).Json;
            ready.GetProperty("built").ToString().ShouldBe(ready.GetProperty("live").ToString(), path);
        }
    }
}
