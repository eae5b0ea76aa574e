using System.Text.Json;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Loyalty;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Pos;
using Mainstreet.Api.Tests.Privacy;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Customers;

/// <summary>Staff find that entries are one person (11.6).</summary>
public sealed class MergingCustomers(ApiFixture api)
{
    [Fact]
    public async Task Two_guests_are_one_customer_with_all_that_both_had()
    {
        var (shop, lamp) = await api.NewShop();
        var (first, a) = await Guest(shop, lamp, "Zoë Berg", "+49 30 1111");
        await shop.Advance("PT1M");
        var (_, b) = await Guest(shop, lamp, "Z. Berg", "+49 30 2222");
        await Guest(shop, lamp, "Adam", "+49 30 3333");
        await shop.Owner.Put($"{Path(a)}/tags", new { tags = new[] { "VIP", "nuts" } }).Returns(204);
        await shop.Owner.Put($"{Path(b)}/tags", new { tags = new[] { "nuts", "garden" } }).Returns(204);
        await shop.Owner.Post($"{Path(a)}/notes", new { text = "Rings twice." }).Returns(201);
        await shop.Owner.Post($"{Path(b)}/notes", new { text = "Pays in coins." }).Returns(201);

        var merged = await Merge(shop, b, a).Returns(204);
        (await Merge(shop, b, a).Returns(204)).ETag.ShouldBe(merged.ETag);
        var seen = await shop.Owner.Get(Path(b)).Returns(200);
        seen.ETag.ShouldBe(merged.ETag);
        Figures(seen.Json).ShouldBe((2, 9_800));
        (seen.Json.Text("name"), seen.Json.Text("phone")).ShouldBe(("Z. Berg", "+49 30 2222")); // who ordered last
        seen.Json.GetProperty("first_order_at").GetDateTimeOffset().ShouldBeLessThan(seen.Json.GetProperty("last_order_at").GetDateTimeOffset());
        seen.Json.Texts("tags").ShouldBe(["nuts", "garden", "VIP"]);
        seen.Json.GetProperty("notes").EnumerateArray().Select(note => note.Text("text")).ShouldBe(["Pays in coins.", "Rings twice."], ignoreOrder: true);

        foreach (var query in new[] { "sort=-spent", "sort=name", "sort=-last_order_at", "sort=spent&limit=1" })
        {
            (await Ids(shop, query)).Count(id => id == b).ShouldBeLessThanOrEqualTo(1);
            (await Ids(shop, query)).ShouldNotContain(a);
        }

        (await Ids(shop, "sort=-spent")).Length.ShouldBe(2);
        (await Ids(shop, "sort=-spent"))[0].ShouldBe(b);
        foreach (var query in new[] { "min_orders=2", "min_spent=9800", "tag=VIP", "q=zo%C3%AB", "q=1111", "q=2222" })
        {
            (await Ids(shop, query)).ShouldBe([b], query);
        }

        var page = await shop.Owner.Get("/business/customers?sort=-spent&limit=1").Returns(200);
        var rest = await shop.Owner.Get($"/business/customers?sort=-spent&limit=1&cursor={page.Json.Text("next_cursor")}").Returns(200);
        page.Data.Concat(rest.Data).Select(row => row.Id()).ShouldBe(await Ids(shop, "sort=-spent"));

        foreach (var request in new[]
        {
            shop.Owner.Get(Path(a)), shop.Owner.Put($"{Path(a)}/tags", new { tags = new[] { "late" } }), shop.Owner.Post($"{Path(a)}/notes", new { text = "Late" }),
            shop.Owner.Get($"{Path(a)}/loyalty"), shop.Owner.Get($"{Path(a)}/consents"), shop.Erase(a),
        })
        {
            (await request.Refused(410, "customer_merged")).Json.GetProperty("customer_id").GetGuid().ShouldBe(b);
        }

        await api.Buy(shop, new Basket(new BasketLine(lamp)) { Contact = new("Zoë Berg", first, "+49 30 1111") });
        var till = await shop.NewTill();
        var sale = await till.Session.Post(
            "/business/sales",
            new { session_id = till.SessionId, customer_id = a, lines = new[] { new { variant_id = lamp, quantity = 1 } }, payments = new[] { PosStarters.Cash(4_900) } }).Returns(201);
        (await till.Session.Get(sale.Path()).Returns(200)).Json.GetProperty("customer_id").GetGuid().ShouldBe(b);
        await CatchUp(shop);
        Figures((await shop.Owner.Get(Path(b)).Returns(200)).Json).ShouldBe((4, 19_600));
        (await shop.Owner.Get($"/business/sales?customer_id={a}").Returns(200)).Data.ShouldHaveSingleItem();
        var told = (await shop.Owner.Get("/events?limit=100&types=customer.merged").Returns(200)).Data.ShouldHaveSingleItem().GetProperty("data");
        (told.GetProperty("customer_id").GetGuid(), told.GetProperty("merged_id").GetGuid()).ShouldBe((b, a));
    }

