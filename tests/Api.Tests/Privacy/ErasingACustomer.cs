using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Webhooks;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using Npgsql;

namespace Mainstreet.Api.Tests.Privacy;

/// <summary>A product of its own, because all of its database is searched.</summary>
public sealed class ErasingACustomer(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly Contact Wilhelmina = new("Wilhelmina Quastenflosser", "wilhelmina@quastenflosser.example", "+49 30 98765432");
    private static readonly Contact Otto = new("Otto Normal", "otto@normal.example", "+49 30 1234567");
    private static readonly Address Street = new("Zitronenfalterweg 17", "Wolkenkuckucksheim", "10969", "DE", 52.52, 13.405, "ring at Quastenflosser");
    private static readonly string[] Traces = ["Wilhelmina", "quastenflosser", "98765432", "Zitronenfalterweg", "Wolkenkuckucksheim", "Lieblingsblumen"];

    [Fact]
    public async Task Nothing_that_is_stored_or_shown_names_her_any_more_and_totals_stay()
    {
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answers = received => Task.FromResult(new Answer(200, received.Text));
        var business = await api.NewBusiness();
        await business.NewWebhook(receiver, ["*"]);
        var (order, driver, delivery) = await Delivered(business);
        var customer = await business.CustomerOf(order);
        var kept = await business.Owner.Post("/business/projections/orders/rebuilds", new { }).Returns(201);
        await business.Owner.Get($"/business/projections/orders/rebuilds/{kept.Id}").Until(answer => answer.Json.Text("status") == "switched");
        var building = await business.Owner.Post("/business/projections/deliveries/rebuilds", new { @switch = "manual" }).Returns(201);
        await business.Owner.Get($"/business/projections/deliveries/rebuilds/{building.Id}").Until(answer => answer.Json.Text("status") == "ready");
        await new WholeDatabase(api.Database).Settle();
        var before = await Figures(business);
        (await Found()).Select(row => row.Split(' ')[0]).Distinct().Order().ShouldBe(["rm.customers_v6", "rm.deliveries_v2", "rm.orders_v6", "webhook_attempts"]);

        var erased = await business.Erase(customer).Returns(201);
        erased.Json.GetProperty("events").GetInt64().ShouldBe(3); // placed, delivery requested, proof submitted
        var certificate = (await business.Certificate(customer)).Json;
        certificate.GetProperty("by").GetGuid().ShouldBe(business.User.Id);
        certificate.GetProperty("read_models").EnumerateArray().Select(view => view.Text("projection"))
            .ShouldBe(["customers", "deliveries", "order_statuses", "orders", "product_sales_by_day", "sales_by_day"]); // whatever folds an event that named her

        (await Found()).ShouldBeEmpty();
        (await Figures(business)).ShouldBe(before);
        foreach (var path in new[]
        {
            order.Path, $"/business/deliveries/{delivery}", $"/history/orders/{order.Id}", $"/history/deliveries/{delivery}", "/events?limit=100", "/events/stream",
        })
        {
            var shown = (await business.Owner.Get(path).With("Last-Event-ID", "0").Returns(200)).Text; // streams from their beginning
            Traces.Where(trace => shown.Contains(trace, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(path);
            shown.ShouldContain("[erased]", customMessage: path);
        }

        (await api.Guest.Get(order.GuestPath()).Returns(200)).Text.ShouldNotContain("Zitronenfalterweg");
        (await driver.Session.Get($"/driver/deliveries/{delivery}").Returns(200)).Text.ShouldNotContain("Zitronenfalterweg");
        await business.Owner.Post($"/business/projections/orders/rebuilds/{kept.Id}/rollback").Refused(409, "illegal_transition");
        await business.Owner.Post($"/business/projections/deliveries/rebuilds/{building.Id}/promote").Refused(409, "illegal_transition");
    }

    [Fact]
    public async Task Erased_again_nothing_changes_and_who_came_back_is_a_customer_as_any()
    {
        var business = await api.NewBusiness();
        var (order, _, _) = await Delivered(business);
        var customer = await business.CustomerOf(order);
        var first = await business.Erase(customer).Returns(201);
        var second = await business.Erase(customer, "objected").Returns(201);
        (second.Text, second.ETag).ShouldBe((first.Text, first.ETag));
        var certificate = await business.Certificate(customer);

        var again = await api.Buy(business, new Basket(new BasketLine(await business.Sell("Vase"))) { Contact = Wilhelmina });
        (await business.CustomerOf(again)).ShouldBe(customer);
        (await business.Owner.Get(again.Path).Returns(200)).Text.ShouldContain(Wilhelmina.Name!);
        (await business.Owner.Get($"/history/orders/{order.Id}").Returns(200)).Text.ShouldNotContain(Wilhelmina.Name!);
        (await business.Owner.Get(order.Path).Returns(200)).Json.GetProperty("customer").Text("name").ShouldBe("[erased]");
        await business.Erase(customer).Refused(409, "customer_has_open_orders");

        await business.Owner.Post($"{again.Path}/cancel", new { reason = "closed" }).Returns(204);
        (await business.Erase(customer).Returns(201)).Json.GetProperty("events").GetInt64().ShouldBe(1);
        (await business.Certificate(customer)).Json.Text("id").ShouldNotBe(certificate.Json.Text("id"));
        (await business.Owner.Get($"/history/orders/{again.Id}").Returns(200)).Text.ShouldNotContain(Wilhelmina.Name!);
    }

    /// <summary>The other process remembers the key with which it wrote the first order.</summary>
    [Fact]
    public async Task A_process_that_remembers_the_destroyed_key_does_not_write_with_it()
    {
        await using var twin = api.Twin();
        var business = await api.NewBusiness();
        var variant = await business.Sell("Vase");
        var basket = new Basket(new BasketLine(variant)) { Contact = Otto };
        var order = await twin.Buy(business, basket);
        var customer = await business.CustomerOf(order);
        await business.Owner.Post($"{order.Path}/reject", new { reason = "sold_out" }).Returns(204);
        await business.Erase(customer).Returns(201);

        var again = await twin.Buy(business, basket);
        (await business.Owner.Get($"/history/orders/{again.Id}").Returns(200)).Text.ShouldContain(Otto.Name!);
        (await business.Owner.Get($"/history/orders/{order.Id}").Returns(200)).Text.ShouldNotContain(Otto.Name!);
    }

    [Fact]
    public async Task An_open_order_another_business_s_customer_and_everybody_but_the_owner_are_refused()
    {
        var (business, other) = (await api.NewBusiness(), await api.NewBusiness("other"));
        var order = await api.NewOrder(business);
        var customer = await business.CustomerOf(order);

        var refused = await business.Erase(customer).Refused(409, "customer_has_open_orders");
        refused.Json.Texts("orders").ShouldBe([order.Number]);
        await business.Owner.Get($"/business/customers/{customer}/erasure").Refused(404, "not_found");
        await other.Erase(customer).Refused(404, "not_found");
        await business.Erase(Guid.NewGuid()).Refused(404, "not_found");
        (await business.Erase(customer, "Wilhelmina wants it").Refused(400, "invalid_json")).Faults.ShouldBe(["/reason invalid_json"]);
        await (await api.NewMember(business, Role.Manager)).Post($"/business/customers/{customer}/erase", new { reason = "requested" })
            .Refused(403, "missing_permission");
    }

    private async Task<(TestOrder Order, TestDriver Driver, Guid Delivery)> Delivered(TestBusiness business)
    {
        var variant = await business.Sell("Watering can", 1200);
        await business.Deliver(350);
        var order = await api.Buy(
            business, new Basket(new BasketLine(variant, 2, "Lieblingsblumen")) { DeliveryType = "delivery", Address = Street, Contact = Wilhelmina });
        await business.Owner.Post($"{order.Path}/confirm").Returns(204);
        await business.Owner.Post($"{order.Path}/ready").Returns(204);
        var driver = await api.NewDriver(business);
        var delivery = await api.Assign(business, order, driver);
        await driver.Drive(delivery, "to_business", "at_pickup", "picked_up", "en_route", "arrived");
        await driver.Session.Post($"/driver/deliveries/{delivery}/proof", new { signature = "data:image/png;base64,AA==", note = "with Lieblingsblumen" }).Returns(204);
        await driver.Session.Post($"/driver/deliveries/{delivery}/collect-cash", new { amount = OrderStarters.Eur(order.Total) }).Returns(204);
        await driver.Report(delivery, "delivered");
        return (order, driver, delivery);
    }

    private static async Task<string> Figures(TestBusiness business)
    {
        var dashboard = (await business.Owner.Get("/business/dashboard").Returns(200)).Json;
        return $"{dashboard.GetProperty("revenue")} {dashboard.GetProperty("orders")}";
    }

    /// <summary>Every row of every table that mentions her.</summary>
    private async Task<List<string>> Found()
    {
        await using var connection = new NpgsqlConnection(api.Database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var found = new List<string>();
        foreach (var table in await new WholeDatabase(api.Database).Texts(
            "select oid::regclass::text from pg_class where relkind = 'r' and relnamespace in ('public'::regnamespace, 'rm'::regnamespace)"))
        {
            await using var command = new NpgsqlCommand($"select t::text from {table} t where t::text ilike any ($1)", connection)
            {
                Parameters = { new() { Value = Traces.Select(trace => $"%{trace}%").ToArray() } },
            };
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                found.Add($"{table} {reader.GetString(0)}");
            }
        }

        return found;
    }
}
