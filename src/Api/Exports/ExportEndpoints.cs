using Mainstreet.Api.Http;
using Mainstreet.Api.Orders;
using Mainstreet.Application.Exports;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Exports;
using MediatR;

namespace Mainstreet.Api.Exports;

/// <summary>Whole lists as files (row 36): also of a suspended business, whose data stay its own (row 59).</summary>
internal static class ExportEndpoints
{
    public static void MapExports(this IEndpointRouteBuilder api)
    {
        var exports = api.MapGroup("/exports").WithTags("Exports");
        exports.MapPost("/", Request).WithName("RequestExport").RequirePermission(Permissions.DataExport).RequireStepUp(openToKeys: true).For(Purpose.Attend)
            .Refuses(400, "export_list_unknown").Refuses(403, "export_list_forbidden").Refuses(409, "already_exists", "too_many_exports");
        exports.MapGet("/", List).WithName("ListExports").RequirePermission(Permissions.DataExport);
        exports.MapGet("/{exportId:guid}", Get).WithName("GetExport").RequirePermission(Permissions.DataExport);
        exports.MapPost("/{exportId:guid}/cancel", Cancel).WithName("CancelExport").RequirePermission(Permissions.DataExport).For(Purpose.Attend)
            .Refuses(409, "export_ended");
        exports.MapGet("/{exportId:guid}/file", Download).WithName("DownloadExport").Public().ResolveTenant<TrackingTokenTenant>().LongRunning()
            .Produces(StatusCodes.Status200OK, contentType: "application/x-ndjson", additionalContentTypes: ["text/csv"])
            .Refuses(404, "not_found").Refuses(409, "export_file_gone");
    }

    private static async Task<CreatedAnswer<ExportBody>> Request(RequestExportRequest request, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(
            new RequestExport(request.List, request.Format, caller.Permissions, request.Id is { } id ? new ExportId(id) : null), cancellationToken);
        return Answers.Created(
            $"/exports/{receipt.ExportId}",
            new ExportBody(receipt.ExportId.Value, request.List, request.Format, ExportStatus.Running, receipt.At, null, null, null, null, null, null, receipt.Version), receipt);
    }

    private static async Task<PageAnswer<ExportBody>> List(Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListExports(paging), cancellationToken), export => ExportBody.Of(new(export, null, null)));

    private static async Task<OkAnswer<ExportBody>> Get(Guid exportId, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var state = await mediator.Send(new GetExport(new(exportId), caller.Permissions), cancellationToken);
        return Answers.Ok(ExportBody.Of(state), state.Export.Version);
    }

    private static async Task<NoContentAnswer> Cancel(Guid exportId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new CancelExport(new(exportId)), cancellationToken));

    /// <summary>The file, for whoever has the link.</summary>
    private static async Task Download(Guid exportId, string token, long expires, IMediator mediator, HttpContext http, CancellationToken cancellationToken)
    {
        if (expires is < 0 or > 253_402_300_799)
        {
            throw ProblemException.Parameter("expires", "Must be as the link has it.");
        }

        var download = await mediator.Send(new OpenExportFile(new(exportId), token, DateTimeOffset.FromUnixTimeSeconds(expires)), cancellationToken);
        var (export, file) = (download.Export, download.File);
        http.Response.ContentType = export.Format is ExportFormat.Csv ? "text/csv; charset=utf-8" : "application/x-ndjson";
        http.Response.ContentLength = file.Bytes;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{export.List}-{export.RequestedAt:yyyy-MM-dd}.{(export.Format is ExportFormat.Csv ? "csv" : "ndjson")}\"";
        http.Response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(file.Sha256))}:";
        await foreach (var part in download.Parts)
        {
            await http.Response.Body.WriteAsync(part, cancellationToken);
        }
    }
}

/// <param name="List">categories, customers, deliveries, events, option_groups, orders, payments, products, stock or stock_movements. Whoever exports it may read it.</param>
/// <param name="Format">csv: cells that a spreadsheet would run as a formula begin with an apostrophe; lists within a row are JSON.</param>
/// <param name="Id">Chosen by the client, or left out.</param>
internal sealed record RequestExportRequest(string List, ExportFormat Format = ExportFormat.Ndjson, Guid? Id = null);

/// <param name="Progress">While it runs.</param>
/// <param name="Rows">In the file, without a header.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="Sha256">Of the file, in lower-case hex.</param>
/// <param name="ExpiresAt">When the file is removed; before that when somebody who is in it is erased.</param>
/// <param name="Download">A link, while there is a file, for those who may read the list; not in lists.</param>
internal sealed record ExportBody(
    Guid Id, string List, ExportFormat Format, ExportStatus Status, DateTimeOffset RequestedAt, ExportProgressBody? Progress, long? Rows, long? Bytes, string? Sha256,
    DateTimeOffset? ExpiresAt, ExportDownloadBody? Download, int Version)
{
    public static ExportBody Of(ExportState state) => new(
        state.Export.ExportId.Value, state.Export.List, state.Export.Format, state.Export.Status, state.Export.RequestedAt,
        state.Progress is { } progress ? new(progress.Done, progress.Total, progress.Total == 0 ? 100 : (int)(100 * progress.Done / progress.Total)) : null,
        state.Export.File?.Rows, state.Export.File?.Bytes, state.Export.File?.Sha256, state.Export.Status is ExportStatus.Completed ? state.Export.ExpiresAt : null,
        state.Link is { } link ? new($"{ApiRoot.Base}/exports/{state.Export.ExportId}/file?expires={link.ExpiresAt.ToUnixTimeSeconds()}&token={link.Token}", link.ExpiresAt) : null,
        state.Export.Version);
}

/// <param name="Done">Of events: those that are public.</param>
/// <param name="Total">Rows there were when it began. Of events: how far the log went.</param>
internal sealed record ExportProgressBody(long Done, long Total, int Percent);

/// <param name="Url">Below the address of this API. Whoever has it may read the file, without signing in.</param>
internal sealed record ExportDownloadBody(string Url, DateTimeOffset ExpiresAt);
