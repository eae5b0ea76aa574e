using Mainstreet.Api.Tests.Carts;
using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Privacy;

namespace Mainstreet.Api.Tests.Wallets;

/// <summary>With what a customer of a test business pays (CUS-04): its gateway is simulated.</summary>
public sealed class SavingPaymentMethods(ApiFixture api)
{
    private const string Path = WalletStarters.Path;

    [Fact]
    public async Task A_card_is_saved_in_two_steps_and_once_however_often_it_is_told()
    {
        var (_, _, carla) = await Customer();
        (await carla.Methods()).ShouldBeEmpty();
        await carla.Session.Post($"{Path}/setup").With("Prefer", "handling=dry-run").Refused(422, "dry_run_not_possible");
        var begun = await carla.Session.Post($"{Path}/setup").Key("save").Returns(201);
        var setup = begun.Json.GetProperty("setup_id").GetGuid();
        (begun.Json.Text("gateway"), begun.Json.Text("client_secret")).ShouldBe(("sandbox", $"sandbox_{setup}_secret"));
        (await carla.Session.Post($"{Path}/setup").Key("save").Returns(201)).Text.ShouldBe(begun.Text);
        (await carla.Methods()).ShouldBeEmpty();

        var added = await carla.Add(setup).Returns(201);
        (await carla.Add(setup).Returns(201)).Id.ShouldBe(added.Id);
        var method = (await carla.Session.Get(Path).Returns(200)).Data.ShouldHaveSingleItem();
        (method.Id(), method.Text("type"), method.Text("brand"), method.Text("last4"), method.GetProperty("exp_month").GetInt32(), method.GetProperty("exp_year").GetInt32())
            .ShouldBe((added.Id, "card", "visa", "4242", 12, 2034));
        (method.Text("gateway"), method.GetProperty("default").GetBoolean(), method.GetProperty("usable").GetBoolean()).ShouldBe(("sandbox", true, true));

        await carla.Session.Delete($"{Path}/{added.Id}").Returns(204);
        (await carla.Add(setup).Refused(409, "payment_method_setup_failed")).Json.Text("reason").ShouldBe("payment_method_removed"); // it does not come back
        (await carla.Methods()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Told_at_once_by_page_and_gateway_it_is_one_method()
    {
        var (shop, _, carla) = await Customer();
        var setup = await carla.NewSetup();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async i => (i % 2 == 0
            ? await carla.Add(setup).Send()
            : await shop.Owner.Post($"/sandbox/payment-method-setups/{setup}/complete").Send()).Status.ShouldBeOneOf(201, 204, 404)));
        await carla.Add(setup).Returns(201);
        (await carla.Methods()).ShouldHaveSingleItem().Last4.ShouldBe("4242");
    }

    [Fact]
    public async Task Whose_setup_it_is_not_learns_nothing_and_what_failed_stays_so()
    {
        var (shop, _, carla) = await Customer();
        var otto = await api.NewCustomer(shop);
        await otto.SaveCard();
        var setup = await carla.NewSetup();
        await otto.Add(setup).Refused(404, "not_found");
        await otto.Add(Guid.NewGuid()).Refused(404, "not_found");
        await carla.Add(Guid.NewGuid()).Refused(404, "not_found");
        await shop.Owner.Post($"/sandbox/payment-method-setups/{setup}/fail").Returns(204);
        (await carla.Add(setup).Refused(409, "payment_method_setup_failed")).Json.Text("reason").ShouldBe("card_declined");
        await shop.Owner.Post($"/sandbox/payment-method-setups/{setup}/complete").Refused(404, "not_found"); // too late
        (await carla.Methods()).ShouldBeEmpty();

        await carla.Session.Post(Path, new { type = "card" }).Refused(400, "setup_required");
        await carla.Session.Post(Path, new { }).Refused(400, "setup_required");
        var another = await carla.NewSetup();
        await shop.Owner.Post($"/sandbox/payment-method-setups/{another}/complete", new { last4 = "42" }).Refused(400, "card_invalid");
        await (await api.NewBusiness()).Owner.Post($"/sandbox/payment-method-setups/{another}/complete").Refused(404, "not_found");
    }

    [Fact]
    public async Task A_setup_that_nobody_finishes_expires()
    {
        var (shop, _, carla) = await Customer();
        var setup = await carla.NewSetup();
        for (var i = 1; i < 10; i++)
        {
            await carla.NewSetup();
        }

        await carla.Session.Post($"{Path}/setup").Refused(409, "too_many_payment_method_setups");
        await shop.Advance("PT25H");
        carla = carla with { SignedIn = await api.SignIn(carla) };
        await carla.Session.Post($"{Path}/setup").Until(answer => answer.Status == 201);
        (await carla.Add(setup).Refused(409, "payment_method_setup_failed")).Json.Text("reason").ShouldBe("expired");
    }

