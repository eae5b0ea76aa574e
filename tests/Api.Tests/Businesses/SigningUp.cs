using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Businesses;

/// <summary>From nothing to a business that works, in one request (TEN-11, TEN-12, TEN-15).</summary>
public sealed class SigningUp(ApiFixture api)
{
    [Fact]
    public async Task Somebody_without_an_account_has_a_business_at_once()
    {
        var wanted = new Wanted();
        var answer = await api.Guest.Post("/signup", wanted).Returns(201);
        var business = answer.Json.GetProperty("business");
        business.Text("status").ShouldBe("active");
        business.Text("subdomain").ShouldBe(wanted.Subdomain);
        var session = answer.Json.GetProperty("session");
        session.GetProperty("business").GetProperty("id").GetGuid().ShouldBe(business.GetProperty("id").GetGuid());
        session.GetProperty("business").Text("role").ShouldBe("owner");
        session.GetProperty("user").GetProperty("email_verified").GetBoolean().ShouldBeFalse();

        var owner = api.As(session.Text("access_token")!);
        (await owner.Get("/business").Returns(200)).Json.GetProperty("profile").Text("name").ShouldBe("Corner Bakery");
        (await owner.Get("/business/categories").Returns(200)).Data.Select(category => category.Text("name")).ShouldBe(["Featured", "New", "Offers"]);
        (await owner.Get("/business/storefront").Returns(200)).Json.GetProperty("published").GetBoolean().ShouldBeFalse();
        await api.Guest.Post("/auth/refresh", new { refresh_token = session.Text("refresh_token") }).Returns(200);
        await api.Guest.Post("/auth/login", new { email = wanted.Email, password = Starters.Password }).Returns(200);
    }

    [Fact]
    public async Task Its_owner_gets_a_welcome_and_a_way_to_prove_the_address()
    {
        var wanted = new Wanted();
        await api.Guest.Post("/signup", wanted).Returns(201);
        var admin = await api.NewMember(TenantId.Platform, Role.PlatformAdmin);
        var mails = await admin.Get($"/admin/sandbox/outbox/messages?to={wanted.Email}").Until(answer => answer.Data.Length == 2);
        mails.Data.Select(mail => mail.Text("template")).Order().ShouldBe(["account.verify_email", "business.welcome"]);
        var welcome = mails.Data.Single(mail => mail.Text("template") == "business.welcome");
        welcome.Text("text")!.ShouldContain(wanted.Subdomain!);
        $"{welcome.Text("subject")} {welcome.Text("text")}".ShouldNotContain(wanted.BusinessName, customMessage: "the address may be another one's");
    }

    [Fact]
    public async Task A_business_that_wants_no_subdomain_gets_one_like_its_name()
    {
        var name = $"Café {Guid.NewGuid():N}"[..20];
        (await SubdomainOf(name)).ShouldBe(name.ToLowerInvariant().Replace("é", "e").Replace(' ', '-'));
        (await SubdomainOf(name))!.ShouldMatch("^cafe-[0-9a-f]{15}-[0-9a-f]{8}$");
        (await SubdomainOf("Admin"))!.ShouldMatch("^admin-[0-9a-f]{8}$");
        (await SubdomainOf("שלום"))!.ShouldMatch("^[0-9a-f]{12}(-[0-9a-f]{8})?$");

        var anna = await api.NewUser();
        (await anna.Session.Post("/businesses", new { name, currency = "EUR", timezone = "UTC" }).Returns(201)).Json.Text("subdomain")!
            .ShouldMatch("^cafe-[0-9a-f]{15}-[0-9a-f]{8}$");

        async Task<string?> SubdomainOf(string wanted) =>
            (await api.Guest.Post("/signup", new Wanted { BusinessName = wanted, Subdomain = null }).Returns(201)).Json.GetProperty("business").Text("subdomain");
    }

    [Fact]
    public async Task Ten_equal_requests_make_one_business_of_one_user()
    {
        var (wanted, key) = (new Wanted { Subdomain = null, BusinessName = "Admin" }, Guid.NewGuid().ToString());
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => api.Guest.Post("/signup", wanted).Key(key).Returns(201)));
        answers.Select(answer => answer.Json.GetProperty("business").GetRawText()).Distinct().ShouldHaveSingleItem();
        var owner = api.As(answers[0].Json.GetProperty("session").Text("access_token")!);
        (await owner.Get("/businesses").Returns(200)).Data.ShouldHaveSingleItem();
        await api.Guest.Post("/signup", wanted with { FullName = "Bert" }).Key(key).Refused(422, "idempotency_key_reused");
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_nothing_is_half_made()
    {
        var taken = await api.NewUser();
        var acme = await api.NewBusiness();
        var wanted = new Wanted();
        await api.Guest.Post("/signup", wanted with { Email = taken.Email }).Refused(409, "email_taken");
        await api.Guest.Post("/signup", wanted with { Subdomain = acme.Subdomain }).Refused(409, "subdomain_taken");
        await api.Guest.Post("/signup", wanted with { Subdomain = "admin" }).Refused(409, "subdomain_reserved");
        await api.Guest.Post("/signup", wanted with { Subdomain = "Not A Subdomain" }).Refused(400, "subdomain_invalid");
        await api.Guest.Post("/signup", wanted with { Currency = "XXX" }).Refused(400, "currency_unknown");
        await api.Guest.Post("/signup", wanted with { FullName = "" }).Refused(400, "full_name_invalid");
        (await api.Guest.Post("/signup", wanted with { Email = "nobody", Password = "short" }).Refused(400, "validation_failed")).Faults.Length.ShouldBe(2);
        await api.Guest.Post("/auth/login", new { email = wanted.Email, password = Starters.Password }).Refused(401, "invalid_credentials");
        (await taken.Session.Get("/businesses").Returns(200)).Data.ShouldBeEmpty();
        await api.Guest.Post("/signup", wanted).Returns(201);
    }

    [Fact]
    public async Task A_sandbox_can_be_signed_up_for()
    {
        var answer = await api.Guest.Post("/signup", new Wanted { Mode = "test" }).Returns(201);
        var owner = api.As(answer.Json.GetProperty("session").Text("access_token")!);
        await owner.Post($"/test-clocks/{answer.Json.GetProperty("business").OptionalGuid("test_clock_id")}/advance", new { by = "P1D" }).Returns(200);
    }

    private sealed record Wanted
    {
        public string BusinessName { get; init; } = "Corner Bakery";

        public string? Subdomain { get; init; } = Starters.NewSubdomain("bakery");

        public string Currency { get; init; } = "EUR";

        public string Timezone { get; init; } = "Europe/Berlin";

        public string? Mode { get; init; }

        public string Email { get; init; } = Starters.NewEmail();

        public string Password { get; init; } = Starters.Password;

        public string FullName { get; init; } = "Anna Baker";
    }
}
