using System.Net;
using System.Text;
using System.Text.Json;
using static Mainstreet.Api.Tests.Catalog.ImageStarters;

namespace Mainstreet.Api.Tests.Catalog;

/// <summary>Files become images of products that everybody sees (CAT-03).</summary>
public sealed class UploadingImages(ApiFixture api)
{
    [Fact]
    public async Task An_uploaded_image_is_the_product_s_and_everybody_sees_it()
    {
        var acme = await api.NewBusiness();
        var teapot = await acme.NewProduct(publish: true, stock: new { quantity = 1 });
        var uploaded = await acme.Upload(teapot, Png, query: "?alt=From%20above").Returns(201);
        var image = uploaded.Json;
        (image.Text("content_type"), image.Text("width"), image.Text("height"), image.Text("size")).ShouldBe(("image/png", "1", "1", $"{Png.Length}"));
        (image.Text("alt"), image.Text("position"), image.GetProperty("primary").GetBoolean()).ShouldBe(("From above", "1", true));
        image.Text("url")!.ShouldStartWith($"/files/{acme.Id}/products/");

        (await acme.Read(teapot)).List("images").Single().Text("url").ShouldBe(image.Text("url"));

        var seen = await api.Open(image);
        seen.Content.ShouldBe(Png);
        seen.Headers.ShouldContainKeyAndValue("Content-Type", "image/png");
        seen.Headers.ShouldContainKeyAndValue("Cache-Control", "public, max-age=31536000, immutable");
        seen.Headers.ShouldContainKeyAndValue("X-Content-Type-Options", "nosniff");
        seen.Headers["Content-Disposition"].ShouldStartWith("inline; filename=");
        seen.Headers["Content-Security-Policy"].ShouldContain("sandbox");
        await api.Guest.Get($"~{image.Text("url")}").With("If-None-Match", seen.Headers["ETag"]).Returns(304);
        (await api.Guest.Get($"~{image.Text("url")}").With("Range", "bytes=0-3").Returns(206)).Header("Content-Range").ShouldBe($"bytes 0-3/{Png.Length}");
        await api.Guest.Post($"~{image.Text("url")}").Returns(405);
        await api.Guest.Get($"~{image.Text("url")!.Replace(".png", ".gif", StringComparison.Ordinal)}").Refused(404, "not_found");
        await api.Guest.Get($"~/files/{acme.Id}/products/..%2f..%2fmaster.key").Refused(404, "not_found");
    }

    [Fact]
    public async Task Storefronts_show_it()
    {
        var acme = await api.NewBusiness();
        var teapot = await acme.NewProduct(publish: true);
        var url = (await acme.Upload(teapot, Png).Returns(201)).Json.Text("url");
        await acme.Owner.Post("/business/storefront/publish").Returns(204);
        var listed = await api.Guest.Get($"/storefronts/{acme.Subdomain}/products").Returns(200);
        listed.Data.Single().List("images").Single().Text("url").ShouldBe(url);
    }

