using Mainstreet.Api.Http;
using Mainstreet.Application.Archives;
using Mainstreet.Application.Identity;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Api.Archives;

/// <summary>The log of a business for other places, and logs from other places (OPS-08, ANA-06).</summary>
internal static class ArchiveEndpoints
{
    private const long LargestLog = 16L * 1024 * 1024 * 1024;

    public static void MapArchives(this IEndpointRouteBuilder api)
    {
        api.MapGet("/business/log/export", Export).WithTags("Log").WithName("ExportLog").RequirePermission(Permissions.LogExport).RequireStepUp(openToKeys: true).LongRunning()
            .Produces<ArchiveLine>(StatusCodes.Status200OK, "application/x-ndjson", "application/sql").Refuses(410, "position_gone");

        var admin = api.MapGroup("/admin/businesses/{businessId:guid}/log").WithTags("Operations").RequirePermission(Permissions.AdminLogs)
            .RequireStepUp().OnPlatform().LongRunning();
        admin.MapGet("/export", ExportOf).WithName("ExportLogOf")
            .Produces<ArchiveLine>(StatusCodes.Status200OK, "application/x-ndjson", "application/sql").Refuses(410, "position_gone");
        admin.MapPost("/import", Import).WithName("ImportLog").StreamBody(LargestLog).Accepts<ArchiveLine>("application/x-ndjson")
            .Refuses(400, "log_invalid", "subdomain_invalid")
            .Refuses(409, "already_exists", "subdomain_taken", "subdomain_reserved", "id_reserved", "log_not_empty")
            .Refuses(503, "imports_busy");
    }

    /// <param name="after">Only events behind this position: what has been added since an export that ended there.</param>
    /// <param name="format">mainstreet: NDJSON with checksums. marten: SQL that fills mt_streams and mt_events.</param>
    private static async Task Export(
        long? after, Choice<ArchiveFormat>? format, IMediator mediator, HttpContext http, CancellationToken cancellationToken) =>
        await Send(await mediator.Send(new ExportLog(Position(after), format?.Value ?? ArchiveFormat.Mainstreet), cancellationToken), http);

    /// <inheritdoc cref="Export" />
    private static async Task ExportOf(
        Guid businessId, long? after, Choice<ArchiveFormat>? format, IMediator mediator, HttpContext http, CancellationToken cancellationToken) =>
        await Send(await mediator.Send(new ExportLogOf(new(businessId), Position(after), format?.Value ?? ArchiveFormat.Mainstreet), cancellationToken), http);

    /// <param name="businessId">Of the business that begins with this log: its own from elsewhere, or a new one.</param>
    /// <param name="subdomain">3 to 63 lower-case letters and digits, with single hyphens inside.</param>
    /// <param name="ownerId">A user, who becomes the owner. Other members are granted their roles anew.</param>
    /// <param name="format">mainstreet: what an export was. marten: rows of mt_events as JSON, one a line, by seq_id.</param>
    /// <param name="events">How many lines there must be. Needed for marten, and for nothing else.</param>
    /// <param name="mode">live or test, for marten; else the log says so.</param>
    private static async Task<CreatedAnswer<ImportedLogBody>> Import(
        Guid businessId, string subdomain, Guid ownerId, Choice<ArchiveFormat>? format, long? events, Choice<BusinessMode>? mode, HttpRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var isMarten = format?.Value is ArchiveFormat.Marten;
        if (events is < 0 || isMarten != events is not null)
        {
            throw ProblemException.Parameter("events", "Must be how many lines there are with format=marten, and left out otherwise.");
        }

        if (request.ContentType is not { } type || !type.StartsWith("application/x-ndjson", StringComparison.OrdinalIgnoreCase))
        {
            throw new BadHttpRequestException("Not NDJSON", StatusCodes.Status415UnsupportedMediaType);
        }

        var log = new LogSource(request.Body, events, mode?.Value ?? BusinessMode.Live);
        var receipt = await mediator.Send(new ImportLog(new(businessId), log, subdomain, new(ownerId)), cancellationToken);
        return Answers.Created(
            $"/businesses/{receipt.BusinessId}",
            new ImportedLogBody(receipt.BusinessId.Value, subdomain, receipt.ImportedFrom.Value, receipt.Events, receipt.LastPosition, receipt.TestClockId), receipt);
    }

    private static long Position(long? after) =>
        after is null or >= 0 ? after ?? 0 : throw ProblemException.Parameter("after", "Must be a position: a whole number from 0 on.");

    /// <summary>Whoever reads to the end knows by the checksum that it is the end; what fails half-way is cut off.</summary>
    private static async Task Send(ILogExport export, HttpContext http)
    {
        http.Response.ContentType = export.MediaType;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{export.FileName}\"";
        await export.WriteTo(http.Response.Body, http.RequestAborted);
    }
}

/// <summary>
/// One line: a header, an event, or the end. Header: format, format_version, tenant_id, mode, after, up_to, events. Event: the members here.
/// End: events, sha256 of all lines before.
/// </summary>
/// <param name="Type">The stored name, such as order.placed.v1.</param>
/// <param name="Check">The first 8 digits of the SHA-256 of what stands before it in its line.</param>
internal sealed record ArchiveLine(
    long Position, Guid StreamId, int Version, Guid EventId, string Type, DateTimeOffset RecordedAt, object Metadata, object Data, string Check);

/// <param name="ImportedFrom">The business whose log it was.</param>
/// <param name="Events">So many came.</param>
/// <param name="LastPosition">Where the log ends: webhook endpoints were deleted behind the events that came.</param>
/// <param name="TestClockId">Of a test business.</param>
internal sealed record ImportedLogBody(Guid Id, string Subdomain, Guid ImportedFrom, long Events, long LastPosition, Guid? TestClockId);
