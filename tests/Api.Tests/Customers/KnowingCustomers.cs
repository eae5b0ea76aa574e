using System.Text.Json;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Pos;
using Mainstreet.Api.Tests.Privacy;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using static Mainstreet.Api.Tests.Pos.PosStarters;

namespace Mainstreet.Api.Tests.Customers;

/// <summary>What a business sees of those who buy (CUS-07).</summary>
public sealed class KnowingCustomers(ApiFixture api)
{
    private static readonly Contact Zoe = new("Zoë Ångström", "zoe@example.com", "+49 30 1234567");
    private static readonly Contact Adam = new("Adam Smith", "adam@example.com", "0171 99 88 77");

    [Fact]
    public async Task Customers_are_found_by_what_they_are_called_and_by_what_they_bought()
    {
        var (shop, lamp) = await api.NewShop();
        await Buy(shop, lamp, Zoe);
        var between = (await Buy(shop, lamp, Zoe with { Email = "ZOE@example.com" })).GetProperty("created_at").GetString();
        await shop.Advance("PT1M");
        await Buy(shop, lamp, Adam);
        var only = await api.NewCustomer(shop, "only@example.com"); // an account, and no order
        await CatchUp(shop);

        (await Names(shop, "")).ShouldBe([Adam.Name, Zoe.Name, "Carla Berg"]); // who ordered last is first
        (await Names(shop, "sort=name")).ShouldBe([Adam.Name, "Carla Berg", Zoe.Name]);
        (await Names(shop, "sort=-spent")).ShouldBe([Zoe.Name, Adam.Name, "Carla Berg"]);
        (await Names(shop, "q=ANGSTROM")).ShouldBe([Zoe.Name]);
        (await Names(shop, "q=zoe%20%C3%A5ngstr%C3%B6m")).ShouldBe([Zoe.Name]);
        (await Names(shop, "q=adam%40example")).ShouldBe([Adam.Name]);
        (await Names(shop, "q=0049-30/1234567")).ShouldBe([Zoe.Name]);
        (await Names(shop, "q=%2B49%2030")).ShouldBe([Zoe.Name]);
        (await Names(shop, "q=zoe%20adam")).ShouldBeEmpty();
        (await Names(shop, "kind=registered")).ShouldBe(["Carla Berg"]);
        (await Names(shop, "kind=guest&sort=name")).ShouldBe([Adam.Name, Zoe.Name]);
        (await Names(shop, $"ordered_since={between}")).ShouldBe([Adam.Name, Zoe.Name]);
        (await Names(shop, $"not_ordered_since={between}")).ShouldBe(["Carla Berg"]);
        (await Names(shop, "min_orders=2")).ShouldBe([Zoe.Name]);
        (await Names(shop, "min_spent=4900&sort=name")).ShouldBe([Adam.Name, Zoe.Name]);

        foreach (var sort in new[] { "sort=-spent", "sort=name", "sort=-last_order_at" })
        {
            var first = await shop.Owner.Get($"/business/customers?limit=2&{sort}").Returns(200);
            var rest = await shop.Owner.Get($"/business/customers?limit=2&{sort}&cursor={first.Json.Text("next_cursor")}").Returns(200);
            first.Data.Concat(rest.Data).Select(row => row.Text("name")).ShouldBe(await Names(shop, sort));
        }

        await shop.Owner.Get("/business/customers?min_orders=-1").Refused(400, "validation_failed");
        await shop.Owner.Get("/business/customers?kind=friend").Refused(400, "invalid_parameter");
        await (await api.NewMember(shop, Role.Technician)).Get("/business/customers").Refused(403, "missing_permission");
        await only.Session.Get("/business/customers").Refused(403, "missing_permission");
        var other = await api.NewBusiness("globex");
        (await other.Owner.Get("/business/customers").Returns(200)).Data.ShouldBeEmpty();
        await other.Owner.Get($"/business/customers/{only.Id}").Refused(404, "not_found");
    }

    [Fact]
    public async Task What_they_bought_at_a_till_counts_until_it_comes_back()
    {
        var acme = await api.NewBusiness();
        var (till, lamp) = (await acme.NewTill(), await acme.Goods());
        var customer = await api.Bought(acme, "Desk", 100);
        await CatchUp(acme);
        (await Counted()).ShouldBe("1 of 100, 0 reversed");

        var voided = await Sell(2);
        var returned = await Sell(2);
        await till.RingUp(lamp, 1, Cash(595)).Returns(201); // nobody's
        (await Counted()).ShouldBe("3 of 2480, 0 reversed");
        await till.Session.Post($"{voided.Path()}/void", new { session_id = till.SessionId, reason = "Mistake" }).Returns(204);
        await Return(1);
        (await Counted()).ShouldBe("2 of 695, 1 reversed");
        await Return(1);
        (await Counted()).ShouldBe("1 of 100, 2 reversed");
        (await acme.Owner.Get("/business/customers").Returns(200)).Data.Length.ShouldBe(1);

        Task<ApiAnswer> Sell(int quantity) => till.Session.Post(
            "/business/sales",
            new { session_id = till.SessionId, lines = new[] { new { variant_id = lamp, quantity } }, payments = new[] { Cash(quantity * 595) }, customer_id = customer }).Returns(201);

        Task<ApiAnswer> Return(int quantity) => till.Session.Post(
            $"{returned.Path()}/returns", new { session_id = till.SessionId, lines = new[] { new { line_no = 1, quantity } } }).Returns(200);

        async Task<string> Counted()
        {
            var known = (await acme.Owner.Get($"/business/customers/{customer}").Returns(200)).Json;
            return $"{known.Text("orders")} of {known.Cents("spent")}, {known.Text("reversed_orders")} reversed";
        }
    }

