using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Connections;
using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Inbound;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Payments;

namespace Mainstreet.Api.Tests.Wallets;

/// <summary>Customers of a live business that is paid through its own account at Stripe, which is a server of the test's (CUS-04, PAY-08).</summary>
public sealed class SavingCardsAtStripe(PayingThroughStripe.Product product) : IClassFixture<PayingThroughStripe.Product>
{
    private const string Path = WalletStarters.Path;
    private static readonly object Credentials = new { webhook_secret = ConnectionStarters.WebhookSecret, api_key = StripeServer.Key, publishable_key = "pk_1" };

    private StripeServer Stripe => product.Stripe;

    [Fact]
    public async Task The_page_gives_the_card_to_Stripe_and_we_learn_what_may_be_shown()
    {
        var (shop, carla) = await Shop();
        var (setup, intent) = await Begin(carla);
        (await carla.Customer.Add(setup).Refused(409, "payment_method_setup_unfinished")).Json.TryGetProperty("reason", out _).ShouldBeFalse();
        Stripe.Setups[intent] = Stripe.Setups[intent] with { Error = "insufficient_funds" };
        (await carla.Customer.Add(setup).Refused(409, "payment_method_setup_unfinished")).Json.Text("reason").ShouldBe("insufficient_funds");

        var card = Stripe.Finish(intent, "8765", wallet: "apple_pay");
        var added = await carla.Customer.Add(setup).Returns(201);
        var method = (await carla.Customer.Session.Get(Path).Returns(200)).Data.ShouldHaveSingleItem();
        (method.Id(), method.Text("type"), method.Text("brand"), method.Text("last4"), method.Text("gateway")).ShouldBe((added.Id, "digital_wallet", "visa", "8765", "stripe"));

        var (second, other) = await Begin(carla);
        Stripe.Setups[other].Customer.ShouldBe(card.Customer!); // one customer for each account
        Stripe.Customers[card.Customer!].Keys.ShouldBe(["account_id"]); // nothing of who it is
        var begun = Stripe.Steps.Single(step => step.Step == "setup" && step.Form.Contains(second.ToString(), StringComparison.Ordinal)).Form;
        begun.ShouldBe($"customer={card.Customer}&metadata[account_id]={Stripe.Setups[other].Metadata["account_id"]}&metadata[setup_id]={second}&payment_method_types[]=card&usage=off_session");

        string[] secrets = [card.Id, card.Customer!, intent, other];
        foreach (var said in new[]
        {
            added.Text, (await carla.Customer.Session.Get(Path).Send()).Text, (await carla.Customer.Session.Get("/customers/me/export").Returns(200)).Text,
            (await shop.Owner.Get("/events?limit=100").Returns(200)).Text, (await shop.Owner.Get("/business/audit?limit=100").Returns(200)).Text,
        })
        {
            secrets.ShouldAllBe(secret => !said.Contains(secret, StringComparison.Ordinal));
        }

        var rows = await new WholeDatabase(product.Api.Database).RowsOf(shop.Id, []);
        rows.ShouldAllBe(row => !row.Contains(card.Id, StringComparison.Ordinal) && !row.Contains(card.Customer!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_and_Stripe_may_say_so_in_any_order_and_twice()
    {
        var (_, carla) = await Shop();
        var (told, first) = await Begin(carla);
        Stripe.Finish(first, "1111");
        await Tell(carla, "setup_intent.succeeded", Stripe.Setups[first].Shown(card: null));
        await carla.Customer.Session.Get(Path).Until(answer => answer.Data.Length == 1);
        var id = (await carla.Customer.Add(told).Returns(201)).Id;
        await Tell(carla, "setup_intent.succeeded", Stripe.Setups[first].Shown(card: null));

        var (said, second) = await Begin(carla);
        Stripe.Finish(second, "2222");
        await carla.Customer.Add(said, isDefault: true).Returns(201);
        await Told(carla, "setup_intent.succeeded", Stripe.Setups[second].Shown(card: null));
        (await carla.Customer.Methods()).Select(method => (method.Last4, method.Default)).ShouldBe([("1111", false), ("2222", true)]);

        await carla.Customer.Session.Delete($"{Path}/{id}").Returns(204);
        await Told(carla, "setup_intent.succeeded", Stripe.Setups[first].Shown(card: null)); // late
        (await carla.Customer.Methods()).ShouldHaveSingleItem().Last4.ShouldBe("2222");
    }

    [Fact]
    public async Task What_is_removed_is_detached_there_however_often_the_answer_is_lost()
    {
        var (_, carla) = await Shop();
        var (id, card) = await Save(carla);
        Stripe.Lose("detach", card.Id, 1);
        await carla.Customer.Session.Delete($"{Path}/{id}").Returns(204);
        (await carla.Customer.Methods()).ShouldBeEmpty();
        var database = new WholeDatabase(product.Api.Database);
        await database.Until($"select count(*) from sealed_secrets where secret_id = '{id}'", 0);
        Stripe.Cards[card.Id].Customer.ShouldBeNull();
        Stripe.Steps.Where(step => step.Step == $"detach {card.Id}").Select(step => step.Key).Distinct().ShouldHaveSingleItem();

        // somebody did it at Stripe
        var (other, gone) = await Save(carla);
        Stripe.Cards[gone.Id] = gone with { Customer = null };
        await Told(carla, "payment_method.detached", Stripe.Cards[gone.Id].Body);
        (await carla.Customer.Methods()).ShouldBeEmpty();
        await database.Until($"select count(*) from sealed_secrets where secret_id = '{other}'", 0);
    }

    [Fact]
    public async Task The_bank_s_new_card_is_shown()
    {
        var (_, carla) = await Shop();
        var (id, card) = await Save(carla);
        Stripe.Cards[card.Id] = card with { Last4 = "1881" };
        await Tell(carla, "payment_method.automatically_updated", (card with { Last4 = "1111" }).Body); // late: another one has come since
        var renewed = await carla.Customer.Session.Get(Path).Until(answer => answer.Data[0].Text("last4") != "4242");
        (renewed.Data[0].Id(), renewed.Data[0].Text("last4")).ShouldBe((id, "1881"));
        await Told(carla, "payment_method.updated", new StripeCard("pm_of_nobody_here", "cus_1").Body);
    }

    [Fact]
    public async Task The_same_card_through_two_setups_is_one_method()
    {
        var (_, carla) = await Shop();
        var (id, card) = await Save(carla);
        var (again, intent) = await Begin(carla);
        Stripe.Setups[intent] = Stripe.Setups[intent] with { Status = "succeeded", Card = card.Id };
        (await carla.Customer.Add(again).Returns(201)).Id.ShouldBe(id);
        var (third, told) = await Begin(carla);
        Stripe.Setups[told] = Stripe.Setups[told] with { Status = "succeeded", Card = card.Id };
        await Tell(carla, "setup_intent.succeeded", Stripe.Setups[told].Shown(card: null));
        await new WholeDatabase(product.Api.Database).Until($"select count(*) from sealed_secrets where secret_id in ('{again}', '{third}')", 0);
        (await carla.Customer.Methods()).ShouldBe([(id, "card", "4242", true, null)]);
        (await carla.Customer.Session.Get("/customers/me/export").Returns(200)).Json.GetProperty("payment_methods").EnumerateArray().ShouldHaveSingleItem();
        Stripe.Cards[card.Id].Customer.ShouldNotBeNull();
    }

    /// <summary>Somebody mends the connection meanwhile.</summary>
    [Fact]
    public async Task Where_Stripe_refuses_it_is_told_again()
    {
        var (shop, carla) = await Shop();
        var (id, card) = await Save(carla);
        Stripe.Refuse("detach", card.Id, 403, "more_permissions_required");
        await carla.Customer.Session.Delete($"{Path}/{id}").Returns(204);
        var database = new WholeDatabase(product.Api.Database);
        await database.Until($"select count(*) from messages where tenant_id = '{shop.Id}' and type = 'payment_method.detach' and body->>'again' = '1'", 1);
        (await database.Number($"select count(*) from dead_letters where tenant_id = '{shop.Id}' and type like 'payment_method.%'")).ShouldBe(0);
    }

    [Fact]
    public async Task An_order_is_paid_at_once_with_the_saved_card()
    {
        var (shop, carla) = await Shop();
        var (id, card) = await Save(carla);
        var order = (await carla.Customer.Session.BuyWith(shop, carla.Lamp, id).Returns(201)).Order();
        await shop.Owner.Get(order.Path).Until(answer => answer.Json.Text("payment_status") == "authorized");
        var asked = Stripe.Steps.Single(step => step.Step == "create" && step.Form.Contains(order.Id.ToString(), StringComparison.Ordinal));
        asked.Form.ShouldStartWith($"amount=4900&automatic_payment_methods[allow_redirects]=never&automatic_payment_methods[enabled]=true&capture_method=manual&currency=eur&customer={card.Customer}&description=");
        Stripe.Steps.Single(step => step.Step == $"confirm {IntentOf(order).Id}").Form.ShouldBe($"payment_method={card.Id}");
        await (await shop.Owner.SteppedUp()).Post($"{order.Path}/confirm").Returns(204);
        await shop.Owner.Get(order.Path).Until(answer => answer.Json.Text("payment_status") == "paid");
    }

    [Fact]
    public async Task A_card_whose_bank_asks_waits_for_its_owner_and_a_declined_one_has_failed()
    {
        var (shop, carla) = await Shop();
        var (asks, _) = await Save(carla, asks: true);
        var order = (await carla.Customer.Session.BuyWith(shop, carla.Lamp, asks).Returns(201)).Order();
        var page = (await product.Api.Guest.Get(order.GuestPath("/payment")).Until(answer => answer.Status == 200)).Json;
        var intent = IntentOf(order);
        (page.Text("status"), page.Text("client_secret"), page.Text("publishable_key")).ShouldBe(("pending", $"{intent.Id}_secret_1", "pk_1"));
        Stripe.Change(intent.Id, known => known with { Status = "requires_capture" });
        await Tell(carla, "payment_intent.amount_capturable_updated", Stripe.Intents[intent.Id].Body);
        await shop.Owner.Get(order.Path).Until(answer => answer.Json.Text("payment_status") == "authorized");

        var (declined, _) = await Save(carla, declined: "insufficient_funds");
        var second = (await carla.Customer.Session.BuyWith(shop, carla.Lamp, declined).Returns(201)).Order();
        await Failed(second); // another card can be tried
        (await shop.Owner.Get($"/business/payments?order_id={second.Id}").Returns(200)).Data.ShouldHaveSingleItem().Text("failure_reason").ShouldBe("insufficient_funds");
    }

    [Fact]
    public async Task An_order_is_paid_before_its_card_is_detached_though_answers_are_lost()
    {
        var (shop, carla) = await Shop();
        var (id, card) = await Save(carla);
        Stripe.Lose("create", "", 1);
        Stripe.Lose("confirm", 1);
        var order = (await carla.Customer.Session.BuyWith(shop, carla.Lamp, id).Returns(201)).Order();
        await carla.Customer.Session.Delete($"{Path}/{id}").Returns(204);
        await shop.Owner.Get(order.Path).Until(answer => answer.Json.Text("payment_status") == "authorized");
        await new WholeDatabase(product.Api.Database).Until($"select count(*) from sealed_secrets where secret_id = '{id}'", 0);
        var steps = Stripe.Steps.Select(step => step.Step).ToList();
        steps.Count(step => step == $"confirm {IntentOf(order).Id}").ShouldBe(2);
        steps.IndexOf($"detach {card.Id}").ShouldBeGreaterThan(steps.LastIndexOf($"confirm {IntentOf(order).Id}"));
    }

    /// <summary>What is held is known here first, so that it can be let go.</summary>
    [Fact]
    public async Task An_order_that_is_called_off_while_the_answer_is_lost_holds_nothing()
    {
        var (shop, carla) = await Shop();
        var (id, _) = await Save(carla);
        Stripe.Lose("confirm", 1);
        var order = (await carla.Customer.Session.BuyWith(shop, carla.Lamp, id).Returns(201)).Order();
        await shop.Owner.Get($"/business/payments?order_id={order.Id}").Until(answer => answer.Data.Length == 1 && IntentOf(order).Status == "requires_capture");
        await carla.Customer.Session.Post($"/customers/me/orders/{order.Id}/cancel").Returns(204);
        await shop.Owner.Get($"/business/payments?order_id={order.Id}").Until(_ => IntentOf(order).Status == "canceled");
    }

    /// <summary>Nobody told us.</summary>
    [Fact]
    public async Task A_card_that_is_not_at_Stripe_any_more_leaves_an_order_that_can_be_paid()
    {
        var (shop, carla) = await Shop();
        var (id, card) = await Save(carla);
        Stripe.Cards[card.Id] = card with { Customer = null };
        var order = (await carla.Customer.Session.BuyWith(shop, carla.Lamp, id).Returns(201)).Order();
        await Failed(order);
        IntentOf(order).Status.ShouldBe("requires_payment_method");
    }

    [Fact]
    public async Task Another_account_of_the_shop_does_not_have_them_and_the_same_one_connected_anew_does()
    {
        var (shop, carla) = await Shop();
        var (id, _) = await Save(carla);
        await (await shop.Owner.SteppedUp()).Post($"{carla.Connection.Path}/revoke").Returns(204);
        (await carla.Customer.Methods()).Single().Problem.ShouldBe("payment_method_of_other_gateway");
        var anew = await shop.NewConnection(account: carla.Connection.Account, credentials: Credentials);
        await shop.Owner.Put("/business/payment-gateways/EUR", new { connection_id = anew.Id }).Returns(204);
        (await carla.Customer.Methods()).Single().Problem.ShouldBeNull();
        var order = (await carla.Customer.Session.BuyWith(shop, carla.Lamp, id).Returns(201)).Order();
        await shop.Owner.Get(order.Path).Until(answer => answer.Json.Text("payment_status") == "authorized");

        var other = await shop.NewConnection(credentials: Credentials);
        await shop.Owner.Put("/business/payment-gateways/EUR", new { connection_id = other.Id }).Returns(204);
        var shown = (await carla.Customer.Session.Get(Path).Returns(200)).Data.ShouldHaveSingleItem();
        (shown.GetProperty("usable").GetBoolean(), shown.Text("problem")).ShouldBe((false, "payment_method_of_other_gateway"));
        (await carla.Customer.Session.BuyWith(shop, carla.Lamp, id).Refused(422, "payment_method_of_other_gateway")).Faults.ShouldBe(["/payment_method_id payment_method_of_other_gateway"]);
        await carla.Customer.Session.Delete($"{Path}/{id}").Returns(204); // at the account where it is
        await new WholeDatabase(product.Api.Database).Until($"select count(*) from sealed_secrets where secret_id = '{id}'", 0);
    }

    [Fact]
    public async Task Gateways_that_keep_none_say_so()
    {
        var (shop, carla) = await Shop(connected: false);
        await carla.Customer.Session.Post($"{Path}/setup").Refused(422, "payment_method_not_available");
        var paypal = await shop.NewConnection("paypal", credentials: new { webhook_secret = "WH-1", api_key = "id", api_secret = "secret" });
        await (await shop.Owner.SteppedUp()).Put("/business/payment-gateways/EUR", new { connection_id = paypal.Id }).Returns(204);
        (await carla.Customer.Session.Post($"{Path}/setup").Refused(409, "gateway_cannot_save_methods")).Json.Text("gateway").ShouldBe("paypal");
        await carla.Customer.Session.Post(Path, new { type = "cash" }).Returns(201);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_is_erased_is_forgotten_at_Stripe_too(bool closed)
    {
        var (shop, carla) = await Shop();
        var (_, card) = await Save(carla);
        var (_, open) = await Begin(carla);
        if (closed)
        {
            var admin = await product.Api.NewOperator();
            await admin.Post($"/admin/businesses/{shop.Id}/suspend", new { reason = "manual" }).Returns(204);
            await admin.Post($"/admin/businesses/{shop.Id}/close").Returns(204);
            await admin.Post($"/admin/businesses/{shop.Id}/customers/{carla.Customer.Id}/erase", new { reason = "requested" }).Returns(200);
        }
        else
        {
            await (await shop.Owner.SteppedUp()).Post($"/business/customers/{carla.Customer.Id}/erase", new { reason = "requested" }).Returns(201);
        }
        var database = new WholeDatabase(product.Api.Database);
        await database.Until(OtherSecrets(shop), 0);
        Stripe.Cards[card.Id].Customer.ShouldBeNull();
        Stripe.Customers.ContainsKey(card.Customer!).ShouldBeFalse();

        if (closed)
        {
            return;
        }

        Stripe.Finish(open, "9999"); // the page was open
        await Told(carla, "setup_intent.succeeded", Stripe.Setups[open].Shown(card: null));
        (await database.Texts($"select type from events where tenant_id = '{shop.Id}' order by position desc limit 1")).ShouldNotBe(["customer.payment_method_attached.v1"]);
    }

    /// <summary>There is no wallet to tell that she is known there.</summary>
    [Fact]
    public async Task Whoever_is_erased_is_forgotten_at_Stripe_also_where_no_setup_was_begun()
    {
        var (shop, carla) = await Shop();
        var before = Stripe.Customers.Keys.ToHashSet();
        Stripe.Lose("setup", "", 1);
        await carla.Customer.Session.Post($"{Path}/setup").Refused(503, "payment_provider_unavailable");
        var known = Stripe.Customers.Keys.Except(before).ShouldHaveSingleItem();
        await (await shop.Owner.SteppedUp()).Post($"/business/customers/{carla.Customer.Id}/erase", new { reason = "requested" }).Returns(201);
        await new WholeDatabase(product.Api.Database).Until(OtherSecrets(shop), 0);
        Stripe.Customers.ContainsKey(known).ShouldBeFalse();
    }

    [Fact]
    public async Task A_customer_whom_somebody_deleted_at_Stripe_can_save_a_card_all_the_same()
    {
        var (_, carla) = await Shop();
        var (_, first) = await Begin(carla);
        Stripe.Customers.Remove(Stripe.Setups[first].Customer, out _);
        var (id, card) = await Save(carla);
        card.Customer.ShouldNotBe(Stripe.Setups[first].Customer);
        (await carla.Customer.Methods()).ShouldHaveSingleItem().Id.ShouldBe(id);
    }

    /// <summary>But those that open its connections.</summary>
    private static string OtherSecrets(TestBusiness shop) =>
        $"select count(*) from sealed_secrets where tenant_id = '{shop.Id}' and secret_id not in (select unnest(array(select (s->>'id')::uuid from rm.connections_v1 c, jsonb_array_elements(c.secrets) s where c.tenant_id = '{shop.Id}')))";

    private async Task<(TestBusiness Shop, Buyer Carla)> Shop(bool connected = true)
    {
        var shop = await product.Api.NewBusiness();
        var lamp = await shop.Sell();
        var connection = connected ? await shop.NewConnection(credentials: Credentials) : null;
        if (connection is not null)
        {
            await (await shop.Owner.SteppedUp()).Put("/business/payment-gateways/EUR", new { connection_id = connection.Id }).Returns(204);
        }

        return (shop, new(shop, await product.Api.NewCustomer(shop), lamp, connection!));
    }

    private StripeIntent IntentOf(TestOrder order) => Stripe.Intents.Values.Single(known => known.Metadata["order_id"] == order.Id.ToString());

    private static async Task<(Guid Setup, string Intent)> Begin(Buyer carla)
    {
        var begun = (await carla.Customer.BeginSetup()).Json;
        var (setup, secret) = (begun.GetProperty("setup_id").GetGuid(), begun.Text("client_secret")!);
        (begun.Text("gateway"), begun.Text("publishable_key")).ShouldBe(("stripe", "pk_1"));
        return (setup, secret.Replace("_secret_1", "", StringComparison.Ordinal));
    }

    private async Task<(Guid Id, StripeCard Card)> Save(Buyer carla, string? declined = null, bool asks = false)
    {
        var (setup, intent) = await Begin(carla);
        var card = Stripe.Finish(intent, declined: declined, asks: asks);
        return ((await carla.Customer.Add(setup).Returns(201)).Id, card);
    }

    /// <summary>And waits for the customer on the page.</summary>
    private async Task Failed(TestOrder order) =>
        (await product.Api.Guest.Get(order.GuestPath("/payment")).Until(answer => answer.Status == 200 && answer.Json.Text("status") == "failed")).Json.Text("client_secret").ShouldNotBeNull();

    private async Task Tell(Buyer carla, string type, object about) => await product.Api.Tell(carla.Connection.WebhookPath, StripeServer.Event(type, about)).Returns(200);

    /// <summary>It has had its effect when it returns.</summary>
    private async Task Told(Buyer carla, string type, object about)
    {
        var owner = carla.Shop.Owner;
        var before = (await owner.Get("/inbound-messages").Returns(200)).Data.Length;
        await Tell(carla, type, about);
        await owner.Get("/inbound-messages").Until(answer => answer.Data.Length > before && answer.Data.All(message => message.Text("status") is "processed" or "ignored"));
    }

    private sealed record Buyer(TestBusiness Shop, TestCustomer Customer, Guid Lamp, TestConnection Connection);
}
