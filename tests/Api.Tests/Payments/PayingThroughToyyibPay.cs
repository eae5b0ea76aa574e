using System.Security.Cryptography;
using System.Text;
using Mainstreet.Api.Tests.Connections;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain;

namespace Mainstreet.Api.Tests.Payments;

/// <summary>Live businesses that are paid by bills of ToyyibPay, which is a server of the test's (PAY-02).</summary>
public sealed class PayingThroughToyyibPay(PayingThroughToyyibPay.Product product) : IClassFixture<PayingThroughToyyibPay.Product>
{
    [Fact]
    public async Task A_bill_is_made_paid_on_its_page_and_taken_at_once()
    {
        var sold = await Sold();
        var bill = product.Toyyib.Bills[sold.Code];
        (bill["billAmount"], bill["categoryCode"], bill["billExternalReferenceNo"], bill["billCallbackUrl"]).ShouldBe(
            ("4900", sold.Connection.Account, sold.Id.ToString(), $"https://api.example.com{sold.Connection.WebhookPath}"));
        (bill["billTo"], bill["billEmail"], bill["billPhone"]).ShouldBe(("", "", ""), "nobody there needs to know who buys");
        (await product.Api.Guest.Get(sold.Order.GuestPath("/payment")).Returns(200)).Json.Text("pay_url").ShouldBe($"{product.Toyyib.Url}/{sold.Code}");

        await Callback(sold, "3", "TP1").Returns(200);
        await sold.Is("failed");
        await Callback(sold, "1", "TP2").Returns(200); // the customer pays later than that says: nothing is there yet
        product.Toyyib.Paid[sold.Code] = "49.00";
        await Callback(sold, "1", "TP3").Returns(200);
        var payment = (await sold.Is("completed")).Json;
        (payment.Amount("captured"), payment.GetProperty("captured").Text("currency")).ShouldBe((4_900, "MYR"));
        (await sold.Shop.Sold(sold.Order)).ShouldBe(("pending", "paid"));
        await Callback(sold, "1", "TP2", hash: "0cc175b9c0f1b6a831c399e269772661").Refused(401, "signature_invalid");
    }

    [Fact]
    public async Task Nothing_is_given_back_by_the_provider_and_what_staff_gave_back_is_recorded()
    {
        var sold = await Sold();
        product.Toyyib.Paid[sold.Code] = "49.00";
        await Callback(sold, "1", "TP1").Returns(200);
        await sold.Is("completed");
        await sold.Staff.Post($"{sold.Path}/refunds", new { amount = new Money(900, "MYR") }).Refused(422, "refund_by_hand_only");
        var made = await sold.Staff.Post($"{sold.Path}/refunds", new { amount = new Money(900, "MYR"), by_hand = true, reason = "By bank" }).Returns(201);
        (made.Json.Text("status"), made.Json.Amount("left")).ShouldBe(("succeeded", 4_000));
        (await sold.Is("partially_refunded")).Json.GetProperty("refunds")[0].Text("reference").ShouldBe("by_hand");

        // what would go back by itself cannot: staff see it, and do it
        await sold.Staff.Post($"{sold.Order.Path}/reject", new { reason = "Oven broken" }).Returns(204);
        var failed = (await sold.Staff.Get(sold.Path).Until(answer => answer.Json.GetProperty("refunds").EnumerateArray().Any(one => one.Text("status") == "failed"))).Json.GetProperty("refunds")[1];
        (failed.Text("failure_reason"), failed.Amount("amount"), failed.GetProperty("automatic").GetBoolean()).ShouldBe(("refund_by_hand_only", 4_000, true));
        await sold.Staff.Post($"{sold.Path}/refunds", new { by_hand = true }).Returns(201);
        await sold.Is("refunded");
        (await sold.Shop.Sold(sold.Order)).ShouldBe(("rejected", "refunded"));
    }

    [Fact]
    public async Task It_is_for_ringgit_only()
    {
        var shop = await product.Api.NewBusiness();
        var connection = await shop.NewConnection("toyyibpay", credentials: new { webhook_secret = ToyyibPayServer.Key });
        await (await shop.Owner.SteppedUp()).Put("/business/payment-gateways/EUR", new { connection_id = connection.Id }).Refused(422, "gateway_currency_not_supported");
        await shop.Owner.Put("/business/payment-gateways/MYR", new { connection_id = connection.Id }).Returns(204);
    }

    private async Task<Bill> Sold()
    {
        var shop = await product.Api.NewBusiness(currency: "MYR", timezone: "Asia/Kuala_Lumpur");
        var connection = await shop.NewConnection("toyyibpay", credentials: new { webhook_secret = ToyyibPayServer.Key });
        await (await shop.Owner.SteppedUp()).Put("/business/payment-gateways/MYR", new { connection_id = connection.Id }).Returns(204);
        var created = await shop.Owner.Post("/business/products", new
        {
            name = "Lamp",
            handle = Guid.NewGuid(),
            variants = new[] { new { price = new Money(4_900, "MYR"), stock = new { quantity = 10 } } },
            publish = true,
        }).Returns(201);
        await shop.Owner.Post("/business/storefront/publish").Returns(204);
        var lamp = created.Json.GetProperty("variants")[0].GetProperty("id").GetGuid();
        var order = await product.Api.Buy(shop, new Basket(new BasketLine(lamp)) { PaymentMethod = "card" });
        var payment = (await shop.Owner.Get("/business/payments").Until(answer => answer.Data.Length == 1)).Data[0];
        return new(shop, shop.Owner, order, payment.GetProperty("id").GetGuid(), payment.Text("reference")!, connection);
    }

    /// <summary>As ToyyibPay calls back.</summary>
    private ApiRequest Callback(Bill sold, string status, string refno, string? hash = null)
    {
        hash ??= Hash($"{ToyyibPayServer.Key}{status}{sold.Id}{refno}ok");
        var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["refno"] = refno,
            ["status"] = status,
            ["reason"] = "",
            ["billcode"] = sold.Code,
            ["order_id"] = sold.Id.ToString(),
            ["amount"] = "1.00", // it is not signed, so it says nothing
            ["transaction_time"] = "2026-11-22 20:00:00",
            ["hash"] = hash,
        });
        return product.Api.Guest.Post($"~{sold.Connection.WebhookPath}", form);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "The provider's scheme.")]
    private static string Hash(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed record Bill(TestBusiness Shop, Session Staff, TestOrder Order, Guid Id, string Code, TestConnection Connection)
    {
        public string Path => $"/business/payments/{Id}";

        public Task<ApiAnswer> Is(string status) => Staff.Get(Path).Until(answer => answer.Json.Text("status") == status);
    }

    public sealed class Product : IAsyncLifetime
    {
        internal ApiFixture Api { get; private set; } = null!;

        internal ToyyibPayServer Toyyib { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Toyyib = await ToyyibPayServer.Start();
            Api = new(hasDemo: false, ("Payments:ToyyibPayUrl", Toyyib.Url), ("Payments:PublicUrl", "https://api.example.com/"));
            await Api.InitializeAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Api.DisposeAsync();
            await Toyyib.DisposeAsync();
        }
    }
}
