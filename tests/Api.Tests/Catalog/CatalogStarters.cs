using System.Text;
using System.Text.Json;

namespace Mainstreet.Api.Tests.Catalog;

internal static class CatalogStarters
{
    public static byte[] Sample(string name) => File.ReadAllBytes(Repository.PathOf("samples", "catalog", name));

    public static byte[] Fixture(string name) => File.ReadAllBytes(Repository.PathOf("tests", "fixtures", "catalog", name));

    public static ApiRequest Import(this TestBusiness business, string csv) => business.Import(Encoding.UTF8.GetBytes(csv));

    public static ApiRequest Import(this TestBusiness business, byte[] csv) => business.Owner.Import(csv);

    public static ApiRequest Import(this Session session, byte[] csv, string mediaType = "text/csv") =>
        session.Post("/business/products:import", new ByteArrayContent(csv) { Headers = { ContentType = new(mediaType) } });

    public static object Euros(long cents) => new { amount = cents, currency = "EUR" };

    /// <summary>The whole catalogue of a small business, by name.</summary>
    public static async Task<JsonElement[]> Products(this TestBusiness business, string query = "") =>
        (await business.Owner.Get($"/business/products?limit=100&{query}").Returns(200)).Data;

    public static string[] Texts(this IEnumerable<JsonElement> things, string member) => [.. things.Select(thing => thing.Text(member)!)];

    /// <summary>Null when the member is absent.</summary>
    public static string? Text(this JsonElement thing, string member) => thing.TryGetProperty(member, out var value) ? value.ToString() : null;

    public static JsonElement[] List(this JsonElement thing, string member) => [.. thing.GetProperty(member).EnumerateArray()];

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
