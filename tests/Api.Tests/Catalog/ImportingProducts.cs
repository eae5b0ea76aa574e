using System.Text;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Catalog;

public sealed class ImportingProducts(ApiFixture api)
{
    [Theory]
    [InlineData("harbour-home.csv", 85, 43, 83)]
    [InlineData("linden-bakery.csv", 84, 46, 83)]
    public async Task Every_row_has_its_result_and_the_same_file_again_changes_nothing(string file, int rows, int products, int variants)
    {
        var acme = await api.NewBusiness();
        var first = await acme.Import(CatalogStarters.Sample(file)).Returns(200);
        first.Counts().ShouldBe($"{products} created, 0 updated, 0 unchanged, 0 failed");
        first.Json.List("rows").Length.ShouldBe(rows);
        first.Json.List("rows").ShouldAllBe(row => row.Text("status") == "created" && row.List("errors").Length == 0);
        var imported = await acme.Products();
        imported.Length.ShouldBe(products);
        imported.Sum(product => product.List("variants").Length).ShouldBe(variants);

        var again = await acme.Import(CatalogStarters.Sample(file)).Returns(200);
        again.Counts().ShouldBe($"0 created, 0 updated, {products} unchanged, 0 failed");
        again.Json.List("rows").ShouldAllBe(row => row.Text("status") == "unchanged");
        again.Position.ShouldBe(first.Position);
        (await acme.Products()).Select(product => product.GetRawText()).ShouldBe(imported.Select(product => product.GetRawText()));
    }

    [Fact]
    public async Task A_changed_price_changes_that_product_alone()
    {
        var acme = await api.NewBusiness();
        var file = Encoding.UTF8.GetString(CatalogStarters.Sample("linden-bakery.csv"));
        var before = await acme.Import(file).Returns(200);
        var after = await acme.Import(file.Replace(",7.60,", ",7.90,", StringComparison.Ordinal)).Returns(200);
        after.Counts().ShouldBe("0 created, 1 updated, 45 unchanged, 0 failed");
        after.Rows().Where(row => !row.EndsWith(" unchanged", StringComparison.Ordinal)).ShouldBe(["4 linden-sourdough updated", "5 linden-sourdough updated"]);
        after.Position.ShouldBe(before.Position + 2);

        (await acme.Products()).Where(product => product.Text("updated_at") != product.Text("created_at")).Texts("handle").ShouldBe(["linden-sourdough"]);
        (await acme.Products("q=linden-sourdough")).Single().GetProperty("price").Cents("max").ShouldBe(790);
    }

    [Fact]
    public async Task What_is_faulty_is_named_by_line_and_column_and_the_rest_is_kept()
    {
        var acme = await api.NewBusiness();
        var report = await acme.Import(CatalogStarters.Fixture("hostile-rows.csv")).Returns(200);
        report.Counts().ShouldBe("11 created, 0 updated, 0 unchanged, 38 failed");
        var rows = report.Rows();
        rows.Length.ShouldBe(72);
        foreach (var row in (string[])
        [
            "10 - ignored",
            "11 tea-towel faulty [Variant Price: number_invalid]",
            "13 tea-towel faulty [Variant Price: number_places] [Variant SKU: sku_duplicate]",
            "15 tea-towel created",
            "16 tea-towel faulty [row: variant_duplicate]",
            "42 f-title faulty [Title: formula_cell]",
            "54 - faulty [Handle: required]",
            "71 r-short faulty [row: row_too_short]",
            "78 last created",
        ])
        {
            rows.ShouldContain(row);
        }

        report.Json.List("rows").Where(row => row.Text("status") == "faulty").ShouldAllBe(row => row.List("errors").Length > 0 && row.Text("variant_id") == null);
        report.Json.List("warnings").Select(warning => $"{warning.Text("line")} {warning.Text("column")} {warning.Text("code")}").ShouldBe(
            ["2 Body (HTML) html_removed", "6 Variant Compare At Price compare_at_not_higher", "22 Title title_differs"]);
        report.Json.Text("encoding").ShouldBe("utf-8-bom");
        (await acme.Products()).Texts("handle").Order().ShouldBe(
            ["f-body", "f-value", "lantern", "last", "o-single", "o-title", "rain-barrel", "t-lines", "tea-towel", "w-draft"]);
        (await acme.Products("status=archived")).Texts("handle").ShouldBe(["w-archived"]);
        (await acme.Products("q=tea-towel")).Single().List("variants").Texts("name").ShouldBe(["Slate", "Plum"]);

        var again = await acme.Import(CatalogStarters.Fixture("hostile-rows.csv")).Returns(200);
        again.Counts().ShouldBe("0 created, 0 updated, 11 unchanged, 38 failed");
        again.Position.ShouldBe(report.Position);
    }

