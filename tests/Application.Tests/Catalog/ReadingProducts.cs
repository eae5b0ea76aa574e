using System.Text;
using System.Text.Json;
using Mainstreet.Application.Catalog.Import;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Stock;

namespace Mainstreet.Application.Tests.Catalog;

public class ReadingProducts
{
    [Fact]
    public void A_product_has_its_details_variants_and_images()
    {
        var product = CatalogFiles.ReadFixture("hostile-rows.csv").Products[0];

        product.Id.ShouldBe(new ProductId(Uuid.Named("product", "rain-barrel")));
        product.Title.ShouldBe("Rain \"Barrel\"");
        product.DescriptionHtml.ShouldBe("<p>Holds 120 l,\nstands anywhere.</p>");
        product.Vendor.ShouldBe("Harbour, Sons & Co");
        product.Category.ShouldBe("Garden");
        product.Tags.ShouldBe(["water", "garden"]);
        product.Status.ShouldBe(ProductStatus.Published);
        product.OptionNames.ShouldBe(["Colour", "Size"]);
        product.Images.ShouldBe(
        [
            new("https://shop.example/images/barrel-grey.svg", null),
            new("https://shop.example/images/barrel-green.svg", "Green barrel"),
            new("https://shop.example/images/barrel-detail.svg", null),
        ]);
        product.Variants.Select(v => v with { OptionValues = [] }).ShouldBe(
        [
            new(IdOf("Green", "120 l"), 2, "Green / 120 l", [], Euros(8990), Euros(9990), Euros(4150), 3, null, 9501, "00120", "4001234567897", true, true),
            new(IdOf("Green", "200 l"), 5, "Green / 200 l", [], Euros(11900), null, null, null, StockPolicy.Backorder, null, null, null, false, true),
            new(IdOf("Grey", "120 l"), 6, "Grey / 120 l", [], Euros(8990), null, null, 0.125m, StockPolicy.Untracked, null, null, null, true, false),
        ]);
        product.Variants[2].OptionValues.ShouldBe(["Grey", "120 l"]);

        static Money Euros(long cents) => new(cents, "EUR");
        static VariantId IdOf(string colour, string size) => new(Uuid.Named("variant", "rain-barrel", colour, size));
    }

    [Theory]
    [InlineData("19.99", "EUR", 1999)]
    [InlineData("19.9", "EUR", 1990)]
    [InlineData("19.990", "EUR", 1999)]
    [InlineData("0", "EUR", 0)]
    [InlineData("1500", "JPY", 1500)]
    [InlineData("1500.00", "JPY", 1500)]
    [InlineData("1.235", "KWD", 1235)]
    [InlineData("10000000000", "EUR", 1_000_000_000_000)]
    public void Prices_become_minor_units_exactly(string price, string currency, long expected) =>
        CatalogFiles.ReadRow("Tags", "", price, currency).Products.ShouldHaveSingleItem().Variants[0].Price.ShouldBe(new(expected, currency));

    [Theory]
    [InlineData("19.999", "EUR")]
    [InlineData("1500.5", "JPY")]
    public void A_price_with_more_places_than_its_currency_is_an_error(string price, string currency) =>
        CatalogFiles.ReadRow("Tags", "", price, currency).Rows[0].Errors.ShouldHaveSingleItem().Code.ShouldBe(RowErrors.NumberPlaces);

    [Fact]
    public void Default_title_means_one_variant_without_options()
    {
        var product = CatalogFiles.ReadRow("Option1 Name,Option1 Value", "Title,Default Title").Products.ShouldHaveSingleItem();

        product.OptionNames.ShouldBeEmpty();
        var variant = product.Variants.ShouldHaveSingleItem();
        variant.Id.ShouldBe(new VariantId(Uuid.Named("variant", "teapot")));
        variant.Name.ShouldBe("Teapot");
    }

    [Theory]
    [InlineData("true", "", ProductStatus.Published)]
    [InlineData("", "", ProductStatus.Published)]
    [InlineData("false", "", ProductStatus.Draft)]
    [InlineData("false", "active", ProductStatus.Draft)]
    [InlineData("true", "draft", ProductStatus.Draft)]
    [InlineData("true", "unlisted", ProductStatus.Draft)]
    [InlineData("true", "archived", ProductStatus.Archived)]
    public void Published_and_status_together_decide(string published, string status, ProductStatus expected) =>
        CatalogFiles.ReadRow("Published,Status", $"{published},{status}").Products.ShouldHaveSingleItem().Status.ShouldBe(expected);

    [Theory]
    [InlineData("", "deny", StockPolicy.Deny)]
    [InlineData("shopify", "", null)]
    [InlineData("none", "", StockPolicy.Untracked)]
    [InlineData("", "continue", StockPolicy.Backorder)]
    [InlineData("none", "deny", StockPolicy.Untracked)]
    public void A_blank_tracker_counts_as_tracked(string tracker, string policy, StockPolicy? expected) =>
        CatalogFiles.ReadRow("Variant Inventory Tracker,Variant Inventory Policy", $"{tracker},{policy}")
            .Products.ShouldHaveSingleItem().Variants[0].StockPolicy.ShouldBe(expected);

    [Fact]
    public void Headers_are_found_in_any_order_and_case()
    {
        var import = CatalogFiles.ReadText("variant price , TITLE,handle,google shopping / mpn,,Shelf\n5,Teapot,teapot,x,,\n");

        import.Products.ShouldHaveSingleItem().Title.ShouldBe("Teapot");
        import.UnknownColumns.ShouldBe(["(column 5)", "Shelf"]);
    }

    [Fact]
    public void Handles_that_differ_in_case_only_are_one_product() =>
        CatalogFiles.ReadText("Handle,Title,Variant Price,Option1 Name,Option1 Value\nTea-Pot,Teapot,5,Size,S\ntea-pot,,6,,L\n")
            .Products.ShouldHaveSingleItem().Variants.Count.ShouldBe(2);

    [Fact]
    public async Task The_same_file_always_gives_the_same_answer()
    {
        var bytes = await File.ReadAllBytesAsync(CatalogFiles.PathOf("tests", "fixtures", "catalog", "hostile-rows.csv"), TestContext.Current.CancellationToken);

        using var stream = new MemoryStream(bytes);
        var read = await ProductCsv.Read(stream, "EUR", TestContext.Current.CancellationToken);
        JsonSerializer.Serialize(read).ShouldBe(JsonSerializer.Serialize(ProductCsv.Read(bytes, "EUR")));
    }

    [Fact]
    public void A_byte_order_mark_changes_nothing_but_the_encoding()
    {
        const string csv = "Handle,Title,Variant Price\nteapot,Té,5\n";

        var plain = ProductCsv.Read(Encoding.UTF8.GetBytes(csv), "EUR");
        var marked = ProductCsv.Read([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(csv)], "EUR");
        plain.DetectedEncoding.ShouldBe("utf-8");
        JsonSerializer.Serialize(marked with { DetectedEncoding = "utf-8" }).ShouldBe(JsonSerializer.Serialize(plain));
    }
}
