using System.Net.Http.Headers;
using System.Text.Json;
using Mainstreet.Api.Tests.Connections;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using static Mainstreet.Api.Tests.Catalog.CatalogStarters;

namespace Mainstreet.Api.Tests.Payments;

/// <summary>Live businesses that are paid through PayPal, which is a server of the test's (PAY-02).</summary>
public sealed class PayingThroughPayPal(PayingThroughPayPal.Product product) : IClassFixture<PayingThroughPayPal.Product>
{
    private PayPalServer PayPal => product.PayPal;

    [Fact]
    public async Task What_the_customer_approves_is_held_and_taken_when_the_order_is_confirmed_and_goes_back_in_parts()
    {
        var sold = await Sold();
        PayPal.Orders[sold.Reference]["purchase_units"]!.ToJsonString().ShouldContain($$"""
            "custom_id":"{{sold.Id}}"
            """.Trim());
        PayPal.Orders[sold.Reference]["purchase_units"]![0]!["amount"]!.ToJsonString().ShouldBe("""{"currency_code":"EUR","value":"49.00"}""");
        (await product.Api.Guest.Get(sold.Order.GuestPath("/payment")).Returns(200)).Json.Text("pay_url").ShouldBe($"https://www.paypal.com/checkoutnow?token={sold.Reference}");

        await Approved(sold);
        await sold.Is("authorized");
        await sold.Staff.Post($"{sold.Order.Path}/confirm").Returns(204);
        (await sold.Is("completed")).Json.Amount("captured").ShouldBe(4_900);

        await sold.Refund(new { amount = Eur(900), reason = "Scratched" }).Returns(201);
        await sold.Is("partially_refunded");
        PayPal.RefundByHand(sold.Reference, "5.00");
        await Told(sold, "PAYMENT.CAPTURE.REFUNDED", About(sold));
        await Told(sold, "PAYMENT.CAPTURE.REFUNDED", About(sold)); // twice
        await sold.Staff.Get(sold.Path).Until(answer => answer.Json.Amount("refunded") == 1_400);
        await sold.Refund(new { }).Returns(201);
        (await sold.Is("refunded")).Json.List("refunds").Select(refund => refund.Amount("amount")).ShouldBe([900, 500, 3_500]);
        PayPal.Tokens.ShouldBe(1);
    }

    [Fact]
    public async Task A_refund_that_takes_its_time_is_asked_for_again_and_made_once()
    {
        var sold = await Refunding();
        var next = await AskedTwice(sold);
        PayPal.Finish(sold.Reference);
        await sold.Staff.Post($"/scheduled-messages/{next}/run").Returns(204);
        await RefundedOnce(sold);
    }

    [Fact]
    public async Task A_refund_that_is_not_finished_for_days_is_a_dead_letter_until_it_is()
    {
        var sold = await Refunding();
        var last = await AskedTwice(sold);
        await new WholeDatabase(product.Api.Database).Texts(
            $"update messages set due_at = due_at - interval '2 days', body = body || '{{\"again\": 15}}' where message_id = '{last}' returning type");
        await sold.Staff.Post($"/scheduled-messages/{last}/run").Returns(204);
        var letters = await sold.Staff.Get("/business/dead-letters?type=payment.refund").Until(answer => answer.Data.Length > 0);
        letters.Data.Single().GetProperty("error").Text("code").ShouldBe("refund_unfinished");
        PayPal.Finish(sold.Reference);
        await sold.Staff.Post($"/business/dead-letters/{letters.Data.Single().Text("id")}/redrive").Returns(204);
        await RefundedOnce(sold);
    }

    [Fact]
    public async Task What_is_held_for_an_order_that_is_not_taken_on_is_let_go()
    {
        var sold = await Sold();
        await Approved(sold);
        await sold.Is("authorized");
        await sold.Staff.Post($"{sold.Order.Path}/reject", new { reason = "Oven broken" }).Returns(204);
        await sold.Is("voided");
        PayPal.Orders[sold.Reference]["purchase_units"]![0]!["payments"]!["authorizations"]![0]!["status"]!.GetValue<string>().ShouldBe("VOIDED");
    }

