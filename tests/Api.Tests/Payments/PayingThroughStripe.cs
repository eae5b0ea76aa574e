using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Connections;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Inbound;
using Mainstreet.Api.Tests.Orders;
using static Mainstreet.Api.Tests.Orders.OrderStarters;

namespace Mainstreet.Api.Tests.Payments;

/// <summary>Live businesses that are paid through their own account at Stripe, which is a server of the test's (PAY-02, PAY-09, PAY-10).</summary>
public sealed class PayingThroughStripe(PayingThroughStripe.Product product) : IClassFixture<PayingThroughStripe.Product>
{
    private StripeServer Stripe => product.Stripe;

    [Fact]
    public async Task From_the_order_to_its_refund()
    {
        var sold = await Sold();
        var page = (await product.Api.Guest.Get(sold.Order.GuestPath("/payment")).Returns(200)).Json;
        (page.Text("status"), page.Text("provider"), page.Text("client_secret"), page.Text("publishable_key")).ShouldBe(("pending", "stripe", $"{sold.Intent}_secret_1", "pk_1"));
        var created = Stripe.Steps.Single(step => step.Step == "create" && step.Form.Contains(sold.Order.Id.ToString(), StringComparison.Ordinal));
        created.Key.ShouldBe(sold.Id.ToString());
        created.Form.ShouldBe(
            $"amount=14700&automatic_payment_methods[enabled]=true&capture_method=manual&currency=eur&description=Order {sold.Order.Number}&metadata[order_id]={sold.Order.Id}&metadata[payment_id]={sold.Id}");

        await Pay(sold);
        (await product.Api.Guest.Get(sold.Order.GuestPath("/payment")).Returns(200)).Json.TryGetProperty("client_secret", out _).ShouldBeFalse("it is paid");
        (await sold.Shop.Sold(sold.Order)).ShouldBe(("pending", "authorized"));
        await sold.Staff.Post($"{sold.Order.Path}/confirm").Returns(204);
        await sold.Is("completed");
        Stripe.Intents[sold.Intent].Received.ShouldBe(14_700);

        var refund = await sold.Refund(new { amount = Eur(4_700) }).Returns(201);
        await sold.Is("partially_refunded");
        var made = Stripe.Refunds.Values.Single(one => one.Intent == sold.Intent);
        (made.Amount, made.Metadata["refund_id"]).ShouldBe((4_700, refund.Id.ToString()));
        (await sold.Staff.Get($"~{refund.Header("Location")}").Returns(200)).Json.Text("reference").ShouldBe(made.Id);
        (await product.Api.Guest.Get("/events").Send()).Text.ShouldNotContain("secret");
        (await sold.Staff.Get("/events").Returns(200)).Text.ShouldNotContain("_secret_");
    }

    [Fact]
    public async Task What_Stripe_lets_go_of_uncaptured_is_no_refund()
    {
        var sold = await Authorized();
        await sold.Shop.Amend(sold.Order, OrderStarters.Lines((1, 2))).Returns(204);
        await sold.Staff.Post($"{sold.Order.Path}/confirm").Returns(204);
        (await sold.Is("completed")).Json.Amount("captured").ShouldBe(9_800);
        Stripe.Refunds.Values.Single(refund => refund.Intent == sold.Intent).Amount.ShouldBe(4_900);

        Stripe.RefundByHand(sold.Intent, 1_000);
        await Told(sold, ("charge.refunded", new { id = "ch_1", payment_intent = sold.Intent, currency = "eur", captured = true, amount = 14_700, amount_captured = 9_800, amount_refunded = 5_900 }));
        var payment = (await sold.Is("partially_refunded")).Json;
        (payment.Amount("refunded"), payment.Amount("left")).ShouldBe((1_000, 8_800));
    }

