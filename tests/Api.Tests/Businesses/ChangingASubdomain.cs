using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Businesses;

/// <summary>A business is found under another name, and under its former ones still (TEN-15).</summary>
public sealed class ChangingASubdomain(ApiFixture api)
{
    [Fact]
    public async Task Whoever_follows_a_former_name_comes_to_the_present_one()
    {
        var shop = await Shop();
        var (name, now) = (shop.Subdomain, Starters.NewSubdomain("new"));
        await Change(shop, now).Returns(204);

        (await Led(guest => guest.Get($"/storefronts/{name}"))).ShouldBe($"/api/v1/storefronts/{now}");
        (await Led(guest => guest.Get($"/storefronts/{name}/products/caf%C3%A9%2Fau%20lait?q=a%20b&min_price=1&q2"))).ShouldBe($"/api/v1/storefronts/{now}/products/caf%C3%A9%2Fau%20lait?q=a%20b&min_price=1&q2");
        (await Led(guest => guest.Post($"/storefronts/{name}/auth/login", new { email = "a@b.example", password = "x" }))).ShouldBe($"/api/v1/storefronts/{now}/auth/login");
        await api.Guest.Get($"/storefronts/{now}/products").Returns(200);
        (await api.As(shop).Get("/business").Returns(200)).Json.GetProperty("former_subdomains")[0].GetString().ShouldBe(name);
    }

    [Fact]
    public async Task It_may_go_back_and_then_the_other_name_leads_there()
    {
        var shop = await Shop();
        var other = Starters.NewSubdomain("other");
        await Change(shop, other).Returns(204);
        await Change(shop, other).Returns(204);
        await Change(shop, shop.Subdomain).Returns(204);
        await api.Guest.Get($"/storefronts/{shop.Subdomain}").Returns(200);
        (await Led(guest => guest.Get($"/storefronts/{other}"))).ShouldBe($"/api/v1/storefronts/{shop.Subdomain}");
    }

    [Fact]
    public async Task What_is_not_published_is_not_found_under_any_name()
    {
        var acme = await api.NewBusiness("acme");
        await Change(acme, Starters.NewSubdomain("new")).Returns(204);
        await api.Guest.Get($"/storefronts/{acme.Subdomain}").Refused(404, "not_found");
        await api.Guest.Get($"/storefronts/{Starters.NewSubdomain("nobody")}").Refused(404, "not_found");
    }

    [Fact]
    public async Task Names_are_nobody_else_s_present_and_former_ones()
    {
        var (acme, globex) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"));
        var now = Starters.NewSubdomain("acme");
        await Change(acme, now).Returns(204);
        (await Change(globex, now).Refused(409, "subdomain_taken")).Faults.ShouldBe(["/subdomain subdomain_taken"]);
        await Change(globex, acme.Subdomain).Refused(409, "subdomain_taken");
        await globex.User.Session.Post("/businesses", new { name = "x", subdomain = acme.Subdomain, currency = "EUR", timezone = "Europe/Berlin" }).Refused(409, "subdomain_taken");
        (await Change(globex, "www").Refused(409, "subdomain_reserved")).Faults.ShouldBe(["/subdomain subdomain_reserved"]);
        (await Change(globex, "No way").Refused(400, "subdomain_invalid")).Faults.ShouldBe(["/subdomain subdomain_invalid"]);
    }

    [Fact]
    public async Task Of_two_who_want_a_name_at_once_one_has_it()
    {
        var (acme, globex) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"));
        foreach (var round in Enumerable.Range(0, 5))
        {
            var name = Starters.NewSubdomain($"round{round}");
            var answers = await Task.WhenAll(Change(acme, name).Send(), Change(globex, name).Send());
            answers.Select(answer => answer.Status).Order().ShouldBe([204, 409]);
            answers.Single(answer => answer.Status == 409).Faults.ShouldBe(["/subdomain subdomain_taken"]);
        }
    }

    [Fact]
    public async Task Guests_of_a_checkout_that_names_it_buy_on()
    {
        var shop = await Shop();
        await Change(shop, Starters.NewSubdomain("new")).Returns(204);
        await api.Guest.Post("/auth/customer/login", new { storefront = shop.Subdomain, email = "nobody@b.example", password = "not one of theirs" }).Refused(401, "invalid_credentials");
    }

    [Fact]
    public async Task Only_its_owner_changes_it()
    {
        var acme = await api.NewBusiness("acme");
        await (await api.NewMember(acme, Role.Manager)).Put("/business/subdomain", new { subdomain = "x12" }).Refused(403, "missing_permission");
        await api.Guest.Put("/business/subdomain", new { subdomain = "x12" }).Returns(401);
    }

    private static ApiRequest Change(TestBusiness business, string subdomain) => business.Owner.Put("/business/subdomain", new { subdomain });

    private async Task<TestBusiness> Shop()
    {
        var shop = await api.NewBusiness("shop");
        await shop.Sell();
        return shop;
    }

    /// <summary>Where the request is led: the client of other tests goes there by itself.</summary>
    private async Task<string?> Led(Func<Session, ApiRequest> request)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = api.Http.BaseAddress };
        return (await request(new Session(client)).Refused(308, "storefront_moved")).Header("Location");
    }
}