    [Fact]
    public async Task Who_has_an_account_gets_the_guest_s_orders_points_and_export()
    {
        var (shop, lamp) = await api.NewShop();
        await shop.Reward();
        var carla = await api.NewCustomer(shop);
        await carla.Verify();
        var email = Starters.NewEmail("old");
        var order = await api.BuyAs(shop, lamp, email);
        await shop.Complete(order);
        var guest = await shop.CustomerOf(order);
        await shop.Owner.Post($"{Path(guest)}/notes", new { text = "Likes Seegurke" }).Returns(201);

        await Merge(shop, guest, carla.Id).Refused(409, "merged_customer_has_account");
        await Merge(shop, carla.Id, guest).Returns(204);
        await carla.Has(49);
        (await carla.Session.Orders()).ShouldBe([order.Number]);
        var export = (await carla.Session.Get("/customers/me/export").Returns(200)).Text;
        export.ShouldContain("Seegurke");
        export.ShouldContain(order.Number);
        var taken = await api.Guest.Post(shop.At("register"), new { email, password = Starters.Password, full_name = "Carla" }).Refused(409, "email_taken");
        taken.Text.ShouldNotContain(carla.Email);
    }

    [Fact]
    public async Task Who_registers_as_a_guest_who_was_merged_is_the_survivor()
    {
        var (shop, lamp) = await api.NewShop();
        var (first, a) = await Guest(shop, lamp, "Zoë", "+49 30 1111");
        var (_, b) = await Guest(shop, lamp, "Z.", "+49 30 2222");
        await Merge(shop, b, a).Returns(204);
        var zoe = await api.NewCustomer(shop, first);
        zoe.Id.ShouldBe(b);
        (await zoe.Session.Orders()).ShouldBeEmpty();
        await zoe.Verify();
        (await zoe.Session.Orders()).Length.ShouldBe(2);
        await CatchUp(shop);
        (await Ids(shop, "kind=registered")).ShouldBe([b]);
    }

    [Fact]
    public async Task Points_of_an_account_that_nobody_proved_go_over_and_what_comes_back_follows()
    {
        var (shop, lamp) = await api.NewShop();
        await shop.Reward();
        var (kept, other) = (await api.NewCustomer(shop), await api.NewCustomer(shop));
        await kept.Verify();
        await shop.Give(kept, 7);
        await shop.Give(other, 100);
        var order = await other.Buys(lamp, points: 60);
        await other.Session.Post("/customers/me/addresses", new { label = "Work", address = Basket.Home }).Returns(201);

        await Merge(shop, kept.Id, other.Id).Returns(204);
        (await kept.Balance()).ShouldBe(47);
        (await kept.Entries(2)).ShouldBe("merged 40, adjusted 7");
        (await kept.Session.Get("/customers/me/addresses").Returns(200)).Data.ShouldHaveSingleItem().Text("label").ShouldBe("Work");
        await other.Session.Get("/customers/me").Returns(401);
        await api.SignInAt(shop, other.Email, other.Password).Refused(401, "invalid_credentials");
        (await kept.Session.Orders()).ShouldBe([order.Number]);

        await shop.Owner.Post($"{order.Path}/reject", new { reason = "sold_out" }).Returns(204);
        await kept.Has(107);
        var seen = await shop.Owner.Get(Path(kept.Id)).Until(answer => answer.Json.GetProperty("loyalty_points").GetInt64() == 107);
        (seen.Json.GetProperty("orders").GetInt32(), seen.Json.GetProperty("reversed_orders").GetInt32()).ShouldBe((0, 1));
    }

