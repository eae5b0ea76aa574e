using System.Text.RegularExpressions;
using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Imports;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Imports;
using MediatR;

namespace Mainstreet.Api.Imports;

/// <summary>Files that become rows of lists, the counterpart of exports (row 36).</summary>
internal static partial class ImportEndpoints
{
    private const long LargestFile = 25 * 1024 * 1024;

    public static void MapImports(this IEndpointRouteBuilder api)
    {
        var imports = api.MapGroup("/imports").WithTags("Imports").RequirePermission(Permissions.DataImport);
        imports.MapPost("/", Request).WithName("RequestImport").RequireStepUp(openToKeys: true)
            .Refuses(400, "import_list_unknown").Refuses(403, "import_list_forbidden").Refuses(409, "already_exists", "too_many_imports");
        imports.MapPut("/{importId:guid}/file", Upload).WithName("UploadImportFile").StreamBody(LargestFile).LongRunning().Accepts<string>("text/csv", "application/x-ndjson")
            .Refuses(
                400, "invalid_digest", "digest_mismatch", "import_file_empty", "import_file_not_text", "import_file_not_utf8", "import_too_many_rows", "import_row_too_large",
                "import_too_many_columns", "import_columns_unknown", "import_columns_duplicate", "import_columns_missing", "csv_quote_unclosed")
            .Refuses(403, "import_list_forbidden").Refuses(409, "import_ended", "import_has_file");
        imports.MapGet("/", List).WithName("ListImports");
        imports.MapGet("/{importId:guid}", Get).WithName("GetImport");
        imports.MapGet("/{importId:guid}/errors", Errors).WithName("ListImportErrors").Refuses(410, "import_errors_gone");
        imports.MapPost("/{importId:guid}/cancel", Cancel).WithName("CancelImport").For(Purpose.Attend).Refuses(409, "import_ended");
    }

    private static async Task<CreatedAnswer<ImportBody>> Request(RequestImportRequest request, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(
            new RequestImport(request.List, request.Format, request.DryRun, caller.Permissions, request.Id is { } id ? new ImportId(id) : null), cancellationToken);
        return Answers.Created(
            $"/imports/{receipt.ImportId}",
            new ImportBody(
                receipt.ImportId.Value, request.List, request.Format, request.DryRun, ImportState.AwaitingFile, receipt.At, null, receipt.ExpiresAt, null, null, null,
                ImportProgressBody.Of(ImportCounts.None), receipt.Version),
            receipt);
    }

    private static async Task<NoContentAnswer> Upload(Guid importId, HttpRequest request, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        if (request.ContentType is not { } type || !(type.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) || type.StartsWith("application/x-ndjson", StringComparison.OrdinalIgnoreCase)))
        {
            throw new BadHttpRequestException("Neither CSV nor NDJSON", StatusCodes.Status415UnsupportedMediaType);
        }

        return Answers.NoContent(await mediator.Send(new UploadImportFile(new(importId), request.Body, DigestOf(request), caller.Permissions), cancellationToken));
    }

    private static async Task<PageAnswer<ImportBody>> List(Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListImports(paging), cancellationToken), ImportBody.Of);

    private static async Task<OkAnswer<ImportBody>> Get(Guid importId, IMediator mediator, CancellationToken cancellationToken)
    {
        var import = await mediator.Send(new GetImport(new(importId)), cancellationToken);
        return Answers.Ok(ImportBody.Of(import), import.Version);
    }

    private static async Task<PageAnswer<ImportRowErrorBody>> Errors(Guid importId, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListImportErrors(new(importId), paging), cancellationToken), ImportRowErrorBody.Of);

    private static async Task<NoContentAnswer> Cancel(Guid importId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new CancelImport(new(importId)), cancellationToken));

    /// <summary>RFC 9530: the file travels as it is, so both headers mean the same bytes. Other algorithms are passed over. Errors: invalid_digest (400).</summary>
    private static string? DigestOf(HttpRequest request)
    {
        foreach (var name in (string[])["Content-Digest", "Repr-Digest"])
        {
            var sha256 = request.Headers[name].ToString().Split(',', StringSplitOptions.TrimEntries).FirstOrDefault(digest => digest.StartsWith("sha-256=", StringComparison.Ordinal));
            if (sha256 is not null)
            {
                return Digest().Match(sha256) is { Success: true } digest
                    ? Convert.ToHexStringLower(Convert.FromBase64String(digest.Groups["value"].Value))
                    : throw ProblemException.Parameter(name, "Must be sha-256=:...: with the SHA-256 in base64.", "invalid_digest");
            }
        }

        return null;
    }

    [GeneratedRegex("\\Asha-256=:(?<value>[A-Za-z0-9+/]{43}=):\\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Digest();
}

/// <param name="List">categories, option_groups, products or stock. Whoever imports it may change it.</param>
/// <param name="Format">csv: separated by commas, semicolons or tabs; an apostrophe before what a spreadsheet would run is taken off again.</param>
/// <param name="DryRun">Every row is decided and none is kept: rows that need an earlier row of the file are refused.</param>
/// <param name="Id">Chosen by the client, or left out.</param>
internal sealed record RequestImportRequest(string List, ImportFormat Format = ImportFormat.Ndjson, bool DryRun = false, Guid? Id = null);

/// <param name="ExpiresAt">When its errors are removed; an import that has not ended by then ends.</param>
/// <param name="Total">Rows of the file, without a header; as soon as it came.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="Sha256">Of the file, in lower-case hex.</param>
internal sealed record ImportBody(
    Guid Id, string List, ImportFormat Format, bool DryRun, ImportState Status, DateTimeOffset RequestedAt, DateTimeOffset? EndedAt, DateTimeOffset ExpiresAt,
    int? Total, long? Bytes, string? Sha256, ImportProgressBody Rows, int Version)
{
    public static ImportBody Of(ImportView import) => new(
        import.ImportId.Value, import.List, import.Format, import.DryRun, import.Status, import.RequestedAt, import.EndedAt, import.ExpiresAt,
        import.File?.Rows, import.File?.Bytes, import.File?.Sha256, ImportProgressBody.Of(import.Counts), import.Version);
}

/// <summary>What became of the rows so far; of a dry run, what would have become of them.</summary>
/// <param name="Failed">See the errors.</param>
internal sealed record ImportProgressBody(int Processed, int Created, int Updated, int Unchanged, int Failed)
{
    public static ImportProgressBody Of(ImportCounts counts) => new(counts.Processed, counts.Created, counts.Updated, counts.Unchanged, counts.Failed);
}

/// <param name="Row">From 1, without the header and blank lines.</param>
/// <param name="Line">Of the file on which the row begins, from 1.</param>
/// <param name="Id">Of the thing that the row means, where that is known.</param>
/// <param name="Pointer">The JSON pointer of the member; empty: the whole row. Of a table, the steps are those of the column.</param>
internal sealed record ImportRowErrorBody(int Row, int Line, Guid? Id, string Pointer, string Code, string Message)
{
    public static ImportRowErrorBody Of(ImportRowError error) => new(error.Row, error.Line, error.Id, error.Place, error.Code, error.Message);
}
