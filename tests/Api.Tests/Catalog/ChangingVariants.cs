using static Mainstreet.Api.Tests.Catalog.CatalogStarters;

namespace Mainstreet.Api.Tests.Catalog;

public sealed class ChangingVariants(ApiFixture api)
{
    [Fact]
    public async Task What_is_named_changes_and_null_clears()
    {
        var acme = await api.NewBusiness();
        var teapot = await acme.NewProduct(price: 500);
        (await acme.Owner.Patch(teapot.Variant, new { price = Eur(450), compare_at_price = Eur(500) }).Returns(204)).ETag.ShouldBe("\"v2\"");
        await acme.Owner.Patch(teapot.Variant, new { name = "Plain", sku = "T-1", barcode = "4001", weight_grams = 900, taxable = false, cost = Eur(200) }).Returns(204);
        var variant = (await acme.Read(teapot)).List("variants").Single();
        (variant.Cents("price"), variant.Cents("compare_at_price"), variant.Cents("cost")).ShouldBe((450, 500, 200));
        (variant.Text("name"), variant.Text("sku"), variant.Text("barcode"), variant.Text("weight_grams"), variant.Text("taxable")).ShouldBe(("Plain", "T-1", "4001", "900", "False"));

        await acme.Owner.Patch(teapot.Variant, """{"compare_at_price": null, "sku": "", "barcode": null, "weight_grams": null, "cost": null}""").Returns(204);
        variant = (await acme.Read(teapot)).List("variants").Single();
        foreach (var cleared in (string[])["compare_at_price", "sku", "barcode", "weight_grams", "cost"])
        {
            variant.Text(cleared).ShouldBeNull(cleared);
        }

        variant.Cents("price").ShouldBe(450);
    }

    [Fact]
    public async Task Each_change_is_told_by_what_it_changed()
    {
        var acme = await api.NewBusiness();
        var teapot = await acme.NewProduct();
        await acme.Owner.Patch(teapot.Variant, new { price = Eur(600), cost = Eur(200), sku = "T-1" }).Returns(204);
        await acme.Owner.Patch(teapot.Variant, new { price = Eur(600) }).Returns(204);
        (await acme.Owner.Get($"/history/products/{teapot.Id}").Returns(200)).Data.Texts("type").ShouldBe(
            ["product.created", "product.variant_changed", "product.price_changed", "product.cost_changed"], ignoreOrder: true);
    }

    [Fact]
    public async Task One_is_added_with_its_stock_and_taken_out_again()
    {
        var acme = await api.NewBusiness();
        var teapot = await acme.NewProduct(publish: true);
        var added = await acme.Owner.Post($"{teapot.Path}/variants", new
        {
            price = Eur(900),
            sku = "T-L",
            cost = Eur(300),
            options = new[] { new { name = "Size", value = "Large" } },
            stock = new { quantity = 3 },
        }).Returns(201);
        added.Json.Text("name").ShouldBe("Large");
        var large = teapot with { VariantId = added.Id };
        (await acme.Read(teapot)).GetProperty("price").Cents("max").ShouldBe(900);
        var stock = (await acme.Owner.Get(large.Stock).Returns(200)).Json;
        (stock.Text("on_hand"), stock.Cents("average_cost")).ShouldBe(("3", 300));

        await acme.Owner.Delete(large.Variant).Returns(204);
        await acme.Owner.Delete(large.Variant).Returns(204);
        (await acme.Read(teapot)).List("variants").Texts("id").ShouldBe([teapot.VariantId.ToString()]);
        await acme.Owner.Get(large.Stock).Refused(404, "not_found");
        await acme.Owner.Patch(large.Variant, new { price = Eur(1) }).Refused(404, "not_found");
        await acme.Owner.Delete(teapot.Variant).Refused(422, "product_without_variant");
    }

    [Fact]
    public async Task One_that_comes_back_finds_its_stock_again()
    {
        var acme = await api.NewBusiness();
        var teapot = await acme.NewProduct(stock: new { quantity = 7 });
        await acme.Owner.Delete(teapot.Variant).Returns(204);
        await acme.Owner.Post($"{teapot.Path}/variants", new { id = teapot.VariantId, name = "Back", price = Eur(500), stock = new { quantity = 3 } }).Returns(201);
        (await acme.Owner.Get(teapot.Stock).Returns(200)).Json.Text("on_hand").ShouldBe("7");
    }

    [Theory]
    [InlineData("""{"price": {"amount": -1, "currency": "EUR"}}""", 400, "price_invalid")]
    [InlineData("""{"price": {"amount": 1, "currency": "USD"}}""", 422, "currency_mismatch")]
    [InlineData("""{"price": {"amount": 1, "currency": "XXX"}}""", 400, "currency_unknown")]
    [InlineData("""{"cost": {"amount": 1, "currency": "USD"}}""", 422, "mixed_currencies")]
    [InlineData("""{"compare_at_price": {"amount": -1, "currency": "EUR"}}""", 400, "price_invalid")]
    [InlineData("""{"name": ""}""", 400, "name_invalid")]
    [InlineData("""{"sku": "M-1"}""", 409, "sku_taken")]
    [InlineData("""{"weight_grams": -1}""", 400, "weight_invalid")]
    [InlineData("""{"options": [{"name": "Size", "value": "L"}, {"name": "Size", "value": "M"}]}""", 400, "options_invalid")]
    [InlineData("""{"stock": {"quantity": 1}}""", 400, "unknown_field")]
    public async Task What_cannot_be_is_refused(string body, int status, string code)
    {
        var acme = await api.NewBusiness();
        var (teapot, _) = (await acme.NewProduct(), await acme.NewProduct("Mug", sku: "M-1"));
        await acme.Owner.Patch(teapot.Variant, body).Refused(status, code);
        (await acme.Read(teapot)).Text("version").ShouldBe("1");
    }

    [Fact]
    public async Task Two_of_a_product_differ_in_their_options_and_there_are_at_most_250()
    {
        var acme = await api.NewBusiness();
        object Sized(int size) => new { price = Eur(500), options = new[] { new { name = "Size", value = $"{size}" } } };
        var socks = (await acme.Owner.Post("/business/products", new { name = "Socks", variants = Enumerable.Range(1, 250).Select(Sized) }).Returns(201)).Product();
        await acme.Owner.Post($"{socks.Path}/variants", Sized(251)).Refused(422, "too_many_variants");
        await acme.Owner.Patch(socks.Variant, new { options = new[] { new { name = "Size", value = "2" } } }).Refused(409, "duplicate_variant");
        (await acme.Products()).Single().List("variants").Length.ShouldBe(250);
    }
}
