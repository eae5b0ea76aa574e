using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Storefronts;

/// <summary>A storefront speaks its customers' languages, and names the platform or not (WL-03).</summary>
public sealed class SpeakingLanguages(ApiFixture api)
{
    [Theory]
    [InlineData(null, "en-GB", "ltr")]
    [InlineData("he", "he", "rtl")]
    [InlineData("he-IL, en;q=0.5", "he", "rtl")]
    [InlineData("fr, ms;q=0.2, he;q=0.7", "he", "rtl")]
    [InlineData("he;q=0, ms;q=0.1", "ms", "ltr")]
    [InlineData("MS", "ms", "ltr")]
    [InlineData("en-gb", "en-GB", "ltr")]
    [InlineData("fr, de;q=0.5", "en-GB", "ltr")]
    [InlineData("*", "en-GB", "ltr")]
    [InlineData("not;a=list;;", "en-GB", "ltr")]
    public async Task Its_settings_say_which_one_and_how_it_is_read(string? accepted, string locale, string direction)
    {
        var (shop, _) = await api.NewShop();
        await shop.Owner.Patch("/business/settings", new { locale = "en-GB" }).Returns(204);
        var request = api.Guest.Get($"/storefronts/{shop.Subdomain}");
        var answer = await (accepted is null ? request : request.With("Accept-Language", accepted)).Returns(200);
        (answer.Json.Text("locale"), answer.Json.Text("direction")).ShouldBe((locale, direction));
        answer.Json.Texts("locales").ShouldBe(["en-GB", "en", "he", "ms"]);
        (answer.Header("Content-Language"), answer.Header("Vary")).ShouldBe((locale, "Accept-Language"));
    }

    [Fact]
    public async Task Problems_have_titles_in_it()
    {
        var (shop, _) = await api.NewShop();
        var path = $"/storefronts/{shop.Subdomain}/products/nothing";
        (await Title(path, "he-IL")).ShouldBe(("לא נמצא", "he"));
        (await Title(path, "ms")).ShouldBe(("Tidak dijumpai", "ms"));
        (await Title(path, "fr")).ShouldBe(("Not found", "en"));
        await shop.Owner.Patch("/business/settings", new { locale = "he-IL" }).Returns(204);
        (await Title(path, "fr")).ShouldBe(("לא נמצא", "he"));
        (await Title(path, "en")).ShouldBe(("Not found", "en"));
        (await Title($"/storefronts/{Starters.NewSubdomain("nobody")}", "he")).ShouldBe(("לא נמצא", "he"));
        (await shop.Owner.Get($"/business/orders/{Guid.NewGuid()}").With("Accept-Language", "he").Refused(404, "not_found")).Header("Content-Language").ShouldBeNull();
    }

    [Fact]
    public async Task It_names_the_platform_unless_its_business_hides_it()
    {
        var (shop, _) = await api.NewShop();
        (await PoweredBy(shop)).ShouldBe("Mainstreet");
        await shop.Owner.Patch("/business/storefront", new { branding = new { company_name = "Acme", hide_platform = true } }).Returns(204);
        (await PoweredBy(shop)).ShouldBeNull();

        var flag = $"/admin/businesses/{shop.Id}/features/hide_platform_branding";
        await (await api.NewOperator()).Put(flag, new { on = false, reason = "Not paid for" }).Returns(204);
        (await PoweredBy(shop)).ShouldBe("Mainstreet");
        (await shop.Owner.Patch("/business/storefront", new { branding = new { hide_platform = true } }).Refused(403, "hide_platform_branding_not_in_plan"))
            .Json.Text("feature").ShouldBe("hide_platform_branding");
        await shop.Owner.Patch("/business/storefront", new { branding = new { company_name = "Acme" } }).Returns(204);
    }

    [Fact]
    public async Task Nothing_else_that_guests_are_answered_names_it()
    {
        var (shop, variant) = await api.NewShop();
        await shop.Owner.Patch("/business/storefront", new { branding = new { hide_platform = true } }).Returns(204);
        var path = $"/storefronts/{shop.Subdomain}";
        ApiAnswer[] answers =
        [
            await api.Guest.Get(path).Returns(200), await api.Guest.Get($"{path}/products").Returns(200), await api.Guest.Get($"{path}/categories").Returns(200),
            await api.Guest.Get($"{path}/products/nothing").Returns(404), await api.Guest.Get($"{path}?x=1").Returns(400),
            await api.Guest.Post($"{path}/orders", new Basket(new BasketLine(variant))).Key(Guid.NewGuid().ToString()).Returns(201),
            await api.Guest.Post($"{path}/orders", "{").Key(Guid.NewGuid().ToString()).Returns(400),
            await api.Guest.Post(shop.At("login"), new { email = "nobody@b.example", password = "not one of theirs" }).Returns(401),
            await api.Guest.Delete(path).Returns(405), await api.Guest.Get("/storefront").With("Host", "nobody.test").Returns(404),
        ];
        foreach (var answer in answers)
        {
            answer.Text.ShouldNotContain("mainstreet", Case.Insensitive);
            string.Join('\n', answer.Headers).ShouldNotContain("mainstreet", Case.Insensitive);
        }
    }

    private async Task<(string?, string?)> Title(string path, string accepted)
    {
        var problem = await api.Guest.Get(path).With("Accept-Language", accepted).Refused(404, "not_found");
        return (problem.Json.Text("title"), problem.Header("Content-Language"));
    }

    private async Task<string?> PoweredBy(TestBusiness shop) =>
        (await api.Guest.Get($"/storefronts/{shop.Subdomain}").Returns(200)).Json.TryGetProperty("powered_by", out var name) ? name.GetString() : null;
}
