namespace Mainstreet.Api.Tests.Storefronts;

public sealed class ChangingAStorefront(ApiFixture api)
{
    [Fact]
    public async Task A_new_one_is_open_around_the_clock_and_not_public()
    {
        var acme = await api.NewBusiness("acme");
        var storefront = await api.As(acme).Get("/business/storefront").Returns(200);
        storefront.ETag.ShouldBe("\"v1\"");
        storefront.Json.GetProperty("published").GetBoolean().ShouldBeFalse();
        storefront.Json.GetProperty("opening_hours").GetArrayLength().ShouldBe(7);
        storefront.Json.TryGetProperty("delivery", out _).ShouldBeFalse();
        await api.Guest.Get($"/storefronts/{acme.Subdomain}").Refused(404, "not_found");
        await api.As(acme).Get($"/storefronts/{acme.Subdomain}").Refused(404, "not_found");
    }

    [Fact]
    public async Task What_is_named_changes_and_null_clears()
    {
        var acme = await api.NewBusiness("acme");
        await api.As(acme).Patch("/business/storefront", new
        {
            branding = new { company_name = "Acme & Sons", primary_color = "#ff8800", logo_url = "https://cdn.example.com/logo.svg" },
            opening_hours = new[] { new { day = "monday", opens = "09:00", closes = "18:00" }, new { day = "friday", opens = "18:00", closes = "02:00" } },
            delivery = new { location = new { latitude = 52.52, longitude = 13.405 }, radius_km = 7.5 },
            minimum_order = new { amount = 1500, currency = "EUR" },
        }).Returns(204);
        var before = (await api.As(acme).Get("/business/storefront").Returns(200)).Json;
        before.GetProperty("branding").GetProperty("company_name").GetString().ShouldBe("Acme & Sons");
        before.GetProperty("opening_hours")[1].GetProperty("day").GetString().ShouldBe("friday");
        before.GetProperty("opening_hours")[1].GetProperty("opens").GetString().ShouldBe("18:00:00");
        before.GetProperty("delivery").GetProperty("radius_km").GetDouble().ShouldBe(7.5);
        before.GetProperty("minimum_order").GetProperty("amount").GetInt64().ShouldBe(1500);

        await api.As(acme).Patch("/business/storefront", """{"delivery": null}""").Returns(204);
        var after = await api.As(acme).Get("/business/storefront").Returns(200);
        after.ETag.ShouldBe("\"v3\"");
        after.Json.TryGetProperty("delivery", out _).ShouldBeFalse();
        after.Json.GetProperty("minimum_order").GetProperty("amount").GetInt64().ShouldBe(1500);
        after.Json.GetProperty("opening_hours").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task A_stale_version_is_refused()
    {
        var acme = await api.NewBusiness("acme");
        await api.As(acme).Patch("/business/storefront", new { branding = new { company_name = "One" } }).IfMatch("\"v1\"").Returns(204);
        await api.As(acme).Patch("/business/storefront", new { branding = new { company_name = "Two" } }).IfMatch("\"v1\"").Refused(412, "stale_version");
    }

    [Theory]
    [InlineData("""{"branding": {"primary_color": "red"}}""", "color_invalid")]
    [InlineData("""{"branding": {"logo_url": "javascript:alert(1)"}}""", "image_invalid")]
    [InlineData("""{"branding": {"support_email": "nobody"}}""", "email_invalid")]
    [InlineData("""{"branding": {"colour": "red"}}""", "unknown_field")]
    [InlineData("""{"opening_hours": [{"day": "monday", "opens": "09:00:30", "closes": "18:00"}]}""", "opening_hours_invalid")]
    [InlineData("""{"opening_hours": [{"day": "someday", "opens": "09:00", "closes": "18:00"}]}""", "invalid_json")]
    [InlineData("""{"opening_hours": [{"day": "monday", "opens": "25:00", "closes": "18:00"}]}""", "invalid_json")]
    [InlineData("""{"opening_hours": [{"day": "monday", "opens": "09:00"}]}""", "validation_failed")]
    [InlineData("""{"opening_hours": [null]}""", "validation_failed")]
    [InlineData("""{"delivery": {"location": {"latitude": 91, "longitude": 0}, "radius_km": 1}}""", "delivery_invalid")]
    [InlineData("""{"delivery": {"location": {"latitude": 1, "longitude": 0}, "radius_km": -1}}""", "delivery_invalid")]
    [InlineData("""{"delivery": {"radius_km": 1}}""", "validation_failed")]
    [InlineData("""{"minimum_order": {"amount": -1, "currency": "EUR"}}""", "amount_invalid")]
    [InlineData("""{"minimum_order": {"amount": 1, "currency": "USD"}}""", "amount_invalid")]
    [InlineData("""{"minimum_order": {"amount": 1e99, "currency": "EUR"}}""", "invalid_json")]
    public async Task What_cannot_be_is_refused(string body, string code)
    {
        var acme = await api.NewBusiness("acme");
        await api.As(acme).Patch("/business/storefront", body).Refused(400, code);
        (await api.As(acme).Get("/business/storefront").Returns(200)).ETag.ShouldBe("\"v1\"");
    }

    [Fact]
    public async Task Nothing_is_public_where_there_is_no_business()
    {
        await api.Guest.Get($"/storefronts/{Starters.NewSubdomain("nobody")}").Refused(404, "not_found");
        await api.Guest.Get("/storefronts/Not%20a%20subdomain").Refused(404, "not_found");
    }
}