    [Fact]
    public async Task A_refund_takes_points_from_where_they_are()
    {
        var (shop, lamp) = await api.NewShop();
        await shop.Reward();
        var (kept, other) = (await api.NewCustomer(shop), await api.NewCustomer(shop));
        await Merge(shop, kept.Id, other.Id).Refused(409, "survivor_not_verified");
        await kept.Verify();
        var order = (await other.CheckOut(lamp, method: "card").Returns(201)).Order();
        await shop.Owner.Post($"/sandbox/payments/{order.Id}/authorize").Returns(204);
        await shop.Owner.Post($"{order.Path}/confirm").Returns(204);
        var payment = (await shop.Owner.Get(order.Path).Until(answer => answer.Json.Text("payment_status") == "paid")).Json.GetProperty("payment").GetProperty("id").GetGuid();
        await shop.Complete(order, cash: false, confirmed: true);
        await other.Has(49);
        await Merge(shop, kept.Id, other.Id).Returns(204);
        (await kept.Balance()).ShouldBe(49);
        await (await shop.Owner.SteppedUp()).Post($"/business/payments/{payment}/refunds", new { amount = OrderStarters.Eur(2_000) }).Returns(201);
        await kept.Has(29);
        await shop.Owner.Post($"{order.Path}/complete").Returns(204);
        await shop.Advance("PT1M");
        (await kept.Balance()).ShouldBe(29);
    }

    [Fact]
    public async Task Chains_lead_to_the_last_one_and_an_erasure_reaches_all()
    {
        var (shop, lamp) = await api.NewShop();
        var emails = new List<string>();
        var ids = new List<Guid>();
        foreach (var name in new[] { "Seegurke Eins", "Seegurke Zwei", "Seegurke Drei" })
        {
            var (email, id) = await Guest(shop, lamp, name, "+49 30 1111", reject: true);
            await shop.Owner.Post($"{Path(id)}/notes", new { text = $"About {name}" }).Returns(201);
            emails.Add(email);
            ids.Add(id);
        }

        await Merge(shop, ids[1], ids[0]).Returns(204);
        await Merge(shop, ids[2], ids[1]).Returns(204);
        await Merge(shop, ids[2], ids[0]).Returns(204);
        (await Merge(shop, ids[0], ids[2]).Refused(410, "customer_merged")).Json.GetProperty("customer_id").GetGuid().ShouldBe(ids[2]);
        (await shop.Owner.Get(Path(ids[0])).Refused(410, "customer_merged")).Json.GetProperty("customer_id").GetGuid().ShouldBe(ids[2]);
        (await shop.Owner.Get(Path(ids[2])).Returns(200)).Json.GetProperty("reversed_orders").GetInt32().ShouldBe(3);

        var open = await api.Buy(shop, new Basket(new BasketLine(lamp)) { Contact = new("Seegurke", emails[0], "+49 30 1111") });
        await shop.Erase(ids[2]).Refused(409, "customer_has_open_orders");
        await shop.Owner.Post($"{open.Path}/reject", new { reason = "sold_out" }).Returns(204);
        (await shop.Erase(ids[2]).Returns(201)).Json.GetProperty("events").GetInt64().ShouldBeGreaterThanOrEqualTo(7);
        await shop.Certificate(ids[2]);
        foreach (var path in new[] { Path(ids[2]), "/business/customers", "/business/orders", "/events?limit=100" })
        {
            (await shop.Owner.Get(path).Returns(200)).Text.ShouldNotContain("Seegurke", customMessage: path);
        }

        var (_, other) = await Guest(shop, lamp, "Adam", "+49 30 3333");
        await Merge(shop, other, ids[2]).Refused(409, "customer_erased");
        await Merge(shop, ids[2], other).Refused(409, "customer_erased");

        // who comes back by any of the addresses is erased again
        await shop.Advance("PT1M");
        var back = await api.Buy(shop, new Basket(new BasketLine(lamp)) { Contact = new("Seegurke", emails[1], "+49 30 1111") });
        await shop.Owner.Post($"{back.Path}/reject", new { reason = "sold_out" }).Returns(204);
        (await shop.Erase(ids[2]).Returns(201)).Json.GetProperty("events").GetInt64().ShouldBeInRange(1, 3); // the order, and perhaps the mails about it
        await shop.Certificate(ids[2]);
        (await shop.Owner.Get("/business/orders").Returns(200)).Text.ShouldNotContain("Seegurke");
    }