    [Fact]
    public async Task Its_own_bytes_say_what_it_is()
    {
        var acme = await api.NewBusiness();
        var teapot = await acme.NewProduct();
        const string Svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
        await acme.Upload(teapot, Encoding.UTF8.GetBytes(Svg), "image/png").Refused(400, "image_type_unknown");
        await acme.Upload(teapot, [], "image/png").Refused(400, "image_type_unknown");

        var image = (await acme.Upload(teapot, Png, "image/gif").Returns(201)).Json;
        (image.Text("content_type"), (await api.Open(image)).Headers["Content-Type"]).ShouldBe(("image/png", "image/png"));

        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Gif) { Headers = { ContentType = new("text/html") } }, "file", "../../page.html" },
        };
        image = (await acme.Owner.Post($"{teapot.Path}/images/upload?primary=true", form).Returns(201)).Json;
        (image.Text("content_type"), image.GetProperty("primary").GetBoolean()).ShouldBe(("image/gif", true));
        (await acme.Read(teapot)).List("images").Count(shown => shown.GetProperty("primary").GetBoolean()).ShouldBe(1);
    }

    [Fact]
    public async Task Too_large_a_file_and_too_large_an_image_are_refused()
    {
        var acme = await api.NewBusiness();
        var teapot = await acme.NewProduct();
        await acme.Upload(teapot, [.. Png, .. new byte[10 * 1024 * 1024]]).Refused(400, "image_file_too_large");
        await acme.Upload(teapot, new byte[26 * 1024 * 1024]).Refused(413, "body_too_large");
        byte[] bomb = [.. Png];
        (bomb[18], bomb[22]) = (0x3F, 0x3F);
        (await acme.Upload(teapot, bomb).Refused(400, "image_too_many_pixels")).Json.Text("limit").ShouldBe("50000000");
        (await acme.Read(teapot)).Text("version").ShouldBe("1");
    }

    [Fact]
    public async Task Repeated_under_its_key_it_is_one_image()
    {
        var acme = await api.NewBusiness();
        var teapot = await acme.NewProduct();
        var key = Guid.NewGuid().ToString();
        var first = await acme.Upload(teapot, Png).Key(key).Returns(201);
        (await acme.Upload(teapot, Png).Key(key).Returns(201)).Text.ShouldBe(first.Text);
        await acme.Upload(teapot, Gif).Key(key).Refused(422, "idempotency_key_reused");
        await acme.Upload(teapot, Png).IfMatch("\"v1\"").Refused(412, "stale_version");
        (await acme.Read(teapot)).List("images").Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_that_nothing_names_any_more_goes_a_day_later()
    {
        var shop = await api.NewBusiness(mode: "test");
        var (teapot, mug) = (await shop.NewProduct(), await shop.NewProduct("Mug"));
        var images = new List<JsonElement>();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            images.Add((await shop.Upload(teapot, Png).Returns(201)).Json);
        }

        var (stays, goes, moved) = (images[0], images[1], images[2]);
        await shop.Owner.Delete($"{teapot.Path}/images?url={goes.Text("url")}").Returns(204);
        await shop.Owner.Delete($"{teapot.Path}/images?url={moved.Text("url")}").Returns(204);
        await shop.Owner.Post($"{mug.Path}/images", new { url = moved.Text("url") }).Returns(204);
        (await shop.Advance("PT23H")).Ran().ShouldNotContain("files.sweep");
        (await api.Open(goes)).Status.ShouldBe(HttpStatusCode.OK);

        (await shop.Advance("PT1H")).Ran().ShouldContain("files.sweep");
        (await api.Open(goes)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await api.Open(stays)).Status.ShouldBe(HttpStatusCode.OK);
        (await api.Open(moved)).Status.ShouldBe(HttpStatusCode.OK);

        await shop.Owner.Delete($"{teapot.Path}/images?url={stays.Text("url")}").Returns(204);
        await shop.Owner.Delete($"{mug.Path}/images?url={moved.Text("url")}").Returns(204);
        (await shop.Advance("P1D")).Ran().ShouldContain("files.sweep");
        (await api.Open(stays)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await api.Open(moved)).Status.ShouldBe(HttpStatusCode.NotFound);

        (await shop.Advance("P3D")).Ran().Count(ran => ran == "files.sweep").ShouldBe(1); // there is nothing left to come for
    }

    [Fact]
    public async Task Files_of_a_closed_business_go_with_it()
    {
        var shop = await api.NewBusiness(mode: "test");
        await shop.Owner.SteppedUp();
        var image = (await shop.Upload(await shop.NewProduct(), Png).Returns(201)).Json;
        await shop.Owner.Post("/business/close").Returns(204);
        await shop.Advance("P29D");
        (await api.Open(image)).Status.ShouldBe(HttpStatusCode.OK);
        await shop.Advance("P1D");
        await api.Guest.Get($"~{image.Text("url")}").Until(answer => answer.Status == 404); // by a message of the platform
    }

    [Fact]
    public async Task A_business_keeps_so_much_and_no_more()
    {
        await using var product = new ApiFixture(hasDemo: false, ("Files:BytesPerBusiness", $"{2 * Png.Length}"), ("Files:PublicUrl", "https://cdn.example"));
        await product.InitializeAsync();
        var acme = await product.NewBusiness();
        var teapot = await acme.NewProduct();
        (await acme.Upload(teapot, Png).Returns(201)).Json.Text("url")!.ShouldStartWith($"https://cdn.example/files/{acme.Id}/products/");
        await acme.Upload(teapot, Png).Returns(201);
        await acme.Upload(teapot, Png).Refused(422, "storage_full");
        (await acme.Read(teapot)).List("images").Length.ShouldBe(2);
        await (await product.NewBusiness()).Upload(teapot, Png).Refused(404, "not_found");
    }
}

internal static class ImageStarters
{
    public static byte[] Png => Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    public static byte[] Gif => Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    public static ApiRequest Upload(this TestBusiness business, TestProduct product, byte[] file, string mediaType = "image/png", string query = "") =>
        business.Owner.Post($"{product.Path}/images/upload{query}", new ByteArrayContent(file) { Headers = { ContentType = new(mediaType) } });

    /// <summary>What everybody finds at an image's address.</summary>
    public static async Task<(HttpStatusCode Status, byte[] Content, Dictionary<string, string> Headers)> Open(this ApiFixture api, JsonElement image)
    {
        using var response = await api.Guest.Get($"~{image.Text("url")}").Open();
        return (
            response.StatusCode,
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken),
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }
}
