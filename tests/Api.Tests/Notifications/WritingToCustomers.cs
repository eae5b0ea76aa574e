using System.Text.Json;
using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Notifications;

/// <summary>Mails to customers are in their language, and in the business's own words where it has some (WL-03, WL-07).</summary>
public sealed class WritingToCustomers(ApiFixture api)
{
    private const string Template = "/business/email-templates/customer.verify_email";

    [Theory]
    [InlineData("he-IL", null, "אישור הכתובת שלך ב־acme")]
    [InlineData("ms", null, "Sahkan alamat anda di acme")]
    [InlineData(null, "he", "אישור הכתובת שלך ב־acme")]
    [InlineData("fr", "ms-MY", "Sahkan alamat anda di acme")]
    [InlineData("fr", "de", "Confirm your address at acme")]
    [InlineData(null, null, "Confirm your address at acme")]
    public async Task The_language_is_the_customer_s_or_the_business_s(string? customer, string? business, string subject)
    {
        var (shop, _) = await api.NewShop();
        if (business is not null)
        {
            await shop.Owner.Patch("/business/settings", new { locale = business }).Returns(204);
        }

        (await Mail(shop, customer)).Text("subject").ShouldBe(subject);
    }

    [Fact]
    public async Task Own_words_are_sent_until_they_are_cleared_or_the_plan_ends()
    {
        var (shop, _) = await api.NewShop();
        await shop.Owner.Patch("/business/profile", new { name = "A & <B>" }).Returns(204);
        await shop.Owner.Put($"{Template}/en", new { subject = "Hi from {{shop}}", text = "{{ code }}, {{email}}!", html = "<p>{{shop}}: {{code}}</p>" }).Returns(204);
        var mail = await Mail(shop, null);
        mail.Text("subject").ShouldBe("Hi from A & <B>");
        mail.Text("text")!.ShouldEndWith("!");
        mail.Text("html")!.ShouldStartWith("<p>A &amp; &lt;B&gt;: ");
        (await Mail(shop, "ms")).Text("subject").ShouldBe("Sahkan alamat anda di A & <B>");
        (await Entry(shop, "en")).GetProperty("is_own").GetBoolean().ShouldBeTrue();

        var flag = $"/admin/businesses/{shop.Id}/features/custom_email_templates";
        await (await api.NewOperator()).Put(flag, new { on = false, reason = "Not paid for" }).Returns(204);
        (await Mail(shop, null)).Text("subject").ShouldBe("Confirm your address at A & <B>");
        await shop.Owner.Put($"{Template}/en", new { subject = "x", text = "{{code}}" }).Refused(403, "custom_email_templates_not_in_plan");

        await shop.Owner.Delete($"{Template}/en").Returns(204);
        var entry = await Entry(shop, "en");
        (entry.GetProperty("is_own").GetBoolean(), entry.Text("subject")).ShouldBe((false, "Confirm your address at {{shop}}"));
    }

    [Fact]
    public async Task A_preview_shows_what_a_mail_would_be_like()
    {
        var (shop, _) = await api.NewShop();
        (await shop.Owner.Post($"{Template}/en/preview").Returns(200)).Json.Text("subject").ShouldBe("Confirm your address at acme");
        var own = (await shop.Owner.Post($"{Template}/he/preview", new { subject = "{{shop}}", text = "{{email}} {{code}}", html = "{{code}}" }).Returns(200)).Json;
        (own.Text("subject"), own.Text("text")).ShouldBe(("acme", "customer@example.com 1234-5678"));
        (await Entry(shop, "he")).GetProperty("is_own").GetBoolean().ShouldBeFalse();
        await shop.Owner.Post($"{Template}/he/preview", new { subject = "x", text = "none" }).Refused(422, "placeholder_missing");
    }

    [Fact]
    public async Task What_a_mail_does_not_know_is_named()
    {
        var (shop, _) = await api.NewShop();
        var refused = await shop.Owner.Put($"{Template}/en", new { subject = "Hi {{first_name}}", text = "{{code}}" }).Refused(422, "placeholder_unknown");
        (refused.Json.Text("placeholder"), refused.Faults.Single()).ShouldBe(("first_name", "/subject placeholder_unknown"));
        (await shop.Owner.Put($"{Template}/en", new { subject = "Hi", text = "Hi" }).Refused(422, "placeholder_missing")).Faults.ShouldBe(["/text placeholder_missing"]);
        await shop.Owner.Put($"{Template}/en", new { subject = "Hi", text = $"{{{{{new string(' ', 19_000)}code" }).Refused(422, "placeholder_unknown");
        await shop.Owner.Put($"{Template}/fr", new { subject = "Hi", text = "{{code}}" }).Refused(404, "not_found");
        await shop.Owner.Put("/business/email-templates/customer.spam/en", new { subject = "Hi", text = "{{code}}" }).Refused(404, "not_found");
        await (await api.NewMember(shop, Role.Manager)).Put($"{Template}/en", new { subject = "Hi", text = "{{code}}" }).Refused(403, "missing_permission");
    }

    private async Task<JsonElement> Mail(TestBusiness shop, string? locale)
    {
        var email = Starters.NewEmail("carla");
        await api.Guest.Post(shop.At("register"), new { email, password = Starters.Password, full_name = "Carla Berg", locale }).Returns(201);
        return (await shop.Owner.Get($"/sandbox/outbox/messages?to={email}").Until(answer => answer.Data.Length > 0)).Data[0];
    }

    private static async Task<JsonElement> Entry(TestBusiness shop, string language) => (await shop.Owner.Get("/business/email-templates").Returns(200)).Data
        .Single(entry => entry.Text("mail") == "customer.verify_email" && entry.Text("language") == language);
}
