using System.Text.RegularExpressions;
using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Businesses;

/// <summary>An operator starts a business, and its owner comes to it by mail (TEN-13, seed 004).</summary>
public sealed partial class StartingABusinessForSomebody(ApiFixture api)
{
    [Fact]
    public async Task Its_owner_is_invited_joins_and_is_welcomed()
    {
        var admin = await api.NewOperator();
        var email = Starters.NewEmail("dora");
        var created = await admin.Post("/admin/businesses", New(email)).Returns(201);
        created.Header("Location").ShouldBe($"/api/v1/admin/businesses/{created.Id}");
        var record = (await admin.Get($"/admin/businesses/{created.Id}").Returns(200)).Json;
        (record.Text("status"), record.TryGetProperty("owner_id", out _)).ShouldBe(("active", false));

        var owner = await Join(created.Id, email);
        (await owner.Get("/business/team").Returns(200)).Data.Select(member => member.Text("role")).ShouldBe(["owner"]);
        (await owner.Get("/business/categories").Returns(200)).Data.Length.ShouldBe(3);
        var mails = await admin.Get($"/admin/sandbox/outbox/messages?to={email}").Until(answer => answer.Data.Length == 2);
        mails.Data.Select(mail => mail.Text("template")).ShouldBe(["account.verify_email", "business.welcome"], ignoreOrder: true); // others can read what a test business mails
    }

    [Fact]
    public async Task An_operator_enters_who_it_is_and_how_it_works()
    {
        var admin = await api.NewOperator();
        var email = Starters.NewEmail();
        var id = (await admin.Post("/admin/businesses", New(email)).Returns(201)).Id;
        await admin.Patch($"/admin/businesses/{id}", new { profile = new { type = "bakery", email = "shop@example.com" }, settings = new { locale = "de" } }).Returns(204);
        await admin.Patch($"/admin/businesses/{id}", new { settings = new { currency = "EURO" } }).Refused(400, "currency_unknown");
        var business = (await (await Join(id, email)).Get("/business").Returns(200)).Json;
        (business.GetProperty("profile").Text("type"), business.GetProperty("settings").Text("locale")).ShouldBe(("bakery", "de"));
        await admin.Patch($"/admin/businesses/{Guid.NewGuid()}", new { settings = new { locale = "de" } }).Refused(404, "not_found");
    }

    [Fact]
    public async Task Who_does_not_come_is_replaced_until_there_is_an_owner()
    {
        var admin = await api.NewOperator();
        var (wrong, right) = (Starters.NewEmail("wrong"), Starters.NewEmail("right"));
        var id = (await admin.Post("/admin/businesses", New(wrong)).Returns(201)).Id;
        var first = await Invitation(id, wrong);
        await admin.Post($"/admin/businesses/{id}/owner-invitation", new { email = right }).Returns(204);
        await api.Guest.Post("/auth/invitations/accept", new { token = first, full_name = "Eve", password = Starters.Password }).Refused(400, "mail_token_invalid");
        await Join(id, right);
        await admin.Post($"/admin/businesses/{id}/owner-invitation", new { email = wrong }).Refused(409, "owner_exists");
        await admin.Post($"/admin/businesses/{Guid.NewGuid()}/owner-invitation", new { email = right }).Refused(404, "not_found");
    }

    [Fact]
    public async Task Repeated_under_its_key_it_is_one_business_and_one_mail()
    {
        var admin = await api.NewOperator();
        var (body, key) = (New(Starters.NewEmail()), Guid.NewGuid().ToString());
        var first = await admin.Post("/admin/businesses", body).Key(key).Returns(201);
        (await admin.Post("/admin/businesses", body).Key(key).Returns(201)).Id.ShouldBe(first.Id);
        await (await api.NewMember(TenantId.Platform, Role.PlatformSupport)).Post("/admin/businesses", body).Refused(403, "missing_permission");
        (await admin.Post("/admin/businesses", New("nobody")).Refused(400, "validation_failed")).Faults.ShouldBe(["/owner_email email_invalid"]);
    }

    private static object New(string email) =>
        new { owner_email = email, name = "Corner Bakery", subdomain = Starters.NewSubdomain("bakery"), currency = "EUR", timezone = "Europe/Berlin", mode = "test" };

    private async Task<Session> Join(Guid business, string email)
    {
        var joined = await api.Guest.Post(
            "/auth/invitations/accept", new { token = await Invitation(business, email), full_name = "Dora", password = Starters.Password }).Returns(200);
        return api.As(Starters.Token(joined));
    }

    /// <summary>A test business mails nobody: what it would have sent is read in its outbox, here with the rights of an owner-to-be.</summary>
    private async Task<string> Invitation(Guid business, string email)
    {
        var outbox = api.As(new UserId(Guid.NewGuid()), new TenantId(business), "owner");
        var mails = await outbox.Get($"/sandbox/outbox/messages?to={email}").Until(answer => answer.Data.Length > 0);
        return Token().Match(mails.Data[0].Text("text")!).Value;
    }

    [GeneratedRegex("msm_[A-Za-z0-9_-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