    [Fact]
    public async Task What_Stripe_tells_twice_late_and_out_of_order_ends_as_it_stands_there()
    {
        var sold = await Sold();
        var paid = new { id = sold.Intent, currency = "eur", amount = 14_700, amount_received = 14_700, amount_capturable = 0 };
        var declined = new { id = sold.Intent, last_payment_error = new { code = "card_declined", decline_code = "insufficient_funds" } };
        await Tell(sold, "payment_intent.payment_failed", declined);
        (await sold.Is("failed")).Json.Text("failure_reason").ShouldBe("insufficient_funds");
        await Tell(sold, "payment_intent.succeeded", paid);
        await sold.Is("completed");
        await Told(sold, ("payment_intent.amount_capturable_updated", paid with { amount_capturable = 14_700 }), ("payment_intent.payment_failed", declined), ("payment_intent.succeeded", paid), ("payment_intent.canceled", paid));
        (await sold.Shop.Sold(sold.Order)).ShouldBe(("pending", "paid"));

        // two refunds made at Stripe: what is told of the newer comes first, and both twice; between them one that was asked for here
        Stripe.Change(sold.Intent, intent => intent with { Status = "succeeded", Received = 14_700 });
        Stripe.RefundByHand(sold.Intent, 2_000);
        await sold.Refund(new { amount = Eur(1_000) }).Returns(201);
        await sold.Staff.Get(sold.Path).Until(answer => answer.Json.Amount("refunded") == 1_000);
        Stripe.RefundByHand(sold.Intent, 3_000);
        await Told(sold, Refunded(6_000), Refunded(2_000), Refunded(6_000), Refunded(2_000));
        var payment = (await sold.Staff.Get(sold.Path).Until(answer => answer.Json.Amount("refunded") == 6_000)).Json;
        payment.GetProperty("refunds").GetArrayLength().ShouldBe(3);

        await Told(sold, Dispute("lost", "closed"), Dispute("needs_response", "created"), Dispute("warning_needs_response", "created", "dp_2"));
        payment = (await sold.Is("refunded")).Json;
        (payment.Amount("refunded"), payment.GetProperty("disputes")[0].Text("status"), payment.GetProperty("disputes").GetArrayLength()).ShouldBe((6_000 + 8_700, "lost", 1));

        (string, object) Refunded(long amount) =>
            ("charge.refunded", new { id = "ch_1", payment_intent = sold.Intent, currency = "eur", captured = true, amount = 14_700, amount_captured = 14_700, amount_refunded = amount });

        (string, object) Dispute(string status, string step, string id = "dp_1") =>
            ($"charge.dispute.{step}", new { id, payment_intent = sold.Intent, currency = "eur", amount = 8_700, reason = "fraudulent", status });
    }

    [Fact]
    public async Task An_answer_that_is_lost_on_the_way_is_no_second_payment()
    {
        var sold = await Authorized();
        Stripe.Lose("capture", sold.Intent, 1);
        await sold.Staff.Post($"{sold.Order.Path}/confirm").Returns(204);
        await sold.Is("completed");
        Stripe.Steps.Where(step => step.Step == $"capture {sold.Intent}").Select(step => step.Key).Distinct().ShouldHaveSingleItem();

        Stripe.Lose("refund", sold.Intent, 1);
        await sold.Refund(new { amount = Eur(100) }).Returns(201);
        await sold.Is("partially_refunded");
        Stripe.Refunds.Values.Count(refund => refund.Intent == sold.Intent).ShouldBe(1);
        Stripe.Steps.Count(step => step.Step == $"refund {sold.Intent}").ShouldBe(1, "it was asked first, and had been made");
    }

    [Fact]
    public async Task What_Stripe_refuses_is_told_with_its_reason_and_nothing_of_its_words()
    {
        var sold = await Captured();
        Stripe.Refuse("refund", sold.Intent, 400, "charge_disputed");
        await sold.Refund(new { }).Returns(201);
        var refund = (await sold.Staff.Get(sold.Path).Until(answer => answer.Json.GetProperty("refunds")[0].Text("status") == "failed")).Json.GetProperty("refunds")[0];
        refund.Text("failure_reason").ShouldBe("charge_disputed");

        var late = await Authorized();
        Stripe.Refuse("capture", late.Intent, 402, "charge_expired_for_capture");
        await late.Staff.Post($"{late.Order.Path}/confirm").Returns(204);
        (await late.Is("failed")).Json.Text("failure_reason").ShouldBe("charge_expired_for_capture");
        (await late.Shop.Sold(late.Order)).ShouldBe(("confirmed", "failed"));
    }

