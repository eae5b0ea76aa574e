using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Webhooks;

namespace Mainstreet.Api.Tests.Faults;

/// <summary>
/// The process is killed under load, three times, once together with its database. Whatever was answered has happened, whatever
/// is asked again happens once, and everything that follows from it comes to its end.
/// </summary>
public sealed class KillNine : IAsyncLifetime
{
    private const decimal Received = 100_000;

    /// <summary>What twenty seconds do: a message that a killed process had taken is free again.</summary>
    private const string endLeases = "update messages set visible_at = clock_timestamp(), leased_until = null where leased_until is not null returning 'freed'";

    /// <summary>Positions of a log, and versions of a stream, are 1, 2, 3 ...</summary>
    private const string gaps = """
        select (select count(*) from (select from events group by tenant_id having max(position) <> count(*)) log)
             + (select count(*) from (select from events group by tenant_id, stream_id having max(version) <> count(*)) stream)
        """;

    private const string givenUp = "select (select count(*) from dead_letters) + (select count(*) from checkpoints where parked_at is not null)";

    private readonly ApiProcess product = new();
    private WebhookReceiver receiver = null!;

    public async ValueTask InitializeAsync()
    {
        receiver = await WebhookReceiver.Start();
        await product.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await product.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_lost_and_nothing_happens_twice()
    {
        var (shop, token) = await Open();
        Guid[] variants = [await shop.Sell("Lamp", 4900, Received), await shop.Sell("Vase", 1250, Received), await shop.Sell("Rug", 8900, Received)];
        await shop.NewWebhook(receiver, ["order.*"]);
        var shoppers = new Shoppers(product, shop.Subdomain, token, variants);
        var shopping = shoppers.Run(8);
        foreach (var withDatabase in (bool[])[false, true, false])
        {
            await shoppers.Answers(100);
            await product.Kill(withDatabase);
            await product.Start();
        }

        await shoppers.Answers(100);
        shoppers.Close();
        await shopping;
        shoppers.Repeated.ShouldBeGreaterThan(0);
        foreach (var known in shoppers.Bought)
        {
            (await shoppers.Place(known.Basket, known.Key)).Order().ShouldBe(known.Order);
        }

        shop = shop with { Owner = new Session(await product.Http, token) };
        var database = new WholeDatabase(await product.Database());
        await database.Texts(endLeases);
        await database.Settle();
        var paid = shoppers.Bought.Where(order => order.Status == "awaiting_payment").Where((_, i) => i % 2 == 0).ToArray();
        foreach (var order in paid)
        {
            await shop.Owner.Post($"/sandbox/payments/{order.Order.Id}/authorize").Returns(204);
        }

        await shop.Advance("P3D");
        await database.Settle();

        var orders = shoppers.Bought.Select(order => order with { Status = InTheEnd(order, paid.Contains(order)) }).ToArray();
        await OrdersAre(orders, shop);
        await StockIs(orders, shop, variants);
        await DashboardIs(orders, shop);
        WebhooksAre(await database.Texts("select event_id::text from events where type like 'order.%'"));
        (await database.Number(gaps)).ShouldBe(0);
        (await database.Number(givenUp)).ShouldBe(0);
    }

    private async Task<(TestBusiness Shop, string Token)> Open()
    {
        var http = await product.Http;
        var registered = await new Session(http).Post("/auth/register", new { email = "owner@example.com", password = Starters.Password, full_name = "Olga" }).Returns(201);
        var user = new Session(http, Starters.Token(registered));
        var business = await user.Post("/businesses", new { name = "Acme", subdomain = "acme", currency = "EUR", timezone = "Europe/Berlin", mode = "test" }).Returns(201);
        var token = Starters.Token(await user.Post("/auth/switch-business", new { business_id = business.Id }).Returns(200));
        var owner = new TestUser(registered.Json.GetProperty("user").GetProperty("id").GetGuid(), "owner@example.com", Starters.Password, user);
        return (new(business.Id, "acme", owner, new Session(http, token), business.Json.OptionalGuid("test_clock_id")), token);
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
    private static async Task OrdersAre(Bought[] orders, TestBusiness shop)
    {
        var found = await shop.Owner.Pages("/business/orders?limit=100");
        found.Select(order => (order.GetProperty("id").GetGuid(), order.GetProperty("number").GetString(), order.GetProperty("status").GetString(), order.Amount("total"))).ShouldBe(
            orders.Select(order => (order.Order.Id, (string?)order.Order.Number, (string?)order.Status, order.Order.Total)), ignoreOrder: true);
        orders.Select(order => int.Parse(order.Order.Number)).Order().ShouldBe(Enumerable.Range(1001, orders.Length));
    }

    private static async Task StockIs(Bought[] orders, TestBusiness shop, Guid[] variants)
    {
        foreach (var variant in variants)
        {
            var (gone, reserved) = (Pieces("completed"), Pieces("confirmed"));
            (await shop.Stock(variant)).ShouldBe((Received - gone, reserved, Received - gone - reserved));

            decimal Pieces(string status) => orders.Where(order => order.Status == status).SelectMany(order => order.Basket.Lines).Where(line => line.VariantId == variant).Sum(line => line.Quantity);
        }
    }

    private static async Task DashboardIs(Bought[] orders, TestBusiness shop)
    {
        var dashboard = (await shop.Owner.Get("/business/dashboard").Returns(200)).Json;
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
}