    [Fact]
    public async Task What_PayPal_refuses_is_said_by_its_name_and_may_be_tried_again()
    {
        var sold = await Sold();
        PayPal.Refuse("authorize", sold.Reference, "INSTRUMENT_DECLINED");
        await Approved(sold);
        (await sold.Is("failed")).Json.Text("failure_reason").ShouldBe("instrument_declined");

        sold = await Sold();
        await Approved(sold);
        await sold.Is("authorized");
        PayPal.Refuse("capture", sold.Reference, "AUTHORIZATION_EXPIRED");
        await sold.Staff.Post($"{sold.Order.Path}/confirm").Returns(204);
        (await sold.Is("failed")).Json.Text("failure_reason").ShouldBe("authorization_expired");
    }

    [Fact]
    public async Task A_dispute_is_of_the_payment_that_its_transaction_names()
    {
        var sold = await Sold();
        await Approved(sold);
        await sold.Is("authorized");
        await sold.Staff.Post($"{sold.Order.Path}/confirm").Returns(204);
        await sold.Is("completed");
        await Told(sold, "CUSTOMER.DISPUTE.CREATED", Dispute(sold, "INQUIRY", "OPEN", outcome: null));
        (await sold.Staff.Get(sold.Path).Returns(200)).Json.List("disputes").ShouldBeEmpty();
        await Told(sold, "CUSTOMER.DISPUTE.UPDATED", Dispute(sold, "CHARGEBACK", "UNDER_REVIEW", outcome: null));
        (await sold.Is("disputed")).Json.List("disputes").Single().Amount("amount").ShouldBe(4_900);
        await Told(sold, "CUSTOMER.DISPUTE.RESOLVED", Dispute(sold, "CHARGEBACK", "RESOLVED", "RESOLVED_SELLER_FAVOUR"));
        (await sold.Is("completed")).Json.List("disputes").Single().Text("status").ShouldBe("won");
    }

    [Fact]
    public async Task Only_what_PayPal_signed_for_this_webhook_is_taken()
    {
        var sold = await Sold();
        var body = Event("CHECKOUT.ORDER.APPROVED", new { id = sold.Reference });
        var good = PayPal.Sign(body);
        foreach (var (name, value) in (IEnumerable<(string, string)>)
        [
            ("PAYPAL-TRANSMISSION-ID", Guid.NewGuid().ToString()), ("PAYPAL-TRANSMISSION-TIME", "2026-11-22T20:00:01Z"), ("PAYPAL-TRANSMISSION-SIG", "bm8="), ("PAYPAL-TRANSMISSION-SIG", "?"),
            ("PAYPAL-AUTH-ALGO", "none"), ("PAYPAL-CERT-URL", "https://api.paypal.com.example/v1/notifications/certs/CERT-1"), ("PAYPAL-CERT-URL", $"{PayPal.CertificateUrl}/../../../v2/checkout/orders"),
        ])
        {
            await Send(sold, body, new(good) { [name] = value }).Refused(401, "signature_invalid");
        }

        await Send(sold, body, PayPal.Sign(body, webhook: "WH-SOMEBODY-ELSES")).Refused(401, "signature_invalid");
        await Send(sold, [.. body, (byte)' '], good).Refused(401, "signature_invalid");
        await Send(sold, body, good).Returns(200);
        var shop = await product.Api.NewBusiness();
        var connection = await shop.NewConnection("paypal", credentials: new { webhook_secret = PayPalServer.Webhook });
        await (await shop.Owner.SteppedUp()).Put("/business/payment-gateways/EUR", new { connection_id = connection.Id }).Refused(422, "connection_not_for_payments");
        await sold.Staff.Put("/business/payment-gateways/HUF", new { connection_id = sold.Connection.Id }).Refused(422, "gateway_currency_not_supported");
    }

    private async Task<PayPalSale> Sold()
    {
        var shop = await product.Api.NewBusiness();
        var connection = await shop.NewConnection(
            "paypal", credentials: new { webhook_secret = PayPalServer.Webhook, api_key = PayPalServer.ClientId, api_secret = PayPalServer.Secret });
        await (await shop.Owner.SteppedUp()).Put("/business/payment-gateways/EUR", new { connection_id = connection.Id }).Returns(204);
        var order = await product.Api.Buy(shop, new Basket(new BasketLine(await shop.Sell())) { PaymentMethod = "card" });
        var payment = (await shop.Owner.Get("/business/payments").Until(answer => answer.Data.Length == 1)).Data[0];
        return new(shop.Owner, order, payment.GetProperty("id").GetGuid(), payment.Text("reference")!, connection);
    }

