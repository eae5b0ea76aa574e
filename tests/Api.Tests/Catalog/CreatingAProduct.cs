using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using static Mainstreet.Api.Tests.Catalog.CatalogStarters;

namespace Mainstreet.Api.Tests.Catalog;

public sealed class CreatingAProduct(ApiFixture api)
{
    [Fact]
    public async Task What_was_said_is_read_back()
    {
        var acme = await api.NewBusiness();
        var kitchen = await acme.NewCategory("Kitchen");
        var created = await acme.Owner.Post("/business/products", new
        {
            name = "Crème Brûlée Torch",
            description = "<p>Burns <strong>sugar</strong>.</p><script>alert(1)</script>",
            vendor = "Linden",
            category_id = kitchen,
            tags = new[] { "fire", "sugar" },
            preparation_minutes = 15,
            images = new object[] { new { url = "https://shop.example/b.svg", position = 7 }, new { url = "https://shop.example/a.svg", alt = "A torch", position = 3 } },
            primary_image = "https://shop.example/b.svg",
            variants = new object[]
            {
                new
                {
                    price = Eur(2500), compare_at_price = Eur(3000), cost = Eur(1100), sku = "T-L", barcode = "4001", weight_grams = 480,
                    options = new[] { new { name = "Size", value = "Large" }, new { name = "Colour", value = "Blue" } },
                    stock = new { quantity = 2.5, minimum = 1, policy = "backorder" },
                },
                new { price = Eur(1900), name = "Small one", options = new[] { new { name = "Size", value = "Small" } }, taxable = false, requires_shipping = false },
            },
        }).Returns(201);
        created.ETag.ShouldBe("\"v1\"");
        created.Header("Location").ShouldBe($"/api/v1/business/products/{created.Id}");
        created.Json.Text("handle").ShouldBe("creme-brulee-torch");

        var read = await acme.Owner.Get($"/business/products/{created.Id}").Returns(200);
        read.ETag.ShouldBe("\"v1\"");
        var product = read.Json;
        (product.Text("status"), product.Text("name"), product.Text("vendor"), product.Text("preparation_minutes")).ShouldBe(("draft", "Crème Brûlée Torch", "Linden", "15"));
        product.Text("description").ShouldBe("<p>Burns <strong>sugar</strong>.</p>");
        product.Text("tags").ShouldBe("""["fire","sugar"]""");
        (product.GetProperty("category").Text("id"), product.GetProperty("category").Text("slug")).ShouldBe((kitchen.ToString(), "kitchen"));
        (product.GetProperty("price").Cents("min"), product.GetProperty("price").Cents("max")).ShouldBe((1900, 2500));
        product.List("images").Select(image => (image.Text("url"), image.Text("primary"))).ShouldBe([("https://shop.example/a.svg", "False"), ("https://shop.example/b.svg", "True")]);
        product.List("variants").Texts("name").ShouldBe(["Large / Blue", "Small one"]);
        product.List("variants").Texts("id").ShouldBe(created.Json.List("variants").Texts("id"));

        var large = product.List("variants")[0];
        (large.Cents("price"), large.Cents("compare_at_price"), large.Cents("cost")).ShouldBe((2500, 3000, 1100));
        (large.Text("sku"), large.Text("barcode"), large.Text("weight_grams"), large.Text("taxable")).ShouldBe(("T-L", "4001", "480", "True"));
        large.GetProperty("stock").GetRawText().ShouldBe("""{"policy":"backorder","status":"available","on_hand":2.5,"reserved":0,"available":2.5,"minimum":1}""");
        product.List("variants")[1].GetProperty("stock").GetRawText().ShouldBe("""{"policy":"deny","status":"depleted","on_hand":0,"reserved":0,"available":0,"minimum":0}""");
    }

    [Fact]
    public async Task An_id_of_the_client_is_taken_once()
    {
        var acme = await api.NewBusiness();
        var (id, variant) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var teapot = new { id, name = "Teapot", variants = new[] { new { id = variant, price = Eur(500) } } };
        var created = await acme.Owner.Post("/business/products", teapot).Key("teapot").Returns(201);
        created.Product().ShouldBe(new TestProduct(id, variant));
        (await acme.Owner.Post("/business/products", teapot).Key("teapot").Returns(201)).Text.ShouldBe(created.Text);
        await acme.Owner.Post("/business/products", teapot).Refused(409, "already_exists");
        await acme.Owner.Post("/business/products", new { name = "Mug", variants = new[] { new { id = variant, price = Eur(500) } } }).Refused(409, "variant_taken");
        (await acme.Products()).Texts("name").ShouldBe(["Teapot"]);
    }

    [Fact]
    public async Task An_id_that_the_product_could_make_itself_is_refused()
    {
        var acme = await api.NewBusiness();
        var derived = Uuid.Named("inbound", "somebody else's");
        (await acme.Owner.Post("/business/products", new { id = derived, name = "Teapot", variants = new[] { new { price = Eur(500) } } }).Refused(400, "validation_failed"))
            .Faults.ShouldBe(["/id id_reserved"]);
        (await acme.Owner.Post("/business/products", new { name = "Teapot", variants = new object[] { new { price = Eur(500) }, new { id = derived, price = Eur(500) } } })
            .Refused(400, "validation_failed")).Faults.ShouldBe(["/variants/1/id id_reserved"]);
    }

