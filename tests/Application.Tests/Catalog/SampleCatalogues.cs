using Mainstreet.Application.Catalog.Import;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Stock;

namespace Mainstreet.Application.Tests.Catalog;

public class SampleCatalogues
{
    private const string ImageFolder = "http://localhost:5080/samples/catalog/images/";

    public static TheoryData<string> Files => ["harbour-home.csv", "linden-bakery.csv"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_row_is_taken_and_every_product_keeps_the_rules(string file)
    {
        var import = CatalogFiles.ReadSample(file);

        import.Rows.ShouldAllBe(row => row.Status == RowStatus.Ok);
        import.Warnings.ShouldBeEmpty();
        import.UnknownColumns.ShouldBeEmpty();
        import.MissingColumns.ShouldBeEmpty();
        import.Products.Count.ShouldBeGreaterThanOrEqualTo(40);
        foreach (var product in import.Products)
        {
            Product.Create(product.Id, CatalogFiles.DraftOf(product), DateTimeOffset.UnixEpoch).ShouldNotBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_shows_what_a_catalogue_can_hold(string file)
    {
        var products = CatalogFiles.ReadSample(file).Products;
        var variants = products.SelectMany(p => p.Variants).ToArray();

        products.ShouldContain(p => p.OptionNames.Count == 0);
        products.ShouldContain(p => p.OptionNames.Count == 2);
        products.ShouldContain(p => p.Images.Count > 1);
        products.ShouldContain(p => p.Images.Count > p.Variants.Count);
        products.ShouldContain(p => p.Status == ProductStatus.Draft);
        products.ShouldAllBe(p => p.DescriptionHtml != null && p.Category != null && p.Images.Count > 0);
        variants.ShouldContain(v => v.CompareAtPrice != null);
        Enum.GetValues<StockPolicy>().ShouldAllBe(policy => variants.Any(v => v.StockPolicy == policy));
    }

    [Fact]
    public void Every_image_of_the_catalogues_is_there_and_no_other()
    {
        var named = Files.SelectMany(file => CatalogFiles.ReadSample(file.Data).Products).SelectMany(p => p.Images).Select(image => image.Url);
        var present = Directory.EnumerateFiles(CatalogFiles.PathOf("samples", "catalog", "images")).Select(path => ImageFolder + Path.GetFileName(path));

        named.Order(StringComparer.Ordinal).ShouldBe(present.Order(StringComparer.Ordinal));
    }
}