    [Fact]
    public async Task What_is_held_or_taken_for_an_order_that_is_given_up_goes_back()
    {
        var held = await Authorized();
        await held.Staff.Post($"{held.Order.Path}/reject", new { reason = "Oven broken" }).Returns(204);
        await held.Is("voided");
        Stripe.Intents[held.Intent].Status.ShouldBe("canceled");

        var taken = await Captured();
        await taken.Staff.Post($"{taken.Order.Path}/cancel", new { reason = "Oven broken" }).Returns(204);
        await taken.Is("refunded");
        Stripe.Refunds.Values.Single(refund => refund.Intent == taken.Intent).Amount.ShouldBe(14_700);

        // somebody captured it at Stripe in the meantime
        var raced = await Authorized();
        Stripe.Change(raced.Intent, intent => intent with { Status = "succeeded", Received = intent.Amount });
        await raced.Staff.Post($"{raced.Order.Path}/reject", new { reason = "Oven broken" }).Returns(204);
        await raced.Is("refunded");
        (await raced.Shop.Sold(raced.Order)).ShouldBe(("rejected", "refunded"));
    }

    [Fact]
    public async Task Money_that_Stripe_lets_go_of_is_not_there_for_a_confirmed_order()
    {
        var sold = await Authorized();
        Stripe.Change(sold.Intent, intent => intent with { Status = "canceled" });
        await sold.Staff.Post($"{sold.Order.Path}/confirm").Returns(204);
        await sold.Is("voided");
        (await sold.Shop.Sold(sold.Order)).ShouldBe(("confirmed", "failed"));
    }

    [Fact]
    public async Task A_wrong_key_is_a_dead_letter_that_goes_through_once_it_is_mended()
    {
        var sold = await Authorized();
        var connection = (await sold.Staff.Get("/connections").Returns(200)).Data[0].GetProperty("id").GetGuid();
        await sold.Staff.Put($"/connections/{connection}/credentials", new { credentials = new { webhook_secret = ConnectionStarters.WebhookSecret, api_key = "sk_old" } }).Returns(204);
        await sold.Staff.Post($"{sold.Order.Path}/confirm").Returns(204);
        var database = new WholeDatabase(product.Api.Database);
        await database.Until($"select count(*) from dead_letters where tenant_id = '{sold.Shop.Id}'", 1);
        (await database.Texts($"select error from dead_letters where tenant_id = '{sold.Shop.Id}'")).ShouldBe(["payment_provider_refused: Stripe refused the request: 401 invalid_api_key."]);
        await sold.Staff.Put($"/connections/{connection}/credentials", new { credentials = new { webhook_secret = ConnectionStarters.WebhookSecret, api_key = StripeServer.Key } }).Returns(204);
        var letter = (await database.Texts($"select message_id::text from dead_letters where tenant_id = '{sold.Shop.Id}'")).Single();
        await (await product.Api.NewOperator()).Post($"/admin/dead-letters/{letter}/redrive").Returns(204);
        await sold.Is("completed");
    }

    [Fact]
    public async Task A_business_chooses_through_which_connection_it_is_paid()
    {
        var shop = await product.Api.NewBusiness();
        var lamp = await shop.Sell();
        var basket = new Basket(new BasketLine(lamp)) { PaymentMethod = "card" };
        await product.Api.Checkout(shop, basket).Refused(422, "payment_method_not_available");
        var keyless = await shop.NewConnection();
        await Choose(keyless.Id).Refused(422, "connection_not_for_payments");
        await Choose((await shop.NewConnection("icount", credentials: new { webhook_secret = "s", api_key = "k" })).Id).Refused(422, "connection_not_for_payments");
        await Choose((await shop.NewConnection(credentials: new { webhook_secret = "s", api_key = "sk_test_1" })).Id).Refused(422, "payment_test_key");
        await shop.Owner.SteppedUp();
        await Choose((await (await product.Api.NewBusiness()).NewConnection()).Id).Refused(404, "not_found");
        await Choose((await shop.Connect("stripe", ConnectionStarters.NewAccount()).Returns(201)).Id).Refused(409, "connection_pending");
        var connection = await shop.NewConnection(credentials: new { webhook_secret = ConnectionStarters.WebhookSecret, api_key = StripeServer.Key });
        await Choose(connection.Id, "XXX").Refused(404, "not_found");
        await Choose(connection.Id, "KWD").Refused(422, "gateway_currency_not_supported");
        await Choose(connection.Id, "MGA").Refused(422, "gateway_currency_not_supported");
        await Choose(connection.Id, "USD").Returns(204);
        await product.Api.Checkout(shop, basket).Refused(422, "payment_method_not_available");
        await Choose(connection.Id).Returns(204);
        await Choose(connection.Id).Returns(204);
        var chosen = (await shop.Owner.Get("/business/payment-gateways").Returns(200)).Data;
        chosen.Select(gateway => (gateway.Text("currency"), gateway.Text("provider"))).ShouldBe([("EUR", "stripe"), ("USD", "stripe")]);
        await product.Api.Checkout(shop, basket).Returns(201);

        await shop.Owner.Delete("/business/payment-gateways/EUR").Returns(204);
        await product.Api.Checkout(shop, basket).Refused(422, "payment_method_not_available");
        await shop.Owner.Delete("/business/payment-gateways/CHF").Refused(404, "not_found");
        await Choose(connection.Id).Returns(204);
        await shop.Owner.Post($"{connection.Path}/revoke").Returns(204);
        await product.Api.Checkout(shop, basket).Refused(422, "payment_method_not_available");

        ApiRequest Choose(Guid connectionId, string currency = "EUR") => shop.Owner.Put($"/business/payment-gateways/{currency}", new { connection_id = connectionId });
    }

