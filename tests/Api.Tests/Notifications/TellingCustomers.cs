using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Privacy;
using Mainstreet.Domain.Identity;
using static Mainstreet.Api.Tests.Orders.OrderStarters;

namespace Mainstreet.Api.Tests.Notifications;

/// <summary>Customers are told of every step of their orders, once on each channel (ORD-10).</summary>
public sealed class TellingCustomers(ApiFixture api)
{
    private const string Told = "/business/notifications";
    private const string SettingsPath = "/business/notification-settings";

    [Fact]
    public async Task An_order_that_is_collected_is_told_step_by_step_and_each_step_once()
    {
        var (acme, lamp) = await api.NewShop();
        var email = Starters.NewEmail("carla");
        var order = await api.BuyAs(acme, lamp, email);
        string[] steps = ["order.placed", "order.confirmed", "order.preparing", "order.ready", "order.collected", "order.completed"];
        foreach (var (step, body) in new (string, object?)[] { ("confirm", null), ("start-preparation", null), ("ready", null), ("collect", new { cash_collected = Eur(order.Total) }), ("complete", null) })
        {
            await acme.Owner.Post($"{order.Path}/{step}", body).Returns(204);
        }

        var mails = (await Outbox(acme, email).Until(answer => answer.Data.Length >= steps.Length)).Data;
        mails.Select(mail => mail.Text("template")).ShouldBe(steps, ignoreOrder: true);
        mails.ShouldAllBe(mail => mail.Text("kind") == "email");
        var confirmed = mails.Single(mail => mail.Text("template") == "order.confirmed");
        confirmed.Text("subject").ShouldBe($"Your order {order.Number} is confirmed");
        confirmed.Text("text")!.ShouldContain("1 × Lamp  49.00 EUR");
        confirmed.Text("text")!.ShouldContain("Total: 49.00 EUR");
        confirmed.Text("text")!.ShouldContain($"/orders/{order.Id}?token={order.Token}");

        var told = (await acme.Owner.Get($"{Told}?order_id={order.Id}").Until(answer => answer.Data.Length == steps.Length)).Data;
        told.ShouldAllBe(one => one.Text("status") == "sent" && one.Text("recipient") == email && one.Text("channel") == "email");
        (await acme.Owner.Get("/events?types=notification.sent").Returns(200)).Data.Length.ShouldBe(steps.Length);
        await acme.Owner.Post($"{Told}/{told[0].GetProperty("id")}/resend").Refused(409, "notification_sent");

        var rebuild = await acme.Owner.Post("/business/projections/notifications/rebuilds", new { }).Returns(201);
        await acme.Owner.Get($"/business/projections/notifications/rebuilds/{rebuild.Id}").Until(answer => answer.Json.Text("status") == "switched");
        (await Outbox(acme, email).Returns(200)).Data.Length.ShouldBe(steps.Length);
        (await acme.Owner.Get($"{Told}?order_id={order.Id}").Returns(200)).Data.Length.ShouldBe(steps.Length);
    }

