using System.Web;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Exports;

internal static class ExportStarters
{
    /// <summary>An export that is completed, with what its link consists of.</summary>
    public static async Task<(Guid Id, ExportLinkParts Link)> NewExport(this Session session, string list, string format = "ndjson")
    {
        var id = (await session.Post("/exports", new { list, format }).Returns(201)).Id;
        var completed = await session.Get($"/exports/{id}").Until(answer => answer.Json.Text("status") == "completed");
        return (id, ExportLinkParts.Of(completed));
    }
}

/// <summary>Of a link: a path below the API, and the two values in it.</summary>
internal sealed record ExportLinkParts(string Path, string Token, string Expires)
{
    public static ExportLinkParts Of(ApiAnswer export)
    {
        var url = export.Json.GetProperty("download").GetProperty("url").GetString()!;
        var query = HttpUtility.ParseQueryString(url[url.IndexOf('?', StringComparison.Ordinal)..]);
        return new(url["/api/v1".Length..], query["token"]!, query["expires"]!);
    }
}