    [Fact]
    public async Task What_was_paid_through_an_account_goes_back_also_after_it_was_connected_anew()
    {
        var sold = await Captured();
        await sold.Staff.Post($"{sold.Connection.Path}/revoke").Returns(204);
        await sold.Shop.NewConnection(account: sold.Connection.Account, credentials: new { webhook_secret = ConnectionStarters.WebhookSecret, api_key = StripeServer.Key });
        await sold.Refund(new { }).Returns(201);
        await sold.Is("refunded");
    }

    private async Task<StripeOrder> Sold()
    {
        var shop = await product.Api.NewBusiness();
        var connection = await shop.NewConnection(credentials: new { webhook_secret = ConnectionStarters.WebhookSecret, api_key = StripeServer.Key, publishable_key = "pk_1" });
        await (await shop.Owner.SteppedUp()).Put("/business/payment-gateways/EUR", new { connection_id = connection.Id }).Returns(204);
        var order = await product.Api.Buy(shop, new Basket(new BasketLine(await shop.Sell(), 3)) { PaymentMethod = "card" });
        var payment = (await shop.Owner.Get("/business/payments").Until(answer => answer.Data.Length == 1)).Data[0];
        return new(shop, shop.Owner, order, payment.GetProperty("id").GetGuid(), payment.Text("reference")!, connection);
    }

    private async Task<StripeOrder> Authorized()
    {
        var sold = await Sold();
        await Pay(sold);
        return sold;
    }

    private async Task<StripeOrder> Captured()
    {
        var sold = await Authorized();
        await sold.Staff.Post($"{sold.Order.Path}/confirm").Returns(204);
        await sold.Is("completed");
        return sold;
    }

    /// <summary>As the customer's page does it with the client secret.</summary>
    private async Task Pay(StripeOrder sold)
    {
        Stripe.Change(sold.Intent, intent => intent with { Status = "requires_capture" });
        await Tell(sold, "payment_intent.amount_capturable_updated", Stripe.Intents[sold.Intent].Body);
        await sold.Is("authorized");
    }

    private async Task Tell(StripeOrder sold, string type, object about) => await product.Api.Tell(sold.Connection.WebhookPath, StripeServer.Event(type, about)).Returns(200);

    /// <summary>One after the other; all of them have had their effect when it returns.</summary>
    private async Task Told(StripeOrder sold, params (string Type, object About)[] notifications)
    {
        foreach (var (type, about) in notifications)
        {
            var before = (await sold.Staff.Get("/inbound-messages").Returns(200)).Data.Length;
            await Tell(sold, type, about);
            await sold.Staff.Get("/inbound-messages").Until(answer =>
                answer.Data.Length > before && answer.Data.All(message => message.Text("status") is "processed" or "ignored"));
        }
    }

    private sealed record StripeOrder(TestBusiness Shop, Session Staff, TestOrder Order, Guid Id, string Intent, TestConnection Connection)
    {
        public string Path => $"/business/payments/{Id}";

        public Task<ApiAnswer> Is(string status) => Staff.Get(Path).Until(answer => answer.Json.Text("status") == status);

        public ApiRequest Refund(object request) => Staff.Post($"{Path}/refunds", request);
    }

    public sealed class Product : IAsyncLifetime
    {
        internal ApiFixture Api { get; private set; } = null!;

        internal StripeServer Stripe { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Stripe = await StripeServer.Start();
            Api = new(hasDemo: false, ("Payments:StripeUrl", Stripe.Url));
            await Api.InitializeAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Api.DisposeAsync();
            await Stripe.DisposeAsync();
        }
    }
}
