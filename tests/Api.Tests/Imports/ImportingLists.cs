using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Mainstreet.Api.Tests.ApiKeys;
using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Exports;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Webhooks;
using Mainstreet.Domain.Identity;
using static Mainstreet.Api.Tests.Imports.ImportStarters;

namespace Mainstreet.Api.Tests.Imports;

public sealed class ImportingLists(ApiFixture api)
{
    [Fact]
    public async Task A_file_becomes_rows_and_the_same_file_again_changes_nothing()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness();
        await shop.NewWebhook(receiver, ["import.*"]);
        const string file = "\uFEFFname;display_order;active\r\nGarden;1;true\r\n\"Pots;\r\nPans\";2;FALSE\r\n";

        var first = await shop.Owner.Imported("categories", file);

        first.Rows.ShouldBe([2, 2, 0, 0, 0]);
        (first.Json.GetProperty("total").GetInt32(), first.Json.GetProperty("bytes").GetInt32()).ShouldBe((2, Encoding.UTF8.GetByteCount(file)));
        var told = await receiver.Next();
        (told.Type, told.Subject, told.Json.GetProperty("data").GetProperty("counts").GetProperty("created").GetInt32()).ShouldBe(("import.completed", first.Id, 2));
        var categories = (await shop.Owner.Get("/business/categories").Returns(200)).Json.ToString();
        categories.ShouldContain("Garden");
        categories.ShouldContain("pots-pans");
        var again = await shop.Owner.Imported("categories", file);
        again.Rows.ShouldBe([2, 0, 0, 2, 0]);
        (await shop.Owner.Imported("categories", File("slug,name", "garden,Gardens"))).Rows.ShouldBe([1, 0, 1, 0, 0]);
        (await shop.Owner.Get("/imports?limit=1").Returns(200)).Data.ShouldHaveSingleItem().GetProperty("rows").GetProperty("updated").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("ndjson")]
    public async Task What_one_business_exports_another_one_imports_and_exports_the_same(string format)
    {
        var (from, to) = (await api.NewBusiness(), await api.NewBusiness());
        await Furnish(from);
        foreach (var list in (string[])["categories", "option_groups", "products", "stock"])
        {
            var file = await Exported(from, list, format);
            var import = await to.Owner.Imported(list, file, format);
            import.Errors.ShouldBeEmpty();
            Comparable(await Exported(to, list, "ndjson")).ShouldBe(Comparable(await Exported(from, list, "ndjson")), $"{list} {file}");
            (await to.Owner.Imported(list, file, format)).Rows[3].ShouldBe(import.Rows[0]);
        }
    }

    [Fact]
    public async Task Of_a_category_s_image_a_row_changes_what_it_says()
    {
        var shop = await api.NewBusiness();
        const string Garden = "https://shop.example/garden.png";
        const string Lawn = "https://shop.example/lawn.png";
        (await shop.Owner.Imported("categories", File("slug,name,image.url,image.alt", $"garden,Garden,{Garden},Roses", "pots,Pots,,"))).Rows.ShouldBe([2, 2, 0, 0, 0]);
        (await After("slug,image.url", $"garden,{Lawn}")).ShouldBe((1, Lawn, "Roses"));
        (await After("slug,image.url", $"garden,{Lawn}")).ShouldBe((0, Lawn, "Roses"));
        (await After("slug,image.alt", "garden,")).ShouldBe((1, Lawn, null));
        (await After("slug,image.alt", "garden,Grass")).ShouldBe((1, Lawn, "Grass"));
        (await After("slug,image.url,image.alt", $"garden,{Lawn},")).ShouldBe((1, Lawn, null));
        (await After("slug,display_order", "garden,4")).ShouldBe((1, Lawn, null));
        (await After("""{"slug":"garden","image":{"alt":"Green"}}""")).ShouldBe((1, Lawn, "Green"));
        (await After("""{"slug":"garden","image":{}}""")).ShouldBe((0, Lawn, "Green"));
        (await After("slug,image.url", "garden,")).ShouldBe((1, null, null));
        (await After("slug,image.alt", "garden,")).ShouldBe((0, null, null));
        (await shop.Owner.Imported("categories", File("slug,image.alt", "pots,Clay"))).Errors.ShouldBe(["1 /image/url required"]);
        (await After("""{"slug":"garden","image":{"url":"https://shop.example/lawn.png"}}""")).ShouldBe((1, Lawn, null));
        (await After("""{"slug":"garden","image":null}""")).ShouldBe((1, null, null));

        async Task<(int Updated, string? Url, string? Alt)> After(params string[] lines)
        {
            var import = await shop.Owner.Imported("categories", File(lines), lines is [_] ? "ndjson" : "csv");
            import.Errors.ShouldBeEmpty();
            var garden = (await shop.Owner.Get("/business/categories").Returns(200)).Data.Single(category => category.Text("slug") == "garden");
            return garden.TryGetProperty("image", out var image) ? (import.Rows[2], image.Text("url"), image.Text("alt")) : (import.Rows[2], null, null);
        }
    }

    [Fact]
    public async Task Option_groups_are_known_by_their_names_and_products_name_those_that_there_are()
    {
        var shop = await api.NewBusiness();
        const string sauces = """{"name":"Sauces","max_selections":2,"choices":[{"name":"Chili","price":{"amount":50,"currency":"EUR"}},{"name":"Garlic"}]}""";
        (await shop.Owner.Imported("option_groups", File(sauces), "ndjson")).Rows.ShouldBe([1, 1, 0, 0, 0]);
        (await shop.Owner.Imported("option_groups", File(sauces), "ndjson")).Rows.ShouldBe([1, 0, 0, 1, 0]);
        var group = (await shop.Owner.Get("/business/option-groups").Returns(200)).Data.ShouldHaveSingleItem();
        var garlic = group.List("choices")[1].GetProperty("id").GetGuid();
        await shop.Owner.Put($"/business/option-groups/{group.Text("id")}/choices/{garlic}/availability", new { available = false }).Returns(204);

        var import = await shop.Owner.Imported("option_groups", File(
            """{"name":"Sauces","choices":[{"name":"Garlic","price":{"amount":10,"currency":"EUR"}}]}""", """{"name":"Dips"}""", """{"name":"Dips","choices":[{}]}""",
            """{"name":"Dips","choices":[{"name":"Mint","price":{"amount":1,"currency":"USD"}}]}""", """{"name":"Dips","min_selections":2,"max_selections":1,"choices":[{"name":"Mint"}]}"""), "ndjson");
        import.Errors.ShouldBe(["2 /choices required", "3 /choices/0/name required", "4 /choices/0/price/currency currency_mismatch", "5  selections_invalid"]);
        var left = (await shop.Owner.Get($"/business/option-groups/{group.Text("id")}").Returns(200)).Json.List("choices").ShouldHaveSingleItem();
        (left.GetProperty("id").GetGuid(), left.Cents("price"), left.GetProperty("available").GetBoolean()).ShouldBe((garlic, 10, false));

        const string variants = """ "variants":[{"price":{"amount":100,"currency":"EUR"}}] """;
        var products = await shop.Owner.Imported("products", File(
            $$"""{"handle":"pot","name":"Pot","option_groups":["{{group.Text("id")}}"],{{variants}} }""", $$"""{"handle":"pan","name":"Pan","option_groups":["{{Guid.NewGuid()}}"],{{variants}} }""",
            $$"""{"handle":"pan","name":"Pan","option_groups":[null],{{variants}} }"""), "ndjson");
        products.Errors.ShouldBe(["2 /option_groups/0 option_group_unknown", "3 /option_groups/0 required"]);
        (await shop.Owner.Imported("products", File($$"""{"handle":"pot","name":"Pots",{{variants}} }"""), "ndjson")).Rows.ShouldBe([1, 0, 1, 0, 0]);
        (await shop.Products()).ShouldHaveSingleItem().List("option_group_ids").Length.ShouldBe(1);
        (await shop.Owner.Imported("products", File($$"""{"handle":"pot","name":"Pots","option_groups":[],{{variants}} }"""), "ndjson")).Rows.ShouldBe([1, 0, 1, 0, 0]);
        (await shop.Products()).ShouldHaveSingleItem().List("option_group_ids").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_faulty_row_is_told_and_takes_no_other_with_it()
    {
        var shop = await api.NewBusiness();
        var teapot = await shop.NewProduct(sku: "T-1", stock: new { quantity = 3 });

        var import = await shop.Owner.Imported("stock", File(
            "sku,on_hand,minimum", "T-1,12.5,2", "T-2,1,0", "T-1,lots,0", "T-1,-4,0", "T-1,1", "\"T\"-1,1,0", ",1,0"));

        import.Rows.ShouldBe([7, 0, 1, 0, 6]);
        import.Errors.ShouldBe(
        [
            "2 /sku variant_unknown", "3 /on_hand cell_invalid", "4 /on_hand invalid_quantity", "5  row_too_short", "6 /sku quote_stray", "7 /variant_id variant_unknown",
        ]);
        (await shop.Owner.Get(teapot.Stock).Returns(200)).Json.GetProperty("on_hand").GetDecimal().ShouldBe(12.5m);
        var page = await shop.Owner.Get($"/imports/{import.Id}/errors?limit=4").Returns(200);
        page.Data.Select(error => error.GetProperty("line").GetInt32()).ShouldBe([3, 4, 5, 6]);
        (await shop.Owner.Get($"/imports/{import.Id}/errors?limit=4&cursor={page.Json.Text("next_cursor")}").Returns(200)).Data.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Ten_thousand_rows_of_which_ten_are_faulty_are_nine_thousand_nine_hundred_and_ninety()
    {
        var shop = await api.NewBusiness();
        await shop.NewProduct(sku: "T-1");
        var file = File(["sku,on_hand", .. Enumerable.Range(1, 10_000).Select(row => row % 1000 == 0 ? "T-2,5" : "T-1,5")]);

        var import = await shop.Owner.Imported("stock", file);

        import.Rows.ShouldBe([10_000, 0, 1, 9_989, 10]);
        import.Errors.ShouldBe(Enumerable.Range(1, 10).Select(thousand => $"{thousand}000 /sku variant_unknown"));
        (await shop.Owner.Imported("stock", file)).Rows.ShouldBe([10_000, 0, 0, 9_990, 10]);
    }

    [Fact]
    public async Task Members_of_another_sort_and_unknown_ones_are_named()
    {
        var shop = await api.NewBusiness();
        await shop.NewProduct(sku: "T-1");
        const string variant = """{"price":{"amount":100,"currency":"EUR"}}""";

        var import = await shop.Owner.Imported("products", File(
            $$"""{"handle":"pot","name":"Pot","variants":[{{variant}}]}""",
            """{"handle":"pot","name":"Pot","variants":[{"price":{"amount":"a lot","currency":"EUR"}}]}""",
            """{"handle":"pot","name":"Pot","variants":[{"price":{"amount":1,"currency":"USD"}}]}""",
            """{"handle":"cup","name":"Cup","variants":[{"price":{"amount":1,"currency":"EUR"},"details":{"sku":"T-1"}}]}""",
            $$"""{"handle":"pan","name":"Pan","category_id":"{{Guid.NewGuid()}}","variants":[{{variant}}]}""",
            """{"handle":"pan","name":"Pan","colour":"red"}""", """{"handle":"pan","handle":"pot"}""", """{"handle":"a\ud800b"}""", """{"handle":"a\u0000b"}""", """{"a\ud800bcdefgh":1}""", "[1]", "{",
            """{"handle":"pan"}""", """{"name":"Pan","variants":[null]}"""), "ndjson");

        import.Errors.ShouldBe(
        [
            "2 /variants/0/price/amount value_invalid", "3 /variants/0/price/currency currency_mismatch", "4 /variants/0/details/sku sku_taken", "5 /category_id category_unknown",
            "6 /colour member_unknown", "7  row_invalid", "8  row_invalid", "9  row_invalid", "10  row_invalid", "11  row_invalid", "12  row_invalid",
            "13 /variants required", "14 /variants/0 required",
        ]);
        import.Rows.ShouldBe([14, 1, 0, 0, 13]);
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_become_of_the_rows()
    {
        var shop = await api.NewBusiness();
        var import = await shop.Owner.Imported("categories", File("name,slug", "Garden,garden", "Pots,not a slug"), dryRun: true);
        import.Rows.ShouldBe([2, 1, 0, 0, 1]);
        import.Errors.ShouldBe(["2  slug_invalid"]);
        (await shop.Owner.Get("/business/categories").Returns(200)).Json.ToString().ShouldNotContain("Garden");
    }

    [Fact]
    public async Task One_file_is_taken_whole_and_is_what_its_sender_says()
    {
        var shop = await api.NewBusiness(mode: "test");
        var owner = shop.Owner;
        var (file, other) = (File("name", "Garden"), File("name", "Kitchen"));
        var digest = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(file)))}:";
        var id = await owner.NewImport("categories", "csv");

        (await owner.Upload(id, other).With("Content-Digest", digest).Refused(400, "digest_mismatch")).Json.Text("sha256").ShouldNotBeNull();
        await owner.Upload(id, file).With("Repr-Digest", "sha-256=x").Refused(400, "invalid_digest");
        await owner.Upload(id, Encoding.UTF8.GetBytes(file), "application/json").Refused(415, "unsupported_media_type");
        await owner.Upload(id, file).With("Repr-Digest", digest).Returns(204);
        await owner.Completed(id);
        await owner.Upload(id, file).Returns(204);
        await owner.Upload(id, other).Refused(409, "import_ended");
        await owner.Post($"/imports/{id}/cancel").Refused(409, "import_ended");
        await owner.Post("/imports", new { list = "categories", id }).Refused(409, "already_exists");
        var canceled = await owner.NewImport("categories", "csv");
        await owner.Post($"/imports/{canceled}/cancel").Returns(204);
        await owner.Upload(canceled, file).Refused(409, "import_ended");
        await Gone(id, "parts");

        await shop.Advance("P8D");
        (await owner.Get($"/imports/{id}").Returns(200)).Json.Text("status").ShouldBe("expired");
        await owner.Get($"/imports/{id}/errors").Refused(410, "import_errors_gone");
        await Gone(id, "errors");

        Task Gone(Guid import, string kept) => new WholeDatabase(api.Database).Until($"select count(*) from import_{kept} where import_id = '{import}'", 0);
    }

    [Fact]
    public async Task Nobody_imports_what_they_cannot_change_or_what_there_is_not()
    {
        var shop = await api.NewBusiness();
        var owner = shop.Owner;
        await (await api.NewBusiness(owner: await api.NewUser())).Owner.Post("/imports", new { list = "stock" }).Refused(403, "step_up_required");
        await owner.Post("/imports", new { list = "customers" }).Refused(400, "validation_failed");
        await owner.Post("/imports", new { list = "stock", format = "xlsx" }).Refused(400, "invalid_json");
        var warehouse = (await api.NewKey(shop, "data:import", "stock:write")).Program;
        await warehouse.Post("/imports", new { list = "products" }).Refused(403, "import_list_forbidden");
        await warehouse.Upload(await owner.NewImport("products"), File("handle", "pot")).Refused(403, "import_list_forbidden");
        await (await api.NewMember(shop, Role.Staff)).Post("/imports", new { list = "stock" }).Refused(403, "missing_permission");
        for (var more = 0; more < 4; more++)
        {
            await owner.NewImport("stock");
        }

        await owner.Post("/imports", new { list = "stock" }).Refused(409, "too_many_imports");
    }

    private static async Task Furnish(TestBusiness shop)
    {
        var garden = await shop.NewCategory("=HYPERLINK(\"http://evil.example\")");
        var above = await shop.NewCategory("'+1, \"quoted\"\nand more");
        await shop.Owner.Patch($"/business/categories/{garden}", new { parent_id = above, display_order = 3 }).Returns(204);
        await shop.Owner.Patch($"/business/categories/{above}", new { active = false }).Returns(204);
        await shop.Owner.Post("/business/products", new
        {
            name = "@Watering can",
            description = "<p>Pours, well; \"always\"</p>",
            vendor = "''-Linden",
            category_id = garden,
            tags = new[] { "=a", "b,c" },
            preparation_minutes = 15,
            images = new[] { new { url = "https://shop.example/1.png", alt = "=1", position = 7 }, new { url = "https://shop.example/2.png", alt = "-2", position = 4 } },
            primary_image = "https://shop.example/1.png",
            variants = new[] { Variant("green", "=G-1", 4.5m), Variant("red", "R-1", 0m) },
            publish = true,
        }).Returns(201);
        var roses = await shop.NewOptionGroup("=Roses", 0, 2, new { name = "'Brass", price = CatalogStarters.Eur(150), limit = 2 }, new { name = "Steel", @default = true, available = false });
        var away = await shop.NewOptionGroup("Away", 1, 1, new { name = "None" });
        await shop.Owner.Delete(away.Path).Returns(204);
        await shop.SetOptionGroups(await shop.NewProduct("Hose"), roses.Id).Returns(204);
        var vase = await shop.NewProduct("Vase");
        await shop.Owner.Put($"{vase.Path}/translations/he", new { name = "=אגרטל", description = "<p>'a; b</p>" }).Returns(204);
        await shop.Owner.Put($"{vase.Path}/translations/ms", new { name = "Pasu" }).Returns(204);
        await shop.Owner.Put($"/business/categories/{garden}/translations/he", new { name = "-גן" }).Returns(204);
        await shop.Owner.Put($"/business/categories/{garden}/image", new { url = "https://shop.example/garden.png", alt = "=Roses, \"red\"" }).Returns(204);
        var gone = await shop.NewProduct("Gone", price: 9_000_000_000);
        await shop.Owner.Delete(gone.Path).Returns(204);
        await shop.NewProduct("Draft", sku: "D-1", stock: new { policy = "untracked" });
    }

    private static object Variant(string colour, string sku, decimal quantity) => new
    {
        price = CatalogStarters.Eur(1200),
        compare_at_price = CatalogStarters.Eur(1500),
        options = new[] { new { name = "Colour", value = colour } },
        sku,
        stock = new { policy = "backorder", quantity, minimum = 2 },
    };

    private async Task<string> Exported(TestBusiness shop, string list, string format) =>
        (await api.Guest.Get((await shop.Owner.NewExport(list, format)).Link.Path).Returns(200)).Text;

    /// <summary>But for when it happened, and in how many steps.</summary>
    private static string[] Comparable(string ndjson) => [.. ndjson.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
    {
        var row = JsonNode.Parse(line)!.AsObject();
        Array.ForEach(["created_at", "updated_at", "version"], member => row.Remove(member));
        return row.ToJsonString();
    })];
}