    [Fact]
    public async Task Codes_are_unique_in_a_business_and_not_beyond()
    {
        var (acme, globex) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"));
        object Product(string name, string? sku = null, string? barcode = null) => new { name, variants = new[] { new { price = Eur(500), sku, barcode } } };
        await acme.Owner.Post("/business/products", Product("Teapot", "T-1", "4001")).Returns(201);
        await acme.Owner.Post("/business/products", Product("TEAPOT")).Refused(409, "handle_taken");
        await acme.Owner.Post("/business/products", Product("Mug", sku: "T-1")).Refused(409, "sku_taken");
        await acme.Owner.Post("/business/products", Product("Mug", barcode: "4001")).Refused(409, "barcode_taken");
        await acme.Owner.Post("/business/products", Product("Mug", " ", "")).Returns(201);
        await globex.Owner.Post("/business/products", Product("Teapot", "T-1", "4001")).Returns(201);
    }

    [Theory]
    [InlineData("""{"name": "Mug"}""", 400, "validation_failed")]
    [InlineData("""{"name": " ", "variants": []}""", 400, "name_invalid")]
    [InlineData("""{"name": "Mug", "handle": "Not a slug", "variants": []}""", 400, "handle_invalid")]
    [InlineData("""{"name": "Mug", "variants": [{}]}""", 400, "validation_failed")]
    [InlineData("""{"name": "Mug", "variants": [{"price": {"amount": -1, "currency": "EUR"}}]}""", 400, "price_invalid")]
    [InlineData("""{"name": "Mug", "variants": [{"price": {"amount": "5", "currency": "EUR"}}]}""", 400, "invalid_json")]
    [InlineData("""{"name": "Mug", "variants": [{"price": {"amount": 5.5, "currency": "EUR"}}]}""", 400, "invalid_json")]
    [InlineData("""{"name": "Mug", "variants": [{"price": {"amount": 1000000000001, "currency": "EUR"}}]}""", 400, "price_invalid")]
    [InlineData("""{"name": "Mug", "variants": [{"price": {"amount": 5, "currency": "XXX"}}]}""", 400, "currency_unknown")]
    [InlineData("""{"name": "Mug", "variants": [{"price": {"amount": 5, "currency": "USD"}}]}""", 422, "currency_mismatch")]
    [InlineData("""{"name": "Mug", "variants": [{"price": {"amount": 5, "currency": "EUR"}, "weight_grams": -1}]}""", 400, "weight_invalid")]
    [InlineData("""{"name": "Mug", "variants": [{"price": {"amount": 5, "currency": "EUR"}, "name": "Large", "options": [{"name": "Size", "value": ""}]}]}""", 400, "options_invalid")]
    [InlineData("""{"name": "Mug", "variants": [{"price": {"amount": 5, "currency": "EUR"}}, {"price": {"amount": 6, "currency": "EUR"}}]}""", 409, "duplicate_variant")]
    [InlineData("""{"name": "Mug", "variants": [{"price": {"amount": 5, "currency": "EUR"}, "stock": {"quantity": -1}}]}""", 422, "invalid_quantity")]
    [InlineData("""{"name": "Mug", "variants": [{"price": {"amount": 5, "currency": "EUR"}, "stock": {"quantity": 0.0001}}]}""", 422, "invalid_quantity")]
    [InlineData("""{"name": "Mug", "variants": [{"price": {"amount": 5, "currency": "EUR"}, "stock": {"policy": "sometimes"}}]}""", 400, "invalid_json")]
    [InlineData("""{"name": "Mug", "variants": [], "publish": true}""", 422, "product_without_variant")]
    [InlineData("""{"name": "Mug", "variants": [], "tags": ["a", "a"]}""", 400, "tags_invalid")]
    [InlineData("""{"name": "Mug", "variants": [], "preparation_minutes": 10081}""", 400, "preparation_minutes_invalid")]
    [InlineData("""{"name": "Mug", "variants": [], "category_id": "0197f0e0-0000-7000-8000-000000000001"}""", 404, "not_found")]
    [InlineData("""{"name": "Mug", "variants": [], "images": [{"url": "javascript:alert(1)"}]}""", 400, "image_invalid")]
    [InlineData("""{"name": "Mug", "variants": [], "images": [{"url": "/a.svg"}, {"url": "/a.svg"}]}""", 409, "duplicate_image")]
    [InlineData("""{"name": "Mug", "variants": [], "images": [{"url": "/a.svg"}], "primary_image": "/b.svg"}""", 400, "primary_image_unknown")]
    public async Task What_cannot_be_is_refused(string body, int status, string code)
    {
        var acme = await api.NewBusiness();
        await acme.Owner.Post("/business/products", body).Refused(status, code);
        (await acme.Products()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Needs_the_permission_and_stays_in_the_business()
    {
        var (acme, globex) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"));
        var teapot = await acme.NewProduct();
        var staff = await api.NewMember(acme, Role.Staff);
        await staff.Get(teapot.Path).Returns(200);
        await staff.Post("/business/products", new { name = "Mug", variants = Array.Empty<object>() }).Refused(403, "missing_permission");
        await staff.Delete(teapot.Path).Refused(403, "missing_permission");
        await api.Guest.Get(teapot.Path).Refused(401, "unauthenticated");
        await globex.Owner.Get(teapot.Path).Refused(404, "not_found");
        await globex.Owner.Patch(teapot.Path, new { name = "Mine" }).Refused(404, "not_found");
        await globex.Owner.Post($"{teapot.Path}/publish").Refused(404, "not_found");
        (await globex.Products()).ShouldBeEmpty();
    }
}
