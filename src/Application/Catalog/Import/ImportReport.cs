using Mainstreet.Domain;

namespace Mainstreet.Application.Catalog.Import;

/// <summary>What became of one product of the file.</summary>
/// <param name="Status">Created, updated, unchanged or faulty.</param>
/// <param name="Line">Of its first row, which says what the product is.</param>
/// <param name="Refusal">Why nothing of it was taken.</param>
internal sealed record ProductOutcome(
    string Handle, int Line, ProductId? ProductId, ImportStatus Status, bool DetailsChanged, bool ImagesChanged, VariantOutcome[] Variants, DomainError? Refusal)
{
    public static ProductOutcome Refused(ImportedProduct product, DomainError error) =>
        new(product.Handle, product.Line, null, ImportStatus.Faulty, DetailsChanged: false, ImagesChanged: false, [], error);
}

/// <param name="Issue">Why nothing of its row was taken.</param>
internal sealed record VariantOutcome(int Line, VariantId VariantId, ImportStatus Status, RowIssue? Issue);

/// <summary>Joins what the file said with what became of it.</summary>
internal static class ImportReport
{
    public static ImportedRow RowOf(RowResult row, Dictionary<string, ProductOutcome> outcomes)
    {
        if (row.Status is not RowStatus.Ok || row.Handle is null || !outcomes.TryGetValue(row.Handle, out var product))
        {
            return new(row.Line, row.Handle, row.Status is RowStatus.Ignored ? ImportStatus.Ignored : ImportStatus.Faulty, null, null, row.Errors);
        }

        var variant = Array.Find(product.Variants, variant => variant.Line == row.Line);
        var issue = variant?.Issue ?? (product.Refusal is { } refusal ? new RowIssue(row.Line, null, refusal.Code, refusal.Message) : null);
        if (issue is not null)
        {
            return new(row.Line, row.Handle, ImportStatus.Faulty, product.ProductId, null, [issue]);
        }

        return new(row.Line, row.Handle, StatusOf(row, product, variant), product.ProductId, variant?.VariantId, []);
    }

    /// <summary>A product failed when nothing of it was taken.</summary>
    public static ProductImportCounts CountsOf(IEnumerable<ImportedRow> rows, Dictionary<string, ProductOutcome> outcomes)
    {
        var statuses = rows.Where(row => row.Handle is not null && row.Status is not ImportStatus.Ignored)
            .Select(row => row.Handle!).Distinct(StringComparer.Ordinal)
            .CountBy(handle => outcomes.TryGetValue(handle, out var product) ? product.Status : ImportStatus.Faulty)
            .ToDictionary();
        return new(Count(ImportStatus.Created), Count(ImportStatus.Updated), Count(ImportStatus.Unchanged), Count(ImportStatus.Faulty));

        int Count(ImportStatus status) => statuses.GetValueOrDefault(status);
    }

    private static ImportStatus StatusOf(RowResult row, ProductOutcome product, VariantOutcome? variant)
    {
        if (product.Status is ImportStatus.Created)
        {
            return ImportStatus.Created;
        }

        var changed = row.Line == product.Line ? product.DetailsChanged || product.ImagesChanged : variant is null && product.ImagesChanged;
        return variant?.Status is { } status and not ImportStatus.Unchanged ? status
            : changed ? ImportStatus.Updated
            : ImportStatus.Unchanged;
    }
}