    [Fact]
    public async Task An_order_that_is_brought_or_called_off_is_told_too()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        var lamp = await acme.Sell();
        await acme.Deliver();
        var (brought, calledOff) = (Starters.NewEmail("brought"), Starters.NewEmail("off"));
        var order = await api.Buy(acme, new Basket(new BasketLine(lamp)) { Contact = new("Carla", brought, "+49 30 123456"), PaymentMethod = "card" }.Delivered());
        await acme.Owner.Post($"/sandbox/payments/{order.Id}/authorize").Returns(204);
        await acme.Owner.Post($"{order.Path}/confirm").Returns(204);
        await Are(acme, brought, "order.placed", "order.confirmed");
        var other = await api.BuyAs(acme, lamp, calledOff);
        await acme.Owner.Post($"{other.Path}/cancel", new { reason = "sold_out" }).Returns(204);
        await Are(acme, calledOff, "order.placed", "order.canceled");
    }

    [Fact]
    public async Task The_channels_are_the_business_s_choice()
    {
        var (acme, lamp) = await api.NewShop();
        await acme.Owner.Put(SettingsPath, new
        {
            rules = new object[] { new { kind = "order.placed", channels = new[] { "sms", "whatsapp" } }, new { kind = "order.rejected", channels = Array.Empty<string>() } },
            calling_code = "49",
        }).Returns(204);
        var settings = (await acme.Owner.Get(SettingsPath).Returns(200)).Json;
        settings.GetProperty("rules").GetArrayLength().ShouldBe(18);
        settings.Text("calling_code").ShouldBe("49");
        var email = Starters.NewEmail();
        var order = await api.Buy(acme, new Basket(new BasketLine(lamp)) { Contact = new("Carla", email, "030 123 456") });
        await acme.Owner.Get("/sandbox/outbox/messages?to=+4930123456").Until(answer => answer.Data.Select(one => one.Text("kind")).Order().SequenceEqual(["sms", "whatsapp"]));
        await acme.Owner.Post($"{order.Path}/reject", new { reason = "sold_out" }).Returns(204);
        await WrittenOff(acme);
        (await Outbox(acme, email).Returns(200)).Data.ShouldBeEmpty();

        var refused = await acme.Owner.Put(SettingsPath, new { rules = new object[] { new { kind = "order.eaten" } } }).Refused(400, "notification_unknown");
        refused.Json.Text("kind").ShouldBe("order.eaten");
        await acme.Owner.Put(SettingsPath, new { rules = Array.Empty<object>(), calling_code = "+49" }).Refused(400, "calling_code_invalid");
        await acme.Owner.Put(SettingsPath, new { rules = Array.Empty<object>() }).IfMatch("\"v9\"").Refused(412, "stale_version");
        await (await api.NewMember(acme, Role.Manager)).Put(SettingsPath, new { rules = Array.Empty<object>() }).Refused(403, "missing_permission");
    }

    [Fact]
    public async Task What_has_failed_is_seen_and_sent_again_and_a_stop_is_heeded()
    {
        var (acme, lamp) = await api.NewShop();
        await acme.Owner.Put(SettingsPath, new { rules = new object[] { new { kind = "order.placed", channels = new[] { "sms" } }, new { kind = "order.rejected", channels = new[] { "sms" } } } }).Returns(204);
        var wrong = await api.Buy(acme, new Basket(new BasketLine(lamp)) { Contact = new("Carla", Starters.NewEmail(), "+1 500 555 0001") });
        var failed = (await acme.Owner.Get($"{Told}?order_id={wrong.Id}&status=failed").Until(answer => answer.Data.Length == 1)).Data[0];
        (failed.Text("reason"), failed.Text("recipient"), failed.GetProperty("attempt").GetInt32()).ShouldBe(("twilio_21211", "+15005550001", 1));
        var path = $"{Told}/{failed.GetProperty("id")}";
        await acme.Owner.Post($"{path}/resend").Returns(204);
        await acme.Owner.Get(path).Until(answer => answer.Json.Text("status") == "failed" && answer.Json.GetProperty("attempt").GetInt32() == 2);

        var stopped = await api.Buy(acme, new Basket(new BasketLine(lamp)) { Contact = new("Stan", Starters.NewEmail(), "+1 500 555 0004") });
        await acme.Owner.Get($"{Told}?order_id={stopped.Id}").Until(answer => answer.Data.Length == 1 && answer.Data[0].Text("reason") == "twilio_21610");
        await acme.Owner.Post($"{stopped.Path}/reject", new { reason = "sold_out" }).Returns(204);
        await WrittenOff(acme);
        (await acme.Owner.Get($"{Told}?order_id={stopped.Id}").Returns(200)).Data.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Customers_turn_off_what_is_not_essential()
    {
        var (acme, lamp) = await api.NewShop();
        var carla = await api.NewCustomer(acme);
        await carla.Session.Put("/customers/me/notifications", new { muted = new[] { "order.ready" } }).Refused(409, "email_not_verified");
        await carla.Verify();
        await carla.Session.Put("/customers/me/notifications", new { muted = new[] { "order.ready" } }).Returns(204);
        (await carla.Session.Get("/customers/me/notifications").Returns(200)).Json.Texts("muted").ShouldBe(["order.ready"]);
        await carla.Session.Put("/customers/me/notifications", new { muted = new[] { "order.canceled" } }).Refused(422, "notification_essential");
        var order = await api.BuyAs(acme, lamp, carla.Email);
        await acme.Owner.Post($"{order.Path}/confirm").Returns(204);
        await acme.Owner.Post($"{order.Path}/ready").Returns(204);
        await acme.Owner.Post($"{order.Path}/cancel", new { reason = "sold_out" }).Returns(204);
        await WrittenOff(acme);
        await Are(acme, carla.Email, "customer.verify_email", "order.placed", "order.confirmed", "order.canceled");
    }

    [Fact]
    public async Task Words_are_the_business_s_own_per_kind_channel_and_language()
    {
        var (acme, lamp) = await api.NewShop();
        await acme.Owner.Patch("/business/settings", new { locale = "he" }).Returns(204);
        const string templates = "/business/notification-templates";
        await acme.Owner.Put($"{templates}/order.placed/email/he", new { subject = "{{number}}", text = "{{lines}} {{link}}" }).Returns(204);
        (await acme.Owner.Put($"{templates}/order.placed/sms/he", new { text = "{{lines}} {{amount}}" }).Refused(422, "placeholder_unknown")).Json.Text("placeholder").ShouldBe("amount");
        await acme.Owner.Put($"{templates}/order.placed/sms/he", new { subject = "x", text = "y" }).Refused(400, "mail_words_invalid");
        await acme.Owner.Put($"{templates}/order.eaten/sms/he", new { text = "y" }).Refused(404, "not_found");
        (await acme.Owner.Post($"{templates}/order.refunded/sms/en/preview").Returns(200)).Json.Text("text").ShouldBe("acme: We have given back 2.50 EUR for your order 1001. https://example.com/orders/1001");
        var all = (await acme.Owner.Get(templates).Returns(200)).Data;
        all.Length.ShouldBe(18 * 4 * 3);
        all.Single(one => one.GetProperty("is_own").GetBoolean()).Text("kind").ShouldBe("order.placed");

        var email = Starters.NewEmail();
        var order = await api.BuyAs(acme, lamp, email);
        await acme.Owner.Post($"{order.Path}/confirm").Returns(204);
        await Are(acme, email, "order.placed", "order.confirmed");
        var mails = (await Outbox(acme, email).Returns(200)).Data;
        mails.Single(mail => mail.Text("template") == "order.placed").Text("subject").ShouldBe(order.Number);
        mails.Single(mail => mail.Text("template") == "order.confirmed").Text("subject").ShouldBe($"הזמנה {order.Number} אושרה");
        await acme.Owner.Delete($"{templates}/order.placed/email/he").Returns(204);
    }

    [Fact]
    public async Task A_browser_that_follows_an_order_is_told()
    {
        var (acme, lamp) = await api.NewShop();
        var order = await api.Buy(acme, lamp);
        var path = order.GuestPath("/push-subscriptions");
        (await api.Guest.Get(order.GuestPath("/push-subscriptions/key")).Returns(200)).Json.Text("public_key")!.Length.ShouldBe(87);
        var keys = new { p256dh = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", auth = "BTBZMqHH6r4Tts7J_aSIgg" };
        await api.Guest.Post(path, new { endpoint = "https://10.1.2.3/push", keys }).Refused(422, "address_refused");
        await api.Guest.Post(path, new { endpoint = "http://push.example.com/1", keys }).Refused(422, "https_required");
        await api.Guest.Post(path, new { endpoint = "https://push.example.com/1", keys = keys with { p256dh = new string('A', 87) } }).Refused(400, "push_subscription_invalid");
        var subscribed = await api.Guest.Post(path, new { endpoint = "https://push.example.com/1", keys }).Returns(201);
        await acme.Owner.Post($"{order.Path}/confirm").Returns(204);
        var push = (await acme.Owner.Get("/sandbox/outbox/messages?kind=push").Until(answer => answer.Data.Length == 1)).Data[0];
        (push.Text("to"), push.Text("subject"), push.Text("template")).ShouldBe(("https://push.example.com/1", $"Your order {order.Number} is confirmed", "order.confirmed"));

        await api.Guest.Delete(order.GuestPath($"/push-subscriptions/{subscribed.Id}")).Returns(204);
        await acme.Owner.Post($"{order.Path}/ready").Returns(204);
        await Are(acme, "carla@example.com", "order.placed", "order.confirmed", "order.ready");
        (await acme.Owner.Get("/sandbox/outbox/messages?kind=push").Returns(200)).Data.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Who_is_erased_is_nowhere_any_more()
    {
        var (acme, lamp) = await api.NewShop();
        var email = Starters.NewEmail("gone");
        var order = await api.BuyAs(acme, lamp, email);
        await acme.Owner.Post($"{order.Path}/reject", new { reason = "sold_out" }).Returns(204);
        await acme.Owner.Get($"{Told}?order_id={order.Id}").Until(answer => answer.Data.Length == 2);
        var customer = await acme.CustomerOf(order);
        await acme.Erase(customer).Returns(201);
        await acme.Certificate(customer);
        (await Outbox(acme, email).Returns(200)).Data.ShouldBeEmpty();
        (await acme.Owner.Get($"{Told}?order_id={order.Id}").Returns(200)).Text.ShouldNotContain(email);
        (await acme.Owner.Get("/events?types=notification.sent").Returns(200)).Text.ShouldNotContain(email);
    }

    private static ApiRequest Outbox(TestBusiness shop, string to) => shop.Owner.Get($"/sandbox/outbox/messages?to={to}");

    private static async Task Are(TestBusiness shop, string to, params string[] templates)
    {
        var mails = await Outbox(shop, to).Until(answer => answer.Data.Length >= templates.Length);
        mails.Data.Select(mail => mail.Text("template")).ShouldBe(templates, ignoreOrder: true);
    }

    /// <summary>Nothing of the business waits any more that tells customers something.</summary>
    private Task WrittenOff(TestBusiness shop) => new WholeDatabase(api.Database).Until(
        $"""
        select (select count(*) from messages where tenant_id = '{shop.Id}' and type in ('order.notify_customer', 'notification.send'))
             + (select count(*) from dirty_tenants(array['policy:order_notifications']) dirty where dirty = '{shop.Id}')
        """, 0);
}