    [Fact]
    public async Task The_default_is_the_first_then_the_chosen_one_then_the_last()
    {
        var (_, _, carla) = await Customer();
        var first = await carla.SaveCard("1111");
        var second = await carla.SaveCard("2222");
        var cash = (await carla.Session.Post(Path, new { type = "cash" }).Returns(201)).Id;
        (await carla.Session.Post(Path, new { type = "cash" }).Returns(201)).Id.ShouldBe(cash);
        (await Default()).ShouldBe(first);
        await carla.Session.Post($"{Path}/{second}/default").Returns(204);
        await carla.Session.Post($"{Path}/{second}/default").Returns(204);
        (await Default()).ShouldBe(second);
        var seen = await carla.Session.Get(Path).Returns(200);
        await carla.Session.Delete($"{Path}/{second}").Returns(204);
        (await Default()).ShouldBe(cash);
        await carla.Session.Delete($"{Path}/{cash}").IfMatch(seen.ETag!).Refused(412, "stale_version");
        await carla.Session.Delete($"{Path}/{cash}").Returns(204);
        await carla.Session.Delete($"{Path}/{cash}").Refused(404, "not_found");
        await carla.Session.Post($"{Path}/{cash}/default").Refused(404, "not_found");
        (await Default()).ShouldBe(first);
        await carla.Session.Delete($"{Path}/{first}").Returns(204);
        (await carla.Methods()).ShouldBeEmpty();
        await carla.Session.Post(Path, new { type = "cash", @default = true }).Returns(201);
        (await carla.Methods()).ShouldHaveSingleItem().Default.ShouldBeTrue();

        async Task<Guid> Default() => (await carla.Methods()).Single(method => method.Default).Id;
    }

    [Fact]
    public async Task An_order_is_paid_with_what_was_saved()
    {
        var (shop, lamp, carla) = await Customer();
        var card = await carla.SaveCard();
        var order = (await carla.Session.BuyWith(shop, lamp, card).Returns(201)).Order();
        await shop.Owner.Get(order.Path).Until(answer => answer.Json.Text("payment_status") == "authorized");
        (await shop.Sold(order)).ShouldBe(("pending", "authorized"));

        var cart = await shop.NewCart(carla.Session);
        await cart.Put(lamp);
        var body = new { contact = new { name = "Carla Berg", email = carla.Email, phone = "+49 30 123456" }, payment_method = "card", payment_method_id = card };
        var key = Guid.NewGuid().ToString();
        var path = $"/storefronts/{shop.Subdomain}/carts/{cart.Id}/checkout";
        var fromCart = (await carla.Session.Post(path, body).Key(key).Returns(201)).Order();
        (await carla.Session.Post(path, body).Key(key).Returns(201)).Order().ShouldBe(fromCart);
        await shop.Owner.Get(fromCart.Path).Until(answer => answer.Json.Text("payment_status") == "authorized");

        var cash = (await carla.Session.Post(Path, new { type = "cash" }).Returns(201)).Id;
        (await carla.Session.BuyWith(shop, lamp, cash, "cash").Returns(201)).Json.Text("payment_status").ShouldBe("pending");
    }

    [Fact]
    public async Task One_that_is_declined_or_wants_its_owner_is_paid_as_any_other()
    {
        var (shop, lamp, carla) = await Customer();
        var declined = (await carla.Session.BuyWith(shop, lamp, await carla.SaveCard("0002")).Returns(201)).Order();
        await api.Guest.Get(declined.GuestPath("/payment")).Until(answer => answer.Status == 200 && answer.Json.Text("status") == "failed");
        (await shop.Sold(declined)).ShouldBe(("awaiting_payment", "pending"));
        await shop.Owner.Post($"/sandbox/payments/{declined.Id}/authorize").Returns(204);
        (await shop.Sold(declined)).ShouldBe(("pending", "authorized"));

        var asked = (await carla.Session.BuyWith(shop, lamp, await carla.SaveCard("3155")).Returns(201)).Order();
        await api.Guest.Get(asked.GuestPath("/payment")).Until(answer => answer.Status == 200);
        (await shop.Sold(asked)).ShouldBe(("awaiting_payment", "pending"));
        await shop.Owner.Post($"/sandbox/payments/{asked.Id}/authorize").Returns(204);
        (await shop.Sold(asked)).ShouldBe(("pending", "authorized"));
    }

