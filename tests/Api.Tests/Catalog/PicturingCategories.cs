using System.Net;
using System.Text.Json;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;
using static Mainstreet.Api.Tests.Catalog.ImageStarters;

namespace Mainstreet.Api.Tests.Catalog;

/// <summary>One image stands for a category (CAT-02, CAT-03).</summary>
public sealed class PicturingCategories(ApiFixture api)
{
    [Fact]
    public async Task An_uploaded_image_stands_for_the_category_and_everybody_sees_it()
    {
        var acme = await api.NewBusiness();
        await acme.Sell();
        var (tea, green) = await Shelves(acme);
        (await Shown(acme, green)).TryGetProperty("image", out _).ShouldBeFalse();

        var uploaded = await Upload(acme, green, Png, "?alt=Leaves").Key("a").Returns(201);
        var image = uploaded.Json;
        (image.Text("content_type"), image.Text("width"), image.Text("size"), image.Text("alt"), uploaded.ETag).ShouldBe(("image/png", "1", $"{Png.Length}", "Leaves", "\"v2\""));
        image.Text("url")!.ShouldStartWith($"/files/{acme.Id}/categories/");
        (await Upload(acme, green, Png, "?alt=Leaves").Key("a").Returns(201)).Text.ShouldBe(uploaded.Text);
        var seen = await api.Open(image);
        (seen.Status, seen.Headers["Content-Type"]).ShouldBe((HttpStatusCode.OK, "image/png"));
        seen.Content.ShouldBe(Png);

        Image(await Shown(acme, green)).ShouldBe((image.Text("url"), "Leaves"));
        Image((await acme.Owner.Get(Path(green)).Returns(200)).Json).ShouldBe((image.Text("url"), "Leaves"));
        var tree = (await api.Guest.Get($"/storefronts/{acme.Subdomain}/categories?shape=tree").Returns(200)).Data.Single();
        (tree.Id(), Image(tree.List("children").Single())).ShouldBe((tea, (image.Text("url"), "Leaves")));
    }

    [Fact]
    public async Task Another_takes_its_place_and_it_can_be_taken_away()
    {
        var acme = await api.NewBusiness();
        await acme.Sell();
        var (_, green) = await Shelves(acme);
        await Upload(acme, green, Png).Returns(201);
        await acme.Owner.Put($"{Path(green)}/image", new { url = "https://images.example/tea.png", alt = "Tea" }).IfMatch("\"v1\"").Refused(412, "stale_version");
        await acme.Owner.Put($"{Path(green)}/image", new { url = "https://images.example/tea.png", alt = "Tea" }).IfMatch("\"v2\"").Returns(204);
        (await acme.Owner.Put($"{Path(green)}/image", new { url = "https://images.example/tea.png", alt = "Tea" }).Returns(204)).ETag.ShouldBe("\"v3\"");
        Image(await Shown(acme, green)).ShouldBe(("https://images.example/tea.png", "Tea"));
        await acme.Owner.Put($"{Path(green)}/image", new { url = "javascript:alert(1)" }).Refused(400, "image_invalid");
        await acme.Owner.Delete($"{Path(green)}/image").Returns(204);
        (await acme.Owner.Delete($"{Path(green)}/image").Returns(204)).ETag.ShouldBe("\"v4\"");
        (await Shown(acme, green)).TryGetProperty("image", out _).ShouldBeFalse();
        (await acme.Owner.Get($"/history/categories/{green}").Returns(200)).Data.Select(told => told.Text("type"))
            .ShouldBe(["category.created", "category.image_set", "category.image_set", "category.image_removed"]);
        await acme.Owner.Put($"{Path(green)}/image", new { url = "https://images.example/tea.png", alt = " " }).Returns(204);
        (await Shown(acme, green)).GetProperty("image").TryGetProperty("alt", out _).ShouldBeFalse();

        await Upload(acme, green, "<svg/>"u8.ToArray()).Refused(400, "image_type_unknown");
        await Upload(acme, Guid.NewGuid(), Png).Refused(404, "not_found");
        await (await api.NewBusiness("globex")).Owner.Put($"{Path(green)}/image", new { url = "/files/tea.png" }).Refused(404, "not_found");
    }

    [Fact]
    public async Task Its_file_stays_as_long_as_a_category_names_it()
    {
        var shop = await api.NewBusiness(mode: "test");
        var (tea, green) = await Shelves(shop);
        var stays = (await Upload(shop, green, Png).Returns(201)).Json;
        var goes = (await Upload(shop, tea, Gif).Returns(201)).Json;
        await Upload(shop, tea, Png).Returns(201);
        (await shop.Advance("P1D")).Ran().ShouldContain("files.sweep");
        (await api.Open(stays)).Status.ShouldBe(HttpStatusCode.OK);
        (await api.Open(goes)).Status.ShouldBe(HttpStatusCode.NotFound);
        await shop.Owner.Delete($"{Path(green)}/image").Returns(204);
        (await shop.Advance("P1D")).Ran().ShouldContain("files.sweep");
        (await api.Open(stays)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static string Path(Guid category) => $"/business/categories/{category}";

    private static async Task<(Guid Above, Guid Below)> Shelves(TestBusiness shop)
    {
        var tea = await shop.NewCategory("Tea");
        return (tea, await shop.NewCategory("Green tea", tea));
    }

    private static ApiRequest Upload(TestBusiness shop, Guid category, byte[] file, string query = "") =>
        shop.Owner.Post($"{Path(category)}/image/upload{query}", new ByteArrayContent(file) { Headers = { ContentType = new("image/png") } });

    private static (string? Url, string? Alt) Image(JsonElement category) => (category.GetProperty("image").Text("url"), category.GetProperty("image").Text("alt"));

    private async Task<JsonElement> Shown(TestBusiness shop, Guid category) =>
        (await api.Guest.Get($"/storefronts/{shop.Subdomain}/categories").Returns(200)).Data.Single(shown => shown.Id() == category);
}
