using System.Text.Json;
using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.CustomDomains;

/// <summary>The domain of a test business, whose records the sandbox has (WL-04).</summary>
public sealed class HavingADomain(ApiFixture api)
{
    private readonly string host = $"{Starters.NewSubdomain("shop")}.test";

    [Fact]
    public async Task A_storefront_is_found_at_a_domain_that_was_proved_and_no_longer()
    {
        var shop = await Shop();
        var added = await shop.Owner.Post("/business/domains", new { domain = $"{host.ToUpperInvariant()}." }).Returns(201);
        (added.Json.Text("domain"), added.Json.Text("status")).ShouldBe((host, "pending"));
        (await At(host)).ShouldBe(404);

        await Verify(shop, added, "failed", "record_missing");
        (await At(host)).ShouldBe(404);
        await Record(shop, added, "something else");
        await Verify(shop, added, "failed", "record_differs");
        await Record(shop, added, "something else", Challenge(added));
        (await Verify(shop, added, "verified")).GetProperty("certificate").Text("status").ShouldBe("pending");
        (await At(host)).ShouldBe(200);
        (await At(host, "/products?q=lamp")).ShouldBe(200);
        (await At("other.test")).ShouldBe(404);

        await Record(shop, added);
        await Verify(shop, added, "failed", "record_missing");
        (await At(host)).ShouldBe(404);
        await Record(shop, added, Challenge(added));
        await Verify(shop, added, "verified");
        await shop.Owner.Delete($"/business/domains/{added.Id}").Returns(204);
        (await At(host)).ShouldBe(404);
        (await shop.Owner.Get("/business/domains").Returns(200)).Data.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_one_business_s_until_that_one_lets_it_go()
    {
        var (shop, other) = (await Shop(), await Shop());
        var (first, second) = (await Proved(shop), await Added(other));
        await Record(other, second, Challenge(second));
        await other.Owner.Post($"/business/domains/{second.Id}/verify").Refused(409, "domain_taken");
        (await Name(host)).ShouldBe(shop.Subdomain);

        await shop.Owner.Delete($"/business/domains/{first.Id}").Returns(204);
        await Verify(other, second, "verified");
        (await Name(host)).ShouldBe(other.Subdomain);
    }

    [Fact]
    public async Task Who_does_not_prove_it_any_more_does_not_keep_it_from_who_does()
    {
        var (shop, other) = (await Shop(), await Shop());
        var (first, second) = (await Proved(shop), await Added(other));
        await Record(shop, first);
        await Verify(other, second, "failed", "record_missing");
        (await Name(host)).ShouldBe(shop.Subdomain, "nobody else has proved it");

        await Record(other, second, Challenge(second));
        await Verify(other, second, "verified");
        (await Name(host)).ShouldBe(other.Subdomain);
        (await shop.Owner.Get($"/business/domains/{first.Id}").Returns(200)).Json.Text("status").ShouldBe("failed");
        await Record(shop, first, Challenge(first));
        await shop.Owner.Post($"/business/domains/{first.Id}/verify").Refused(409, "domain_taken");
    }

    [Fact]
    public async Task What_nobody_can_have_is_refused()
    {
        var (shop, live) = (await Shop(), await api.NewBusiness());
        (await shop.Owner.Post("/business/domains", new { domain = "https://shop.test" }).Refused(400, "domain_invalid")).Faults.ShouldBe(["/domain domain_invalid"]);
        await shop.Owner.Post("/business/domains", new { domain = "shop.example.com" }).Refused(409, "domain_not_for_tests");
        await live.Owner.Post("/business/domains", new { domain = "shop.test" }).Refused(409, "domain_reserved");
        await Added(shop);
        await shop.Owner.Post("/business/domains", new { domain = host }).Refused(409, "domain_exists");
        await live.Owner.Put("/sandbox/dns", new { name = "x.test", texts = new[] { "x" } }).Refused(404, "not_found");
        await (await api.NewMember(shop, Role.Manager)).Post("/business/domains", new { domain = host }).Refused(403, "missing_permission");
    }

    [Fact]
    public async Task Without_the_feature_there_are_none()
    {
        var shop = await Shop();
        var domain = await Proved(shop);
        (await At(host)).ShouldBe(200);
        await (await api.NewOperator()).Put($"/admin/businesses/{shop.Id}/features/custom_domain", new { on = false, reason = "Not paid for" }).Returns(204);
        (await At(host)).ShouldBe(404);
        (await shop.Owner.Post("/business/domains", new { domain = $"a.{host}" }).Refused(403, "custom_domain_not_in_plan")).Json.Text("feature").ShouldBe("custom_domain");
        await shop.Owner.Post($"/business/domains/{domain.Id}/verify").Refused(403, "custom_domain_not_in_plan");
        await shop.Owner.Delete($"/business/domains/{domain.Id}").Returns(204);
    }

    [Fact]
    public async Task An_operator_says_how_far_the_certificate_is()
    {
        var (shop, operators) = (await Shop(), await api.NewOperator());
        var domain = await Added(shop);
        var path = $"/admin/businesses/{shop.Id}/domains/{domain.Id}/certificate";
        await operators.Put(path, new { status = "issued" }).Refused(409, "domain_not_verified");
        await Record(shop, domain, Challenge(domain));
        await Verify(shop, domain, "verified");
        await operators.Put(path, new { status = "issued", valid_until = "2027-01-01T00:00:00Z" }).Returns(204);
        var certificate = (await shop.Owner.Get($"/business/domains/{domain.Id}").Returns(200)).Json.GetProperty("certificate");
        (certificate.Text("status"), certificate.GetProperty("valid_until").GetDateTimeOffset().Year).ShouldBe(("issued", 2027));
        await operators.Put($"/admin/businesses/{(await Shop()).Id}/domains/{domain.Id}/certificate", new { status = "failed" }).Refused(404, "not_found");
    }

    private static string Challenge(ApiAnswer added) => added.Json.GetProperty("record").Text("value")!;

    private static Task<ApiAnswer> Record(TestBusiness shop, ApiAnswer added, params string[] texts) =>
        shop.Owner.Put("/sandbox/dns", new { name = added.Json.GetProperty("record").Text("name"), texts }).Returns(204);

    private static async Task<JsonElement> Verify(TestBusiness shop, ApiAnswer added, string status, string? failure = null)
    {
        var verified = (await shop.Owner.Post($"/business/domains/{added.Id}/verify").Returns(200)).Json;
        (verified.Text("status"), verified.TryGetProperty("failure", out var why) ? why.GetString() : null).ShouldBe((status, failure));
        return verified;
    }

    private Task<ApiAnswer> Added(TestBusiness shop) => shop.Owner.Post("/business/domains", new { domain = host }).Returns(201);

    private async Task<ApiAnswer> Proved(TestBusiness shop)
    {
        var added = await Added(shop);
        await Record(shop, added, Challenge(added));
        await Verify(shop, added, "verified");
        return added;
    }

    private async Task<int> At(string name, string path = "") => (await api.Guest.Get($"/storefront{path}").With("Host", name).Send()).Status;

    private async Task<string?> Name(string name) => (await api.Guest.Get("/storefront").With("Host", name).Returns(200)).Json.Text("subdomain");

    private async Task<TestBusiness> Shop()
    {
        var shop = await api.NewBusiness("shop", mode: "test");
        await shop.Sell();
        return shop;
    }
}