    [Theory]
    [InlineData("hostile-columns-missing.csv", "csv_columns_missing", 1, """["Title","Variant Price"]""")]
    [InlineData("hostile-columns-duplicate.csv", "csv_columns_duplicate", 1, """["Title","Tags"]""")]
    [InlineData("hostile-header.csv", "csv_header_malformed", 1, """["Ti\"tle"]""")]
    [InlineData("hostile-semicolons.csv", "csv_separator", 1, null)]
    [InlineData("hostile-quote-unclosed.csv", "csv_quote_unclosed", 4, null)]
    [InlineData("hostile-nul.csv", "csv_nul_byte", 4, null)]
    [InlineData("hostile-utf16.csv", "csv_nul_byte", 1, null)]
    [InlineData("hostile-empty.csv", "csv_empty", 1, null)]
    public async Task A_broken_file_is_refused_whole_and_says_where_it_broke(string file, string code, int line, string? columns)
    {
        var acme = await api.NewBusiness();
        var refused = await acme.Import(CatalogStarters.Fixture(file)).Refused(400, code);
        refused.Json.GetProperty("line").GetInt32().ShouldBe(line);
        refused.Json.Text("columns").ShouldBe(columns);
        (await acme.Products()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_spreadsheets_save_instead_of_utf8_is_read_with_a_warning()
    {
        var acme = await api.NewBusiness();
        var report = await acme.Import(CatalogStarters.Fixture("hostile-latin1.csv")).Returns(200);
        report.Json.Text("encoding").ShouldBe("windows-1252");
        report.Json.List("warnings").Texts("code").ShouldBe(["encoding_assumed"]);
        (await acme.Products()).Texts("name").ShouldBe(["Crème brûlée für 5 € – “fein”"]);
        (await acme.Import(CatalogStarters.Fixture("hostile-carriage-returns.csv")).Returns(200)).Rows()
            .ShouldBe(["2 teapot created", "4 mug faulty [Variant Price: number_invalid]"]);
    }

    [Fact]
    public async Task Codes_of_products_that_are_there_already_are_refused_row_by_row()
    {
        var acme = await api.NewBusiness();
        await acme.Import("Handle,Title,Variant Price,Variant SKU,Variant Barcode\nteapot,Teapot,5,T-1,4001\n").Returns(200);
        const string mugs = "Handle,Title,Variant Price,Option1 Name,Option1 Value,Variant SKU,Variant Barcode\n"
            + "mug,Mug,5,Colour,Red,M-1,\nmug,,5,,Blue,T-1,\nmug,,5,,Green,,4001\ncup,Cup,5,,,T-1,\n";
        var report = await acme.Import(mugs).Returns(200);
        report.Counts().ShouldBe("1 created, 0 updated, 0 unchanged, 1 failed");
        report.Rows().ShouldBe(
        [
            "2 mug created", "3 mug faulty [Variant SKU: sku_taken]", "4 mug faulty [Variant Barcode: barcode_taken]", "5 cup faulty [Variant SKU: sku_duplicate]",
        ]);
        (await acme.Products()).Texts("name").ShouldBe(["Mug", "Teapot"]);
        (await acme.Import("Handle,Title,Variant Price,Variant SKU\ncup,Cup,5,T-1\n").Returns(200)).Rows().ShouldBe(["2 cup faulty [Variant SKU: sku_taken]"]);
    }

    [Fact]
    public async Task A_quantity_counts_when_it_is_not_what_the_last_file_said()
    {
        var acme = await api.NewBusiness();
        (await Import("10")).ShouldBe((10m, "available"));
        await acme.Owner.Post($"/business/stock/items/{await Teapot()}/adjust", new { delta = -4, reason = "Breakage" }).Returns(204);
        (await Import("10")).ShouldBe((6m, "available"));
        (await Import("12.5")).ShouldBe((12.5m, "available"));
        (await Import("0")).ShouldBe((0m, "depleted"));
        (await Import("")).ShouldBe((0m, "depleted"));

        async Task<Guid> Teapot() => (await acme.Products()).Single().List("variants").Single().GetProperty("id").GetGuid();

        async Task<(decimal OnHand, string? Status)> Import(string quantity)
        {
            await acme.Import($"Handle,Title,Variant Price,Variant Inventory Qty\nteapot,Teapot,5,{quantity}\n").Returns(200);
            var item = (await acme.Owner.Get($"/business/stock/items/{await Teapot()}").Returns(200)).Json;
            return (item.GetProperty("on_hand").GetDecimal(), item.Text("status"));
        }
    }

    [Fact]
    public async Task A_file_of_prices_leaves_everything_else_as_it_is()
    {
        var acme = await api.NewBusiness();
        await acme.Import(
            "Handle,Title,Variant Price,Body (HTML),Vendor,Type,Tags,Published,Variant SKU,Variant Grams,Image Src\n"
            + "teapot,Teapot,5,<p>Pours well</p>,Linden,Kitchen,tea,false,T-1,900,https://shop.example/teapot.svg\n").Returns(200);
        var report = await acme.Import("Handle,Title,Variant Price\nteapot,Teapot,6\n").Returns(200);
        report.Json.List("missing_columns").Select(column => column.GetString()).ShouldContain("Body (HTML)");

        var teapot = (await acme.Products()).Single();
        teapot.GetProperty("price").Cents("min").ShouldBe(600);
        (teapot.Text("description"), teapot.Text("vendor"), teapot.Text("status"), teapot.Text("version")).ShouldBe(("<p>Pours well</p>", "Linden", "draft", "2"));
        teapot.List("images").Texts("url").ShouldBe(["https://shop.example/teapot.svg"]);
        (teapot.List("variants").Single().Text("sku"), teapot.List("variants").Single().Text("weight_grams")).ShouldBe(("T-1", "900"));
    }

    [Fact]
    public async Task Two_at_once_make_the_products_once()
    {
        var acme = await api.NewBusiness();
        var reports = await Task.WhenAll(
            acme.Import(CatalogStarters.Sample("linden-bakery.csv")).Returns(200), acme.Import(CatalogStarters.Sample("linden-bakery.csv")).Returns(200));
        reports.ShouldAllBe(report => report.Json.GetProperty("products").GetProperty("failed").GetInt32() == 0);
        reports.Sum(report => report.Json.GetProperty("products").GetProperty("created").GetInt32()).ShouldBe(46);
        (await acme.Products()).Length.ShouldBe(46);
    }

    [Fact]
    public async Task The_same_request_again_has_the_answer_of_the_first()
    {
        var acme = await api.NewBusiness();
        var first = await acme.Import(CatalogStarters.Sample("linden-bakery.csv")).Key("monday").Returns(200);
        first.Counts().ShouldBe("46 created, 0 updated, 0 unchanged, 0 failed");
        (await acme.Import(CatalogStarters.Sample("linden-bakery.csv")).Key("monday").Returns(200)).Text.ShouldBe(first.Text);
        await acme.Import(CatalogStarters.Sample("harbour-home.csv")).Key("monday").Refused(422, "idempotency_key_reused");
        (await acme.Products()).Length.ShouldBe(46);
    }

    [Fact]
    public async Task A_form_carries_the_file_as_well()
    {
        var acme = await api.NewBusiness();
        (await Post("file", "Handle,Title,Variant Price\nteapot,Teapot,5\n").Returns(200)).Counts().ShouldBe("1 created, 0 updated, 0 unchanged, 0 failed");
        await Post("document", "Handle,Title,Variant Price\n").Refused(400, "file_required");
        await acme.Owner.Import("teapot"u8.ToArray(), "multipart/form-data").Refused(400, "invalid_form");

        ApiRequest Post(string field, string csv) => acme.Owner.Post(
            "/business/products:import", new MultipartFormDataContent { { new StringContent(csv, Encoding.UTF8, "text/csv"), field, "products.csv" } });
    }

    [Fact]
    public async Task What_is_too_large_is_no_csv_or_comes_from_somebody_else_is_refused()
    {
        var acme = await api.NewBusiness();
        await acme.Import(new byte[(5 * 1024 * 1024) + 1]).Refused(413, "body_too_large");
        await acme.Owner.Import("{}"u8.ToArray(), "application/json").Refused(415, "unsupported_media_type");
        await (await api.NewMember(acme, Role.Staff)).Import("Handle"u8.ToArray()).Refused(403, "missing_permission");
        await api.Guest.Import("Handle"u8.ToArray()).Refused(401, "unauthenticated");
    }
}