    /// <summary>It has been asked for, and takes its time.</summary>
    private async Task<PayPalSale> Refunding()
    {
        var sold = await Sold();
        await Approved(sold);
        await sold.Is("authorized");
        await sold.Staff.Post($"{sold.Order.Path}/confirm").Returns(204);
        await sold.Is("completed");
        PayPal.Delay(sold.Reference);
        await sold.Refund(new { amount = Eur(900) }).Returns(201);
        return sold;
    }

    /// <summary>It is asked for again before its time.</summary>
    /// <returns>The question that follows.</returns>
    private static async Task<Guid> AskedTwice(PayPalSale sold)
    {
        var asked = await Waiting(TimeProvider.System.GetUtcNow());
        await sold.Staff.Post($"/scheduled-messages/{Id(asked)}/run").Returns(204);
        return Id(await Waiting(DueAt(asked)));

        async Task<JsonElement> Waiting(DateTimeOffset after) => (await sold.Staff.Get($"/scheduled-messages?subject={sold.Id}&type=payment.refund")
            .Until(answer => answer.Data.Any(message => DueAt(message) > after))).Data.MaxBy(DueAt);

        static Guid Id(JsonElement message) => message.GetProperty("id").GetGuid();

        static DateTimeOffset DueAt(JsonElement message) => message.GetProperty("due_at").GetDateTimeOffset();
    }

    private async Task RefundedOnce(PayPalSale sold)
    {
        (await sold.Is("partially_refunded")).Json.List("refunds").Select(refund => (refund.Amount("amount"), refund.Text("status"))).ShouldBe([(900, "succeeded")]);
        PayPal.Orders[sold.Reference]["purchase_units"]![0]!["payments"]!["refunds"]!.AsArray().Count.ShouldBe(1);
    }

    private async Task Approved(PayPalSale sold)
    {
        PayPal.Approve(sold.Reference);
        await Told(sold, "CHECKOUT.ORDER.APPROVED", new { id = sold.Reference, status = "APPROVED" });
    }

    private async Task Told(PayPalSale sold, string type, object about)
    {
        var body = Event(type, about);
        await Send(sold, body, PayPal.Sign(body)).Returns(200);
    }

    private static byte[] Event(string type, object resource) =>
        JsonSerializer.SerializeToUtf8Bytes(new { id = $"WH-{Guid.NewGuid():N}", event_version = "1.0", create_time = "2026-11-22T20:00:00Z", event_type = type, resource });

    /// <summary>A refund: it does not say of which order it is.</summary>
    private static object About(PayPalSale sold) => new { id = "1JU08902781691411", custom_id = sold.Id };

    private static object Dispute(PayPalSale sold, string stage, string status, string? outcome) => new
    {
        dispute_id = $"PP-D-{sold.Reference}",
        disputed_transactions = new[] { new { seller_transaction_id = $"C{sold.Reference}", custom = sold.Id } },
        reason = "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
        status,
        dispute_amount = new { currency_code = "EUR", value = "49.00" },
        dispute_life_cycle_stage = stage,
        dispute_outcome = outcome is null ? null : new { outcome_code = outcome },
    };

    private ApiRequest Send(PayPalSale sold, byte[] body, Dictionary<string, string> headers)
    {
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return headers.Aggregate(product.Api.Guest.Post($"~{sold.Connection.WebhookPath}", content), (request, header) => request.With(header.Key, header.Value));
    }

    private sealed record PayPalSale(Session Staff, TestOrder Order, Guid Id, string Reference, TestConnection Connection)
    {
        public string Path => $"/business/payments/{Id}";

        public Task<ApiAnswer> Is(string status) => Staff.Get(Path).Until(answer => answer.Json.Text("status") == status);

        public ApiRequest Refund(object request) => Staff.Post($"{Path}/refunds", request);
    }

    public sealed class Product : IAsyncLifetime
    {
        internal ApiFixture Api { get; private set; } = null!;

        internal PayPalServer PayPal { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            PayPal = await PayPalServer.Start();
            Api = new(
                hasDemo: false, ("Payments:PayPalUrl", PayPal.Url), ("Inbound:PayPalCertificates:2", $"{PayPal.Url}/v1/notifications/certs/"), ("Webhooks:AllowedNetworks:0", "127.0.0.0/8"));
            await Api.InitializeAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Api.DisposeAsync();
            await PayPal.DisposeAsync();
        }
    }
}
