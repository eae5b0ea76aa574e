using System.Text.Json;
using static Mainstreet.Api.Tests.Catalog.CatalogStarters;

namespace Mainstreet.Api.Tests.Catalog;

/// <summary>What customers read in another language than the business's.</summary>
public sealed class ReadingInALanguage(ApiFixture api)
{
    [Fact]
    public async Task Customers_read_what_there_is_in_theirs_and_the_business_in_its_own()
    {
        var shop = await api.NewBusiness();
        var shelf = await shop.NewCategory("Lights");
        var lamp = await shop.NewProduct("Lamp", publish: true, category: shelf);
        await shop.Owner.Patch($"/business/products/{lamp.Id}", new { description = "<p>Bright</p>" }).Returns(204);
        await shop.NewProduct("Vase", publish: true);
        await shop.Owner.Post("/business/storefront/publish").Returns(204);
        await shop.Owner.Put($"/business/products/{lamp.Id}/translations/he", new { name = "מנורה" }).Returns(204);
        await shop.Owner.Put($"/business/products/{lamp.Id}/translations/pt-BR", new { name = "Lâmpada", description = "<p>Clara<script>x()</script></p>" }).Returns(204);
        await shop.Owner.Put($"/business/categories/{shelf}/translations/he", new { name = "תאורה" }).Returns(204);

        var page = await Read(shop, "/products", "he-IL, en;q=0.5");
        page.Header("Vary").ShouldNotBeNull().ShouldContain("Accept-Language");
        page.Data.Select(Words).ShouldBe(["he מנורה <p>Bright</p>", "en Vase "]);
        page.Data[0].GetProperty("category").Text("name").ShouldBe("תאורה");
        Words((await Read(shop, $"/products/{lamp.Id}", "pt")).Json).ShouldBe("pt-BR Lâmpada <p>Clara</p>");
        Words((await Read(shop, $"/products/{lamp.Id}", "fr, *")).Json).ShouldBe("en Lamp <p>Bright</p>");
        Words((await Read(shop, $"/products/{lamp.Id}", language: null)).Json).ShouldBe("en Lamp <p>Bright</p>");
        (await Read(shop, "/categories", "he")).Data.Select(category => $"{category.Text("locale")} {category.Text("name")}").ShouldContain("he תאורה");
        (await Read(shop, "/products?q=lampada", "en")).Data.Texts("name").ShouldBe(["Lamp"], "whatever language it is searched in");

        var own = await shop.Read(lamp);
        (own.Text("name"), own.List("translations").Length).ShouldBe(("Lamp", 2));
        await shop.Owner.Delete($"/business/products/{lamp.Id}/translations/he").Returns(204);
        await shop.Owner.Delete($"/business/categories/{shelf}/translations/he").Returns(204);
        Words((await Read(shop, $"/products/{lamp.Id}", "he")).Json).ShouldBe("en Lamp <p>Bright</p>");
    }

    [Fact]
    public async Task A_language_is_one()
    {
        var shop = await api.NewBusiness();
        var (lamp, shelf) = (await shop.NewProduct("Lamp"), await shop.NewCategory("Lights"));
        await shop.Owner.Put($"/business/products/{lamp.Id}/translations/martian!", new { name = "Lamp" }).Refused(400, "locale_invalid");
        await shop.Owner.Put($"/business/products/{lamp.Id}/translations/he", new { name = " " }).Refused(400, "name_invalid");
        await shop.Owner.Put($"/business/products/{lamp.Id}/translations/he", new { name = "x" }).IfMatch("\"v9\"").Refused(412, "stale_version");
        await shop.Owner.Put($"/business/categories/{shelf}/translations/martian!", new { name = "Lights" }).Refused(400, "locale_invalid");
        (await shop.Read(lamp)).List("translations").ShouldBeEmpty();
    }

    private static string Words(JsonElement thing) => $"{thing.Text("locale")} {thing.Text("name")} {thing.Text("description")}";

    private Task<ApiAnswer> Read(TestBusiness shop, string path, string? language)
    {
        var read = api.Guest.Get($"/storefronts/{shop.Subdomain}{path}");
        return (language is null ? read : read.With("Accept-Language", language)).Returns(200);
    }
}
