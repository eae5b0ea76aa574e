using System.Text.Json.Nodes;
using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Api.Tests.Exports;
using Mainstreet.Api.Tests.Stock;
using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using static Mainstreet.Api.Tests.Imports.ImportStarters;

namespace Mainstreet.Api.Tests.Imports;

/// <summary>Stock of further locations comes and goes with files (STK-07).</summary>
public sealed class ImportingStockOfLocations(ApiFixture api)
{
    [Fact]
    public async Task A_row_names_its_location_by_its_name_or_by_its_id()
    {
        var shop = await api.NewBusiness();
        var teapot = await shop.NewProduct(sku: "T-1", stock: new { quantity = 3 });
        var (harbour, attic) = (await shop.NewLocation(), await shop.NewLocation("Attic"));
        await shop.Owner.Post($"/business/locations/{attic}/retire").Returns(204);

        var import = await shop.Owner.Imported("stock", File(
            "sku,location,location_id,on_hand,minimum", "T-1,HARBOUR,,5,2", $"T-1,{harbour},,6,", $"T-1,,{harbour},7,", "T-1,Main location,,4,", "T-1,,,3,", "T-1,Cellar,,1,", $"T-1,,{Guid.NewGuid()},1,",
            "T-1,Attic,,1,", $"T-1,,{attic},1,", $"T-1,,{LocationId.Default},9,"));

        import.Errors.ShouldBe(["6 /location location_unknown", "7 /location_id location_unknown", "8 /location location_unknown", "9 /location_id location_retired"]);
        import.Rows.ShouldBe([10, 0, 6, 0, 4]);
        (await shop.OnHandAt(teapot.VariantId, harbour), await shop.OnHandAt(teapot.VariantId, LocationId.Default.Value)).ShouldBe((7, 9));
    }

    [Fact]
    public async Task No_row_of_products_takes_the_place_of_a_ledger()
    {
        var shop = await api.NewBusiness();
        var (teapot, harbour) = (await shop.NewProduct(sku: "T-1", stock: new { quantity = 3 }), await shop.NewLocation());
        var ledger = StockItem.StreamOf(new(teapot.VariantId), new(harbour)); // which is not there yet
        var derived = Uuid.Named("variant", "pan");
        string Row(string handle, object? id, object? variant) =>
            $$"""{"handle":"{{handle}}","name":"{{handle}}","id":{{Text(id)}},"variants":[{"id":{{Text(variant)}},"price":{"amount":100,"currency":"EUR"} }] }""";

        var import = await shop.Owner.Imported("products", File(
            Row("cup", null, ledger), Row("jug", ledger, null), Row("mug", LocationId.Default, null), Row("bowl", Guid.CreateVersion7(), Guid.NewGuid()), Row("pan", Uuid.Named("product", "pan"), derived)), "ndjson");
        import.Errors.ShouldBe(["1 /variants/0/id id_reserved", "2 /id id_reserved", "3 /id id_reserved"]);
        import.Rows.ShouldBe([5, 2, 0, 0, 3]);
        (await shop.Owner.Imported("products", File(Row("pot", Uuid.Named("product", "pan"), derived)), "ndjson")).Rows.ShouldBe([1, 0, 1, 0, 0]); // known by now, though its handle changed

        await shop.Transfer(teapot.VariantId, 2, harbour).Returns(201);
        (await shop.OnHandAt(teapot.VariantId, harbour)).ShouldBe(2);

        static string Text(object? id) => id is null ? "null" : $"\"{id}\"";
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("ndjson")]
    public async Task What_one_business_exports_another_one_with_the_same_locations_imports(string format)
    {
        var (from, to) = (await api.NewBusiness(), await api.NewBusiness());
        var teapot = await from.NewProduct(sku: "T-1", stock: new { quantity = 3, minimum = 1 });
        var harbour = await from.NewLocation();
        await from.Transfer(teapot.VariantId, 2, harbour).Returns(201);
        await from.Owner.Put($"{teapot.Stock}/policy", new { policy = "backorder", location_id = harbour }).Returns(204);
        await to.Owner.Post("/business/locations", new { id = harbour, name = "Quay" }).Returns(201);
        foreach (var list in (string[])["products", "stock"])
        {
            var file = await Exported(from, list, format);
            var import = await to.Owner.Imported(list, file, format);
            import.Errors.ShouldBeEmpty();
            (await to.Owner.Imported(list, file, format)).Rows[3].ShouldBe(import.Rows[0]);
        }

        Comparable(await Exported(to, "stock", "ndjson")).ShouldBe(Comparable(await Exported(from, "stock", "ndjson")));
        (await to.OnHandAt(teapot.VariantId, harbour)).ShouldBe(2);
    }

    private async Task<string> Exported(TestBusiness shop, string list, string format) =>
        (await api.Guest.Get((await shop.Owner.NewExport(list, format)).Link.Path).Returns(200)).Text;

    /// <summary>But for when it happened, and in how many steps.</summary>
    private static string[] Comparable(string ndjson) => [.. ndjson.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
    {
        var row = JsonNode.Parse(line)!.AsObject();
        Array.ForEach(["updated_at", "version"], member => row.Remove(member));
        return row.ToJsonString();
    })];
}