    [Fact]
    public async Task What_cannot_be_one_person_is_refused()
    {
        var (shop, lamp) = await api.NewShop();
        var (one, two) = (await api.NewCustomer(shop), await api.NewCustomer(shop));
        await one.Verify();
        await two.Verify();
        await Merge(shop, one.Id, two.Id).Refused(409, "customers_both_registered");
        await Merge(shop, one.Id, one.Id).Refused(422, "merged_with_itself");
        await Merge(shop, one.Id, Guid.NewGuid()).Refused(404, "not_found");
        await Merge(shop, Guid.NewGuid(), one.Id).Refused(404, "not_found");
        var (_, guest) = await Guest(shop, lamp, "Adam", "+49 30 3333");
        await (await api.NewMember(shop, Role.Staff)).Post($"{Path(one.Id)}/merge", new { customer_id = guest }).Refused(403, "missing_permission");
        await Merge(await api.NewBusiness("globex"), one.Id, guest).Refused(404, "not_found");
        (await one.Session.Get("/customers/me").Returns(200)).Text.ShouldContain(one.Email);
        await two.Session.Get("/customers/me").Returns(200);
    }

    [Fact]
    public async Task Of_a_hundred_who_merge_two_with_each_other_one_direction_wins()
    {
        var (shop, lamp) = await api.NewShop();
        for (var round = 1; round <= Races.Rounds; round++)
        {
            var (_, a) = await Guest(shop, lamp, "Zoë", "+49 30 1111");
            var (_, b) = await Guest(shop, lamp, "Z.", "+49 30 2222");
            var turn = 0;
            var answers = await Races.OfAHundred(() => Interlocked.Increment(ref turn) % 2 == 0 ? Merge(shop, a, b) : Merge(shop, b, a));
            answers.Count(answer => answer.Status == 204).ShouldBe(50);
            answers.Where(answer => answer.Status != 204).ShouldAllBe(answer => answer.Json.GetProperty("code").GetString() == "customer_merged");
            var statuses = new[] { (await shop.Owner.Get(Path(a)).Send()).Status, (await shop.Owner.Get(Path(b)).Send()).Status };
            statuses.Order().ShouldBe([200, 410]);
            (await shop.Owner.Get("/events?limit=100&types=customer.merged").Returns(200)).Data.Length.ShouldBe(round);
        }
    }

    private static string Path(Guid customer) => $"/business/customers/{customer}";

    private static ApiRequest Merge(TestBusiness shop, Guid survivor, Guid merged) => shop.Owner.Post($"{Path(survivor)}/merge", new { customer_id = merged });

    private static (int Orders, long Spent) Figures(JsonElement customer) => (customer.GetProperty("orders").GetInt32(), customer.Cents("spent"));

    private async Task<(string Email, Guid Id)> Guest(TestBusiness shop, Guid variant, string name, string phone, bool reject = false)
    {
        var email = Starters.NewEmail("guest");
        var order = await api.Buy(shop, new Basket(new BasketLine(variant)) { Contact = new(name, email, phone) });
        if (reject)
        {
            await shop.Owner.Post($"{order.Path}/reject", new { reason = "sold_out" }).Returns(204);
        }

        return (email, await shop.CustomerOf(order));
    }

    /// <summary>The owner's reads wait for the owner's last write, and so for what others wrote before.</summary>
    private static async Task CatchUp(TestBusiness shop) => await shop.Sell("Vase");

    private static async Task<Guid[]> Ids(TestBusiness shop, string query) => [.. (await shop.Owner.Get($"/business/customers?{query}").Returns(200)).Data.Select(row => row.Id())];
}
