using System.Text.Json;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Notifications;

/// <summary>Customers of live businesses are told by SMS, WhatsApp and mail through providers that are servers of the test's (ORD-10).</summary>
public sealed class TellingThroughTwilio(TellingThroughTwilio.Product product) : IClassFixture<TellingThroughTwilio.Product>
{
    private static int numbers;

    private TwilioServer Twilio => product.Twilio;

    [Fact]
    public async Task A_message_is_handed_over_as_the_provider_wants_it()
    {
        var (shop, lamp) = await Shop("sms", "whatsapp", "email");
        var (order, to) = await Buy(shop, lamp);
        var told = await Until(shop, order, all => all.Length == 3);
        told.ShouldAllBe(one => one.Text("status") == "sent");
        var sms = Twilio.Sent.Single(form => form["To"] == to);
        (sms["From"], sms["Body"]).ShouldBe(("+15005550006", $"acme: Your order {order.Number} for 49.00 EUR has reached us. We will tell you when it is confirmed. /api/v1/orders/{order.Id}?token={order.Token}"));
        told.Single(one => one.Text("channel") == "sms").Text("reference")!.ShouldStartWith("SM");
        var whatsapp = Twilio.Sent.Single(form => form["To"] == $"whatsapp:{to}");
        (whatsapp["MessagingServiceSid"], whatsapp["ContentSid"]).ShouldBe(("MG1", $"HX{new string('a', 32)}"));
        JsonDocument.Parse(whatsapp["ContentVariables"]).RootElement.Text("number").ShouldBe(order.Number);
        var mail = Twilio.Mails.Single(one => one.Text.Contains(order.Id.ToString(), StringComparison.Ordinal));
        mail.Key.ShouldBe($"{told.Single(one => one.Text("channel") == "email").GetProperty("id").GetGuid()}/1");
    }

    [Fact]
    public async Task What_the_provider_did_not_take_is_tried_again()
    {
        var (shop, lamp) = await Shop("sms");
        var to = NewNumber();
        Twilio.Answer(to, 429, 503);
        var (order, _) = await Buy(shop, lamp, to);
        (await Until(shop, order, all => all.Length == 1))[0].Text("status").ShouldBe("sent");
        Twilio.Sent.Count(form => form["To"] == to).ShouldBe(3);
    }

    [Theory]
    [InlineData(21211)]
    [InlineData(21610)]
    public async Task What_it_refuses_is_noted(int code)
    {
        var (shop, lamp) = await Shop("sms");
        var to = NewNumber();
        Twilio.Refuse(to, code);
        var (order, _) = await Buy(shop, lamp, to);
        var failed = (await Until(shop, order, all => all.Length == 1))[0];
        (failed.Text("status"), failed.Text("reason")).ShouldBe(("failed", $"twilio_{code}"));
        failed.GetRawText().ShouldNotContain("Something about");
    }

    [Fact]
    public async Task What_may_have_been_sent_is_not_sent_again_unless_somebody_wants_it()
    {
        var (shop, lamp) = await Shop("sms");
        var to = NewNumber();
        Twilio.Lose(to);
        var (order, _) = await Buy(shop, lamp, to);
        var failed = (await Until(shop, order, all => all.Length == 1))[0];
        (failed.Text("status"), failed.Text("reason")).ShouldBe(("failed", "outcome_unknown"));
        Twilio.Sent.Count(form => form["To"] == to).ShouldBe(1);
        await shop.Owner.Post($"/business/notifications/{failed.GetProperty("id")}/resend").Returns(204);
        await Until(shop, order, all => all[0].Text("status") == "sent");
        Twilio.Sent.Count(form => form["To"] == to).ShouldBe(2);
    }

    private static string NewNumber() => $"+49301000{Interlocked.Increment(ref numbers):0000}";

    private async Task<(TestBusiness Shop, Guid Lamp)> Shop(params string[] channels)
    {
        var shop = await product.Api.NewBusiness("acme");
        await shop.Owner.Put("/business/notification-settings", new
        {
            rules = new object[] { new { kind = "order.placed", channels, whatsapp_content = $"HX{new string('a', 32)}" } },
        }).Returns(204);
        return (shop, await shop.Sell());
    }

    private async Task<(TestOrder Order, string To)> Buy(TestBusiness shop, Guid lamp, string? to = null)
    {
        to ??= NewNumber();
        return (await product.Api.Buy(shop, new Basket(new BasketLine(lamp)) { Contact = new("Carla", Starters.NewEmail(), to) }), to);
    }

    private static async Task<JsonElement[]> Until(TestBusiness shop, TestOrder order, Func<JsonElement[], bool> holds) =>
        (await shop.Owner.Get($"/business/notifications?order_id={order.Id}").Until(answer => holds(answer.Data))).Data;

    public sealed class Product : IAsyncLifetime
    {
        internal ApiFixture Api { get; private set; } = null!;

        internal TwilioServer Twilio { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Twilio = await TwilioServer.Start();
            Api = new(
                hasDemo: false, ("Twilio:BaseUrl", Twilio.Url), ("Twilio:AccountSid", TwilioServer.Sid), ("Twilio:AuthToken", TwilioServer.Token), ("Twilio:SmsFrom", "+15005550006"),
                ("Twilio:WhatsappFrom", "MG1"), ("Email:BaseUrl", Twilio.Url), ("Email:ApiKey", "re_key"), ("Email:From", "Mainstreet <post@mainstreet.example>"));
            await Api.InitializeAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Api.DisposeAsync();
            await Twilio.DisposeAsync();
        }
    }
}
