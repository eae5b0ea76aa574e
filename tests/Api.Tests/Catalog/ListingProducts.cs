using static Mainstreet.Api.Tests.Catalog.CatalogStarters;

namespace Mainstreet.Api.Tests.Catalog;

public sealed class ListingProducts(ApiFixture api)
{
    [Fact]
    public async Task They_are_found_by_words_codes_category_and_status()
    {
        var acme = await api.NewBusiness();
        var kitchen = await acme.NewCategory("Küche");
        var pots = await acme.NewCategory("Pots", parent: kitchen);
        await acme.NewProduct("Crème brûlée torch", category: kitchen, sku: "CBT-1");
        var teapot = await acme.NewProduct("Teapot", publish: true, category: pots);
        await acme.Owner.Patch(teapot.Path, new { vendor = "Linden & Sons", tags = new[] { "green tea" } }).Returns(204);
        await acme.Owner.Patch(teapot.Variant, new { barcode = "4001234" }).Returns(204);
        await acme.NewProduct("apron");

        (await Named("")).ShouldBe(["apron", "Crème brûlée torch", "Teapot"]);
        (await Named("q=CREME%20torch")).ShouldBe(["Crème brûlée torch"]);
        (await Named("q=green%20sons%20pot")).ShouldBe(["Teapot"]);
        (await Named("q=4001234")).ShouldBe(["Teapot"]);
        (await Named("q=kuche")).ShouldBe(["Crème brûlée torch"]);
        (await Named("q=%25")).ShouldBeEmpty();
        (await Named("sku=CBT-1")).ShouldBe(["Crème brûlée torch"]);
        (await Named("sku=cbt")).ShouldBeEmpty();
        (await Named("barcode=4001234")).ShouldBe(["Teapot"]);
        (await Named("category=kuche")).ShouldBe(["Crème brûlée torch", "Teapot"]);
        (await Named($"category={pots.ToString().ToUpperInvariant()}")).ShouldBe(["Teapot"]);
        (await Named("category=nowhere")).ShouldBeEmpty();
        (await Named("status=published")).ShouldBe(["Teapot"]);
        (await Named("status=draft&category=kuche&q=torch")).ShouldBe(["Crème brûlée torch"]);

        async Task<string[]> Named(string query) => (await acme.Products(query)).Texts("name");
    }

    [Fact]
    public async Task Page_by_page_each_comes_once_whatever_they_are_called()
    {
        var acme = await api.NewBusiness();
        string[] names = ["Éclair", "eclair", "Zebra", "apple", "Äpfel", "10 candles", "Öl"];
        foreach (var name in names)
        {
            await acme.Owner.Post("/business/products", new { name, handle = $"p-{Guid.NewGuid():N}", variants = Array.Empty<object>() }).Returns(201);
        }

        var whole = (await acme.Products()).Texts("id");
        whole.Length.ShouldBe(names.Length);
        (await acme.Owner.Pages("/business/products?limit=2")).Texts("id").ShouldBe(whole);
        (await acme.Products()).Texts("name").First().ShouldBe("10 candles");

        var cursor = (await acme.Owner.Get("/business/products?limit=2").Returns(200)).Json.Text("next_cursor");
        await acme.Owner.Get($"/business/products?limit=2&q=e&cursor={cursor}").Refused(400, "invalid_cursor");
        await acme.Owner.Get("/business/products?limit=0").Refused(400, "invalid_parameter");
        await acme.Owner.Get("/business/products?status=sold").Refused(400, "invalid_parameter");
        await acme.Owner.Get($"/business/products?q={new string('x', 201)}").Refused(400, "validation_failed");
        await acme.Owner.Get("/business/products?name=x").Refused(400, "unknown_parameter");
    }
}