    [Fact]
    public async Task What_is_not_the_customer_s_or_not_there_or_not_good_pays_for_nothing()
    {
        var (shop, lamp, carla) = await Customer();
        var (card, removed, expired) = (await carla.SaveCard(), await carla.SaveCard(), await carla.SaveCard(year: 2020));
        await carla.Session.Delete($"{Path}/{removed}").Returns(204);
        var cash = (await carla.Session.Post(Path, new { type = "cash" }).Returns(201)).Id;
        var otto = await api.NewCustomer(shop);
        await Refused(api.Guest, card, "payment_method_needs_account");
        await Refused(shop.Owner, card, "payment_method_needs_account");
        await Refused(otto.Session, card, "payment_method_unknown");
        await Refused(carla.Session, removed, "payment_method_unknown");
        await Refused(carla.Session, expired, "payment_method_expired");
        await Refused(carla.Session, cash, "payment_method_mismatch");
        await Refused(carla.Session, card, "payment_method_mismatch", "cash");
        (await carla.Methods()).Single(method => method.Id == expired).Problem.ShouldBe("payment_method_expired");
        (await carla.Session.Get("/customers/me/orders").Returns(200)).Data.ShouldBeEmpty();
        (await shop.Stock(lamp)).Reserved.ShouldBe(0);

        async Task Refused(Session buyer, Guid method, string code, string paid = "card") =>
            (await buyer.BuyWith(shop, lamp, method, paid).Refused(422, code)).Faults.ShouldBe([$"/payment_method_id {code}"]);
    }

    [Fact]
    public async Task There_are_twenty_at_most()
    {
        var (_, _, carla) = await Customer();
        for (var i = 0; i < 19; i++)
        {
            await carla.Add(await carla.NewSetup()).Returns(201);
        }

        var (last, late) = (await carla.NewSetup(), await carla.NewSetup());
        var twentieth = (await carla.Add(last).Returns(201)).Id;
        await carla.Session.Post($"{Path}/setup").Refused(409, "too_many_payment_methods");
        await carla.Session.Post(Path, new { type = "cash" }).Refused(409, "too_many_payment_methods");
        await carla.Add(late).Refused(409, "too_many_payment_methods");
        await carla.Session.Delete($"{Path}/{twentieth}").Returns(204);
        await carla.Add(late).Returns(201); // it has waited
    }

    [Fact]
    public async Task The_export_has_them_and_nothing_that_is_told_opens_them()
    {
        var (shop, lamp, carla) = await Customer();
        var card = await carla.SaveCard("8765");
        await carla.Session.BuyWith(shop, lamp, card).Returns(201);
        var exported = (await carla.Session.Get("/customers/me/export").Returns(200)).Json.GetProperty("payment_methods").EnumerateArray().ShouldHaveSingleItem();
        (exported.Id(), exported.Text("last4")).ShouldBe((card, "8765"));
        var events = (await shop.Owner.Get("/events?limit=100").Returns(200)).Text;
        events.ShouldContain("customer.payment_method_attached");
        events.ShouldContain("8765");
        events.ShouldNotContain("_8765"); // in what the gateway calls it
        var audit = (await shop.Owner.Get("/business/audit?limit=100").Returns(200)).Text;
        audit.ShouldNotContain("_8765");
    }

    [Fact]
    public async Task Whoever_is_erased_leaves_nothing_to_pay_with()
    {
        var (shop, _, carla) = await Customer();
        await carla.SaveCard("8765");
        await carla.NewSetup();
        await shop.Owner.Post("/business/customers/" + carla.Id + "/erase", new { reason = "requested" }).Returns(201);
        await shop.Certificate(carla.Id);
        (await shop.Owner.Get("/events?limit=100").Returns(200)).Text.ShouldNotContain("8765");
        var database = new WholeDatabase(api.Database);
        await database.Until($"select count(*) from sealed_secrets where tenant_id = '{shop.Id}'", 0);
        var back = await api.NewCustomer(shop, carla.Email);
        (await back.Methods()).ShouldBeEmpty();
        await back.SaveCard();
    }

    [Fact]
    public async Task Who_is_merged_with_another_one_takes_no_card_along()
    {
        var (shop, _, carla) = await Customer();
        await carla.Verify();
        await carla.SaveCard("1111");
        var alias = await api.NewCustomer(shop);
        await alias.SaveCard("2222");
        await (await shop.Owner.SteppedUp()).Post($"/business/customers/{carla.Id}/merge", new { customer_id = alias.Id }).Returns(204);
        (await carla.Methods()).ShouldHaveSingleItem().Last4.ShouldBe("1111");
        await new WholeDatabase(api.Database).Until($"select count(*) from sealed_secrets where tenant_id = '{shop.Id}'", 2); // hers, and as whom the gateway knows her
    }

    private async Task<(TestBusiness Shop, Guid Lamp, TestCustomer Carla)> Customer()
    {
        var (shop, lamp) = await api.NewShop();
        return (shop, lamp, await api.NewCustomer(shop));
    }
}