    [Fact]
    public async Task A_guest_who_registers_stays_one_customer_and_only_a_verified_account_says_the_name()
    {
        var (shop, lamp) = await api.NewShop();
        await shop.Deliver();
        var email = Starters.NewEmail("carla");
        var order = await api.Buy(shop, new Basket(new BasketLine(lamp)) { Contact = new("C. Berg", email, "+49 30 99") }.Delivered());
        var id = await shop.CustomerOf(order);
        await CatchUp(shop);
        var guest = await Read(shop, id);
        (guest.Text("kind"), guest.Text("name"), guest.GetProperty("last_address").Text("line")).ShouldBe(("guest", "C. Berg", Basket.Home.Line));
        guest.TryGetProperty("account", out _).ShouldBeFalse();

        var carla = await api.NewCustomer(shop, email);
        carla.Id.ShouldBe(id);
        await carla.Session.Post("/customers/me/addresses", new { label = "Home", address = Basket.Home }).Returns(201);
        var claimed = await shop.Owner.Get($"/business/customers/{id}").Until(answer => answer.Json.GetProperty("addresses").GetArrayLength() == 1);
        (claimed.Json.Text("kind"), claimed.Json.Text("name"), claimed.Json.Text("email")).ShouldBe(("registered", "C. Berg", email)); // anybody can say that it is theirs
        claimed.Json.GetProperty("account").GetProperty("email_verified").GetBoolean().ShouldBeFalse();
        await carla.Verify();
        (await shop.Owner.Get($"/business/customers/{id}").Until(answer => answer.Json.Text("name") == "Carla Berg")).Json.GetProperty("orders").GetInt32().ShouldBe(1);

        await shop.Owner.Post($"{order.Path}/cancel", new { reason = "closed" }).Returns(204);
        var canceled = await Read(shop, id);
        (canceled.GetProperty("orders").GetInt32(), canceled.GetProperty("reversed_orders").GetInt32(), canceled.Amount("spent")).ShouldBe((0, 1, 0));
        canceled.GetProperty("last_order_at").GetDateTimeOffset().ShouldBe(canceled.GetProperty("first_order_at").GetDateTimeOffset());
    }

    [Fact]
    public async Task An_erasure_leaves_the_figures_and_nobody_s_name()
    {
        var (shop, lamp) = await api.NewShop();
        var order = await api.Buy(shop, new Basket(new BasketLine(lamp)) { Contact = Zoe });
        await shop.Owner.Post($"{order.Path}/confirm").Returns(204);
        await shop.Owner.Post($"{order.Path}/ready").Returns(204);
        await shop.Owner.Post($"{order.Path}/collect", new { cash_collected = OrderStarters.Eur(order.Total) }).Returns(204);
        var id = await shop.CustomerOf(order);
        await shop.Erase(id).Returns(201);
        await ShowsFiguresOnly();
        await shop.Certificate(id); // folded again from what is readable
        await ShowsFiguresOnly();
        (await Names(shop, "q=zoe")).ShouldBeEmpty();
        (await Names(shop, "q=erased")).ShouldBeEmpty();

        await Buy(shop, lamp, Zoe); // is back
        await CatchUp(shop);
        var back = await Read(shop, id);
        (back.Text("name"), back.GetProperty("orders").GetInt32(), back.Amount("spent")).ShouldBe((Zoe.Name, 2, 9800));

        async Task ShowsFiguresOnly()
        {
            var left = await Read(shop, id);
            (left.GetProperty("orders").GetInt32(), left.Amount("spent"), left.TryGetProperty("erased_at", out _)).ShouldBe((1, 4900, true));
            (left.TryGetProperty("name", out _), left.TryGetProperty("email", out _), left.TryGetProperty("phone", out _)).ShouldBe((false, false, false));
        }
    }

    private async Task<JsonElement> Buy(TestBusiness shop, Guid variant, Contact contact)
    {
        var order = await api.Buy(shop, new Basket(new BasketLine(variant)) { Contact = contact });
        return (await shop.Owner.Get(order.Path).Returns(200)).Json;
    }

    /// <summary>The owner's reads wait for the owner's last write, and so for what others wrote before.</summary>
    private static async Task CatchUp(TestBusiness shop) => await shop.Sell("Vase");

    private static async Task<JsonElement> Read(TestBusiness shop, Guid customer) => (await shop.Owner.Get($"/business/customers/{customer}").Returns(200)).Json;

    private static async Task<string?[]> Names(TestBusiness shop, string query) =>
        [.. (await shop.Owner.Get($"/business/customers?{query}").Returns(200)).Data.Select(row => row.TryGetProperty("name", out var name) ? name.GetString() : null)];
}
