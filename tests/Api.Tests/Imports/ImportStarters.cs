using System.Text;
using System.Text.Json;
using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Api.Tests.Deliveries;

namespace Mainstreet.Api.Tests.Imports;

internal static class ImportStarters
{
    /// <summary>One that waits for its file.</summary>
    public static async Task<Guid> NewImport(this Session session, string list, string format = "ndjson", bool dryRun = false) =>
        (await session.Post("/imports", new { list, format, dry_run = dryRun }).Returns(201)).Id;

    public static ApiRequest Upload(this Session session, Guid import, byte[] file, string mediaType = "text/csv") =>
        session.Put($"/imports/{import}/file", new ByteArrayContent(file) { Headers = { ContentType = new(mediaType) } });

    public static ApiRequest Upload(this Session session, Guid import, string file) => session.Upload(import, Encoding.UTF8.GetBytes(file));

    /// <summary>A file that was imported, with what became of its rows.</summary>
    public static async Task<TestImport> Imported(this Session session, string list, string file, string format = "csv", bool dryRun = false)
    {
        var id = await session.NewImport(list, format, dryRun);
        await session.Upload(id, file).Returns(204);
        return await session.Completed(id);
    }

    public static async Task<TestImport> Completed(this Session session, Guid import)
    {
        var answer = await session.Get($"/imports/{import}").Until(answer => answer.Json.Text("status") == "completed");
        var errors = (await session.Get($"/imports/{import}/errors?limit=100").Returns(200)).Data;
        return new(import, answer.Json, [.. errors.Select(error => $"{error.Text("row")} {error.Text("pointer")} {error.Text("code")}")]);
    }

    public static string File(params string[] lines) => string.Join("\n", lines) + "\n";
}

/// <param name="Errors">Each as row, pointer, code.</param>
internal sealed record TestImport(Guid Id, JsonElement Json, string[] Errors)
{
    /// <summary>Processed, created, updated, unchanged, failed.</summary>
    public int[] Rows => [Row("processed"), Row("created"), Row("updated"), Row("unchanged"), Row("failed")];

    private int Row(string name) => Json.GetProperty("rows").GetProperty(name).GetInt32();
}
