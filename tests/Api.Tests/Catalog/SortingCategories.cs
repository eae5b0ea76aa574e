using System.Text.Json;
using static Mainstreet.Api.Tests.Catalog.CatalogStarters;

namespace Mainstreet.Api.Tests.Catalog;

public sealed class SortingCategories(ApiFixture api)
{
    [Fact]
    public async Task They_stand_below_each_other_in_display_order()
    {
        var acme = await api.NewBusiness();
        var created = await acme.Owner.Post("/business/categories", new { name = "Kitchen & Table", display_order = 2 }).Returns(201);
        (created.Json.Text("slug"), created.ETag).ShouldBe(("kitchen-table", "\"v1\""));
        var garden = await acme.NewCategory("Garden");
        await acme.NewCategory("Pots", parent: created.Id);
        await acme.NewCategory("Mugs", parent: created.Id);
        (await Shape("tree")).ShouldBe("Garden, Kitchen & Table (Mugs, Pots)");

        await acme.Owner.Patch($"/business/categories/{garden}", new { parent_id = created.Id, display_order = -1 }).Returns(204);
        (await Shape("tree")).ShouldBe("Kitchen & Table (Garden, Mugs, Pots)");
        await acme.Owner.Patch($"/business/categories/{garden}", """{"parent_id": null, "name": "Outside"}""").Returns(204);
        (await Shape("tree")).ShouldBe("Outside, Kitchen & Table (Mugs, Pots)");
        (await Shape("flat")).ShouldBe("Outside, Mugs, Pots, Kitchen & Table");
        var outside = await acme.Owner.Get($"/business/categories/{garden}").Returns(200);
        (outside.ETag, outside.Json.Text("slug"), outside.Json.Text("display_order")).ShouldBe(("\"v4\"", "garden", "-1"));

        async Task<string> Shape(string shape) => Outline((await acme.Owner.Get($"/business/categories?shape={shape}").Returns(200)).Data);
    }

    [Fact]
    public async Task Customers_see_the_active_ones_that_stand_below_active_ones()
    {
        var acme = await api.NewBusiness();
        var (kitchen, garden) = (await acme.NewCategory("Kitchen"), await acme.NewCategory("Garden"));
        await acme.NewCategory("Pots", parent: kitchen);
        await acme.NewProduct(publish: true, category: kitchen);
        await api.Guest.Get($"/storefronts/{acme.Subdomain}/categories").Refused(404, "not_found");
        await acme.Owner.Post("/business/storefront/publish").Returns(204);
        (await Seen()).ShouldBe("Garden, Kitchen (Pots)");
        await acme.Owner.Patch($"/business/categories/{kitchen}", new { active = false }).Returns(204);
        (await Seen()).ShouldBe("Garden");
        (await api.Guest.Get($"/storefronts/{acme.Subdomain}/products").Returns(200)).Data.Length.ShouldBe(1);
        await acme.Owner.Patch($"/business/categories/{kitchen}", new { active = true, parent_id = garden }).Returns(204);
        (await Seen()).ShouldBe("Garden (Kitchen (Pots))");

        async Task<string> Seen() => Outline((await api.Guest.Get($"/storefronts/{acme.Subdomain}/categories?shape=tree").Returns(200)).Data);
    }

    [Fact]
    public async Task None_stands_below_itself_or_too_deep()
    {
        var acme = await api.NewBusiness();
        var path = new List<Guid>();
        for (Guid? parent = null; path.Count < 10; parent = path[^1])
        {
            path.Add(await acme.NewCategory($"Level {path.Count + 1}", parent));
        }

        await acme.Owner.Post("/business/categories", new { name = "Deeper", parent_id = path[9] }).Refused(422, "category_too_deep");
        var other = await acme.NewCategory("Other");
        await acme.Owner.Patch($"/business/categories/{path[0]}", new { parent_id = other }).Refused(422, "category_too_deep");
        await acme.Owner.Patch($"/business/categories/{path[0]}", new { parent_id = path[2] }).Refused(422, "category_cycle");
        await acme.Owner.Patch($"/business/categories/{path[0]}", new { parent_id = path[0] }).Refused(422, "category_cycle");
        await acme.Owner.Patch($"/business/categories/{path[9]}", new { parent_id = other }).Returns(204);
        (await acme.Owner.Get($"/business/categories/{path[0]}").Returns(200)).ETag.ShouldBe("\"v1\"");
    }

    [Fact]
    public async Task Two_moved_below_each_other_at_once_make_no_circle()
    {
        var acme = await api.NewBusiness();
        var (one, two) = (await acme.NewCategory("One"), await acme.NewCategory("Two"));
        var answers = await Task.WhenAll(
            acme.Owner.Patch($"/business/categories/{one}", new { parent_id = two }).Send(), acme.Owner.Patch($"/business/categories/{two}", new { parent_id = one }).Send());
        answers.Select(answer => answer.Status).Order().ShouldBe([204, 422]);
    }

    [Theory]
    [InlineData("""{"name": ""}""", 400, "name_invalid")]
    [InlineData("""{"name": "Garden", "slug": "Not a slug"}""", 400, "slug_invalid")]
    [InlineData("""{"name": "KITCHEN"}""", 409, "slug_taken")]
    [InlineData("""{"name": "Garden", "parent_id": "0197f0e0-0000-7000-8000-000000000001"}""", 404, "not_found")]
    [InlineData("""{"slug": "garden"}""", 400, "validation_failed")]
    public async Task What_cannot_be_is_refused(string body, int status, string code)
    {
        var acme = await api.NewBusiness();
        var kitchen = await acme.NewCategory("Kitchen");
        await acme.Owner.Post("/business/categories", body).Refused(status, code);
        var garden = await acme.NewCategory("Garden");
        await acme.Owner.Patch($"/business/categories/{garden}", new { slug = "kitchen" }).Refused(409, "slug_taken");
        await acme.Owner.Patch($"/business/categories/{kitchen}", new { name = "Cuisine" }).IfMatch("\"v7\"").Refused(412, "stale_version");
        await (await api.NewBusiness("globex")).Owner.Get($"/business/categories/{kitchen}").Refused(404, "not_found");
    }

    private static string Outline(IEnumerable<JsonElement> categories) => string.Join(", ", categories.Select(category =>
        category.TryGetProperty("children", out var children) && children.GetArrayLength() > 0
            ? $"{category.Text("name")} ({Outline(children.EnumerateArray())})"
            : category.Text("name")));
}
