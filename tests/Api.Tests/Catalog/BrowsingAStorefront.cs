using static Mainstreet.Api.Tests.Catalog.CatalogStarters;

namespace Mainstreet.Api.Tests.Catalog;

public sealed class BrowsingAStorefront(ApiFixture api)
{
    [Fact]
    public async Task Everybody_sees_what_customers_need_and_nothing_of_the_business()
    {
        var acme = await api.NewBusiness();
        var kitchen = await acme.NewCategory("Kitchen");
        await acme.Owner.Post("/business/products", new
        {
            name = "Teapot",
            description = "<p>Pours</p>",
            vendor = "Linden",
            category_id = kitchen,
            tags = new[] { "tea" },
            preparation_minutes = 5,
            images = new[] { new { url = "/a.svg", alt = "A teapot" } },
            variants = new[] { new { price = Eur(500), compare_at_price = Eur(600), cost = Eur(100), sku = "T-1", barcode = "4001", weight_grams = 900, stock = new { quantity = 4 } } },
            publish = true,
        }).Returns(201);
        await Open(acme);

        var listed = await api.Guest.Get($"/storefronts/{acme.Subdomain}/products").Returns(200);
        var product = listed.Data.Single();
        Members(product).ShouldBe("id slug name description locale vendor category tags price compare_at_price available preparation_minutes variants images option_groups");
        Members(product.List("variants").Single()).ShouldBe("id name options sku price compare_at_price available weight_grams requires_shipping");
        (product.Text("slug"), product.GetProperty("price").Cents("min"), product.Cents("compare_at_price"), product.Text("available")).ShouldBe(("teapot", 500, 600, "True"));

        var read = await api.Guest.Get($"/storefronts/{acme.Subdomain}/products/teapot").Returns(200);
        read.Text.ShouldBe(product.GetRawText());
        await api.Guest.Get($"/storefronts/{acme.Subdomain}/products/teapot").With("If-None-Match", read.ETag!).Returns(304);
        await acme.Owner.Patch($"/business/products/{product.Text("id")}", new { name = "Tea pot" }).Returns(204);
        await api.Guest.Get($"/storefronts/{acme.Subdomain}/products/teapot").With("If-None-Match", read.ETag!).Returns(200);

        static string Members(System.Text.Json.JsonElement thing) => string.Join(' ', thing.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task They_are_found_by_words_category_price_and_availability()
    {
        var acme = await api.NewBusiness();
        var kitchen = await acme.NewCategory("Kitchen");
        var pots = await acme.NewCategory("Pots", parent: kitchen);
        await acme.NewProduct("Teapot", 500, publish: true, pots, stock: new { quantity = 1 });
        await acme.NewProduct("Crème jug", 1500, publish: true, kitchen, stock: new { policy = "backorder" });
        await acme.NewProduct("Sold-out mug", 900, publish: true, kitchen);
        await acme.NewProduct("Secret pot", 500, publish: false, pots, stock: new { quantity = 1 });
        var wrap = await acme.NewProduct("Gift wrap", 100, publish: true, stock: new { policy = "untracked" });
        await acme.Owner.Post($"{wrap.Path}/variants", new { options = new[] { new { name = "Colour", value = "Gold" } }, price = Eur(2000), stock = new { quantity = 1 } }).Returns(201);
        await Open(acme);

        (await Found("")).ShouldBe(["Crème jug", "Gift wrap", "Sold-out mug", "Teapot"]);
        (await Found("q=JUG%20creme")).ShouldBe(["Crème jug"]);
        (await Found("q=pots")).ShouldBe(["Teapot"]);
        (await Found("q=secret")).ShouldBeEmpty();
        (await Found("category=kitchen")).ShouldBe(["Crème jug", "Sold-out mug", "Teapot"]);
        (await Found($"category={pots}")).ShouldBe(["Teapot"]);
        (await Found("min_price=900")).ShouldBe(["Crème jug", "Gift wrap", "Sold-out mug"]);
        (await Found("max_price=500")).ShouldBe(["Gift wrap", "Teapot"]);
        (await Found("min_price=500&max_price=900")).ShouldBe(["Sold-out mug", "Teapot"]);
        (await Found("min_price=901&max_price=900")).ShouldBeEmpty();
        (await Found("available=true")).ShouldBe(["Crème jug", "Gift wrap", "Teapot"]);
        (await Found("available=false")).ShouldBe(["Sold-out mug"]);
        (await Found("available=true&category=kitchen&max_price=1000&q=t")).ShouldBe(["Teapot"]);

        async Task<string[]> Found(string query) => (await api.Guest.Get($"/storefronts/{acme.Subdomain}/products?{query}").Returns(200)).Data.Texts("name");
    }

    [Theory]
    [InlineData("name", "a b c d e f")]
    [InlineData("-name", "f e d c b a")]
    [InlineData("price", "c b|e|f a d")]
    [InlineData("-price", "d a b|e|f c")]
    [InlineData("created_at", "d a c b f e")]
    [InlineData("-created_at", "e f b c a d")]
    public async Task In_any_order_each_comes_once_page_by_page(string sort, string expected)
    {
        var acme = await api.NewBusiness();
        foreach (var (name, price) in new[] { ("d", 900), ("a", 800), ("c", 100), ("b", 500), ("f", 500), ("e", 500) })
        {
            await acme.NewProduct(name, price, publish: true);
        }

        await Open(acme);
        var list = $"/storefronts/{acme.Subdomain}/products?sort={sort}";
        var whole = (await api.Guest.Get(list).Returns(200)).Data.Texts("name");
        string.Join(' ', whole).ShouldBeOneOf(expected.Contains('|') ? Ties(expected) : [expected]);
        (await api.Guest.Pages($"{list}&limit=1")).Texts("name").ShouldBe(whole);
        (await api.Guest.Pages($"{list}&limit=4")).Texts("name").ShouldBe(whole);
        var first = await api.Guest.Get($"{list}&limit=4").Returns(200);
        (await api.Guest.Get($"~{first.Header("Link")!.Split('<', '>')[1]}").Returns(200)).Data.Texts("name").ShouldBe(whole[4..]);
        await api.Guest.Get($"/storefronts/{acme.Subdomain}/products?limit=4&max_price=900&sort={sort}&cursor={first.Json.Text("next_cursor")}").Refused(400, "invalid_cursor");

        // equal prices stand in the order of their ids
        static string[] Ties(string pattern) =>
            [.. new[] { "b e f", "b f e", "e b f", "e f b", "f b e", "f e b" }.Select(tie => pattern.Replace("b|e|f", tie, StringComparison.Ordinal))];
    }

    [Fact]
    public async Task A_page_that_has_not_changed_is_not_sent_again()
    {
        var acme = await api.NewBusiness();
        var teapot = await acme.NewProduct("Teapot", 500, publish: true, stock: new { quantity = 1 });
        await acme.NewProduct("Jug", 500, publish: true);
        await Open(acme);
        var path = $"/storefronts/{acme.Subdomain}/products?limit=1&sort=-name";
        var first = await api.Guest.Get(path).Returns(200);
        first.Header("Cache-Control").ShouldBe("public, no-cache");
        var again = await api.Guest.Get(path).With("If-None-Match", first.ETag!).Returns(304);
        (again.Text, again.Header("Link")).ShouldBe(("", first.Header("Link").ShouldNotBeNull()));
        await acme.Owner.Post($"{teapot.Stock}/adjust", new { delta = -1, reason = "broken" }).Returns(204);
        await api.Guest.Get(path).With("If-None-Match", first.ETag!).Returns(200);
    }

    [Fact]
    public async Task What_can_be_bought_follows_the_stock()
    {
        var acme = await api.NewBusiness();
        var teapot = await acme.NewProduct(publish: true);
        await Open(acme);
        (await Available()).ShouldBeFalse();
        await acme.Owner.Post($"{teapot.Stock}/receive", new { quantity = 0.5 }).Returns(204);
        (await Available()).ShouldBeTrue();
        await acme.Owner.Post($"{teapot.Stock}/count", new { counted = 0 }).Returns(204);
        (await Available()).ShouldBeFalse();
        await acme.Owner.Put($"{teapot.Stock}/policy", new { policy = "backorder" }).Returns(204);
        (await Available()).ShouldBeTrue();

        async Task<bool> Available()
        {
            var product = (await api.Guest.Get($"/storefronts/{acme.Subdomain}/products/teapot").Returns(200)).Json;
            product.List("variants").Single().GetProperty("available").GetBoolean().ShouldBe(product.GetProperty("available").GetBoolean());
            return product.GetProperty("available").GetBoolean();
        }
    }

    [Fact]
    public async Task A_storefront_that_is_not_published_is_not_there()
    {
        var (acme, globex) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"));
        var teapot = await acme.NewProduct(publish: true);
        await globex.NewProduct("Mug", publish: true);
        await Open(globex);
        string[] paths = ["", "/products", "/products/teapot", $"/products/{teapot.Id}", "/categories"];
        foreach (var path in paths)
        {
            await api.Guest.Get($"/storefronts/{acme.Subdomain}{path}").Refused(404, "not_found");
            await acme.Owner.Get($"/storefronts/{acme.Subdomain}{path}").Refused(404, "not_found");
        }

        await Open(acme);
        foreach (var path in paths)
        {
            await api.Guest.Get($"/storefronts/{acme.Subdomain}{path}").Returns(200);
        }

        await acme.Owner.Post("/business/storefront/unpublish").Returns(204);
        foreach (var path in paths)
        {
            await api.Guest.Get($"/storefronts/{acme.Subdomain}{path}").Refused(404, "not_found");
        }

        await api.Guest.Get($"/storefronts/{globex.Subdomain}/products/teapot").Refused(404, "not_found");
        await api.Guest.Get($"/storefronts/{globex.Subdomain}/products/{teapot.Id}").Refused(404, "not_found");
        (await api.Guest.Get($"/storefronts/{globex.Subdomain}/products").Returns(200)).Data.Texts("name").ShouldBe(["Mug"]);
    }

    [Theory]
    [InlineData("sort=cost", "sort invalid_parameter")]
    [InlineData("sort=--name", "sort invalid_parameter")]
    [InlineData("min_price=1.5", "min_price invalid_parameter")]
    [InlineData("max_price=99999999999999999999", "max_price invalid_parameter")]
    [InlineData("available=maybe", "available invalid_parameter")]
    [InlineData("status=draft", "status unknown_parameter")]
    [InlineData("limit=101", "limit invalid_parameter")]
    public async Task What_cannot_be_asked_is_named(string query, string fault)
    {
        var acme = await api.NewBusiness();
        await acme.NewProduct(publish: true);
        await Open(acme);
        (await api.Guest.Get($"/storefronts/{acme.Subdomain}/products?{query}").Returns(400)).Faults.ShouldBe([fault]);
    }

    private static Task<ApiAnswer> Open(TestBusiness business) => business.Owner.Post("/business/storefront/publish").Returns(204);
}
