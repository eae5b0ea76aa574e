using System.Text;
using System.Text.Json;
using Mainstreet.Domain;

namespace Mainstreet.Api.Tests.Catalog;

/// <summary>A product with one variant.</summary>
public sealed record TestProduct(Guid Id, Guid VariantId)
{
    public string Path => $"/business/products/{Id}";

    public string Variant => $"{Path}/variants/{VariantId}";

    public string Stock => $"/business/stock/items/{VariantId}";
}

internal static class CatalogStarters
{
    public static byte[] Sample(string name) => File.ReadAllBytes(Repository.PathOf("samples", "catalog", name));

    public static byte[] Fixture(string name) => File.ReadAllBytes(Repository.PathOf("tests", "fixtures", "catalog", name));

    public static ApiRequest Import(this TestBusiness business, string csv) => business.Import(Encoding.UTF8.GetBytes(csv));

    public static ApiRequest Import(this TestBusiness business, byte[] csv) => business.Owner.Import(csv);

    public static ApiRequest Import(this Session session, byte[] csv, string mediaType = "text/csv") =>
        session.Post("/business/products:import", new ByteArrayContent(csv) { Headers = { ContentType = new(mediaType) } });

    public static Money Eur(long cents) => new(cents, "EUR");

    public static async Task<TestProduct> NewProduct(
        this TestBusiness business, string name = "Teapot", long price = 500, bool publish = false, Guid? category = null, string? sku = null, object? stock = null) =>
        (await business.Owner.Post("/business/products", new { name, category_id = category, variants = new[] { new { price = Eur(price), sku, stock } }, publish }).Returns(201))
            .Product();

    public static TestProduct Product(this ApiAnswer created) => new(created.Id, created.Json.List("variants")[0].GetProperty("id").GetGuid());

    public static async Task<Guid> NewCategory(this TestBusiness business, string name, Guid? parent = null) =>
        (await business.Owner.Post("/business/categories", new { name, parent_id = parent }).Returns(201)).Id;

    public static async Task<JsonElement> Read(this TestBusiness business, TestProduct product) => (await business.Owner.Get(product.Path).Returns(200)).Json;

    /// <summary>The whole catalogue of a small business, by name.</summary>
    public static async Task<JsonElement[]> Products(this TestBusiness business, string query = "") =>
        (await business.Owner.Get($"/business/products?limit=100&{query}").Returns(200)).Data;

    /// <summary>All rows of a list, by following its cursors.</summary>
    /// <param name="path">With a query, such as a limit.</param>
    public static async Task<JsonElement[]> Pages(this Session session, string path)
    {
        var rows = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = await session.Get(cursor is null ? path : $"{path}&cursor={cursor}").Returns(200);
            rows.AddRange(page.Data);
            rows.Select(row => row.Text("id") ?? row.Text("variant_id")).ShouldBeUnique();
            cursor = page.Json.Text("next_cursor");
            page.Json.GetProperty("has_more").GetBoolean().ShouldBe(cursor is not null);
        }
        while (cursor is not null);
        return [.. rows];
    }

    /// <summary>How the products of a file fared: "2 created, 0 updated, 0 unchanged, 1 failed".</summary>
    public static string Counts(this ApiAnswer report) =>
        string.Join(", ", report.Json.GetProperty("products").EnumerateObject().Select(count => $"{count.Value} {count.Name}"));

    /// <summary>How each row fared: "4 mug faulty [Variant Price: number_invalid]".</summary>
    public static string[] Rows(this ApiAnswer report) =>
    [
        .. report.Json.List("rows").Select(row => string.Join(
            ' ',
            [
                row.Text("line"), row.Text("handle") ?? "-", row.Text("status"),
                .. row.List("errors").Select(error => $"[{error.Text("column") ?? "row"}: {error.Text("code")}]"),
            ])),
    ];
}
