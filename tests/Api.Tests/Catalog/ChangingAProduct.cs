using static Mainstreet.Api.Tests.Catalog.CatalogStarters;

namespace Mainstreet.Api.Tests.Catalog;

public sealed class ChangingAProduct(ApiFixture api)
{
    [Fact]
    public async Task What_is_named_changes_and_null_clears()
    {
        var acme = await api.NewBusiness();
        var (kitchen, teapot) = (await acme.NewCategory("Kitchen"), await acme.NewProduct());
        await acme.Owner.Patch(teapot.Path, new
        {
            name = "Tea pot",
            handle = "tea-pot",
            description = "<p onclick='x'>Pours</p>",
            vendor = "Linden",
            category_id = kitchen,
            tags = new[] { "tea" },
            preparation_minutes = 5,
        }).Returns(204);
        var changed = await acme.Owner.Get(teapot.Path).Returns(200);
        changed.ETag.ShouldBe("\"v2\"");
        var product = changed.Json;
        (product.Text("name"), product.Text("handle"), product.Text("description"), product.Text("vendor"), product.Text("preparation_minutes"))
            .ShouldBe(("Tea pot", "tea-pot", "<p>Pours</p>", "Linden", "5"));
        product.GetProperty("category").Text("name").ShouldBe("Kitchen");

        (await acme.Owner.Patch(teapot.Path, """{"description": null, "vendor": null, "category_id": null, "preparation_minutes": null, "tags": []}""").Returns(204)).ETag.ShouldBe("\"v3\"");
        product = await acme.Read(teapot);
        foreach (var cleared in (string[])["description", "vendor", "category", "preparation_minutes"])
        {
            product.Text(cleared).ShouldBeNull(cleared);
        }

        product.Text("name").ShouldBe("Tea pot");
        (await acme.Owner.Patch(teapot.Path, new { name = "Tea pot" }).Returns(204)).ETag.ShouldBe("\"v3\"");
        (await acme.Owner.Patch(teapot.Path, "{}").Returns(204)).ETag.ShouldBe("\"v3\"");
    }

    [Fact]
    public async Task A_stale_version_is_refused_wherever_a_product_changes()
    {
        var acme = await api.NewBusiness();
        var teapot = await acme.NewProduct(publish: true); // v2
        ApiRequest[] changes =
        [
            acme.Owner.Patch(teapot.Path, new { name = "Pot" }),
            acme.Owner.Patch(teapot.Variant, new { price = Eur(600) }),
            acme.Owner.Post($"{teapot.Path}/variants", new { price = Eur(500), name = "Large" }),
            acme.Owner.Delete(teapot.Variant),
            acme.Owner.Post($"{teapot.Path}/images", new { url = "/a.svg" }),
            acme.Owner.Delete($"{teapot.Path}/images?url=/a.svg"),
            acme.Owner.Post($"{teapot.Path}/publish"),
            acme.Owner.Post($"{teapot.Path}/unpublish"),
            acme.Owner.Post($"{teapot.Path}/restore"),
            acme.Owner.Delete(teapot.Path),
        ];
        foreach (var change in changes)
        {
            await change.IfMatch("\"v1\"").Refused(412, "stale_version");
        }

        await acme.Owner.Patch(teapot.Path, new { name = "Pot" }).IfMatch("v2").Refused(400, "invalid_if_match");
        await acme.Owner.Patch(teapot.Path, new { name = "Pot" }).IfMatch("\"v2\"").Returns(204);
        (await acme.Read(teapot)).Text("version").ShouldBe("3");
    }

    [Theory]
    [InlineData("""{"name": ""}""", 400, "name_invalid")]
    [InlineData("""{"handle": "mug"}""", 409, "handle_taken")]
    [InlineData("""{"handle": "-"}""", 400, "handle_invalid")]
    [InlineData("""{"tags": [""]}""", 400, "tags_invalid")]
    [InlineData("""{"preparation_minutes": -1}""", 400, "preparation_minutes_invalid")]
    [InlineData("""{"category_id": "0197f0e0-0000-7000-8000-000000000001"}""", 404, "not_found")]
    [InlineData("""{"status": "published"}""", 400, "unknown_field")]
    public async Task What_cannot_be_is_refused(string body, int status, string code)
    {
        var acme = await api.NewBusiness();
        var (teapot, _) = (await acme.NewProduct(), await acme.NewProduct("Mug"));
        await acme.Owner.Patch(teapot.Path, body).Refused(status, code);
        (await acme.Read(teapot)).Text("version").ShouldBe("1");
    }

    [Fact]
    public async Task Images_have_an_order_and_exactly_one_primary()
    {
        var acme = await api.NewBusiness();
        var teapot = await acme.NewProduct();
        await acme.Owner.Post($"{teapot.Path}/images", new { url = "/a.svg", alt = "From the left" }).Returns(204);
        await acme.Owner.Post($"{teapot.Path}/images", new { url = "/b.svg" }).Returns(204);
        await acme.Owner.Post($"{teapot.Path}/images", new { url = "/c.svg", position = 0, primary = true }).Returns(204);
        (await Images()).ShouldBe(["/c.svg primary", "/a.svg", "/b.svg"]);

        var moved = await acme.Owner.Post($"{teapot.Path}/images", new { url = "/a.svg", alt = "From above", position = 9 }).Returns(204);
        (await Images()).ShouldBe(["/c.svg primary", "/b.svg", "/a.svg"]);
        (await acme.Read(teapot)).List("images")[2].Text("alt").ShouldBe("From above");
        (await acme.Owner.Post($"{teapot.Path}/images", new { url = "/a.svg", alt = "From above", position = 9 }).Returns(204)).ETag.ShouldBe(moved.ETag);

        await acme.Owner.Delete($"{teapot.Path}/images?url=/c.svg").Returns(204);
        (await Images()).ShouldBe(["/b.svg primary", "/a.svg"]);
        await acme.Owner.Delete($"{teapot.Path}/images?url=/c.svg").Returns(204);
        await acme.Owner.Delete($"{teapot.Path}/images").Refused(400, "missing_parameter");
        await acme.Owner.Post($"{teapot.Path}/images", new { url = "data:image/png;base64,AA" }).Refused(400, "image_invalid");
        await acme.Owner.Post($"{teapot.Path}/images", new { url = "/d.svg", position = -1 }).Refused(400, "image_invalid");

        async Task<string[]> Images() =>
            [.. (await acme.Read(teapot)).List("images").Select(image => image.Text("url") + (image.GetProperty("primary").GetBoolean() ? " primary" : ""))];
    }
}
