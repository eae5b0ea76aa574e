using Mainstreet.Api.Http;
using Mainstreet.Application.Catalog;
using Mainstreet.Application.Catalog.Import;
using Mainstreet.Application.Identity;
using MediatR;

namespace Mainstreet.Api.Catalog;

internal static class ProductImportEndpoint
{
    private const int MaxFile = 5 * 1024 * 1024;

    public static void MapProductImport(this IEndpointRouteBuilder api) =>
        api.MapPost("/business/products:import", Import).WithName("ImportProducts").WithTags("Products").RequirePermission(Permissions.ProductsImport).LongRunning()
            .AllowBody(MaxFile + UploadedFile.Envelope)
            .Accepts<ProductFileForm>("multipart/form-data", "text/csv")
            .Refuses(400, "file_required", "invalid_form", "csv_empty", "csv_nul_byte", "csv_separator", "csv_header_malformed", "csv_columns_missing",
                "csv_columns_duplicate", "csv_quote_unclosed", "csv_too_many_rows", "csv_cell_too_large");

    private static async Task<OkAnswer<ProductImportBody>> Import(HttpRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var report = await mediator.Send(new ImportProducts(await UploadedFile.Read(request, MaxFile, cancellationToken)), cancellationToken);
        return Answers.Ok(ProductImportBody.Of(report), report);
    }
}

/// <param name="File">CSV in the format of Shopify's product export, at most 5 MB and 10,000 rows.</param>
internal sealed record ProductFileForm(IFormFile File);

/// <param name="Rows">One per row of the file that is not a blank line.</param>
/// <param name="Warnings">What was taken in another form than it stood in the file.</param>
/// <param name="Encoding">utf-8, utf-8-bom or windows-1252</param>
/// <param name="UnknownColumns">Not read.</param>
/// <param name="MissingColumns">What they would say stays as it is, or has its default in new products.</param>
internal sealed record ProductImportBody(
    ProductImportCounts Products, ImportedRowBody[] Rows, ImportWarningBody[] Warnings, string Encoding, IReadOnlyList<string> UnknownColumns,
    IReadOnlyList<string> MissingColumns)
{
    public static ProductImportBody Of(ProductImportReport report) => new(
        report.Products,
        [.. report.Rows.Select(ImportedRowBody.Of)],
        [.. report.Warnings.Select(warning => new ImportWarningBody(warning.Line, warning.Column, warning.Code, warning.Message))],
        report.Encoding,
        report.UnknownColumns,
        report.MissingColumns);
}

/// <param name="Line">The line of the file on which the row starts, from 1.</param>
/// <param name="Status">faulty: nothing of the row was taken; ignored: there was nothing in it.</param>
internal sealed record ImportedRowBody(int Line, string? Handle, ImportStatus Status, Guid? ProductId, Guid? VariantId, ImportErrorBody[] Errors)
{
    public static ImportedRowBody Of(ImportedRow row) => new(
        row.Line, row.Handle, row.Status, row.ProductId?.Value, row.VariantId?.Value,
        [.. row.Errors.Select(error => new ImportErrorBody(error.Column, error.Code, error.Message))]);
}

/// <param name="Column">Absent where the whole row is meant.</param>
internal sealed record ImportErrorBody(string? Column, string Code, string Message);

internal sealed record ImportWarningBody(int Line, string? Column, string Code, string Message);
