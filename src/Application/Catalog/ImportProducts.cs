using Mainstreet.Application.Catalog.Import;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>
/// Brings a product file in Shopify's format into the catalogue (CAT-10). Products are met by their handles; each good row is
/// applied, each faulty one reported, and the same file again changes nothing. A quantity counts when it is not what the last
/// file said. Errors: those of <see cref="CatalogImportErrors"/> (400) for a file that cannot be read at all.
/// </summary>
/// <remarks>It is applied in small commits, so that other commands of the business get their turns in between.</remarks>
public sealed record ImportProducts(byte[] File) : IRequest<ProductImportReport>;

public sealed record ProductImportReport(
    ProductImportCounts Products,
    IReadOnlyList<ImportedRow> Rows,
    IReadOnlyList<RowIssue> Warnings,
    string Encoding,
    IReadOnlyList<string> UnknownColumns,
    IReadOnlyList<string> MissingColumns) : Committed(0);

public sealed record ProductImportCounts(int Created, int Updated, int Unchanged, int Failed);

public enum ImportStatus
{
    Created,
    Updated,
    Unchanged,

    /// <summary>Nothing of the row was taken.</summary>
    Faulty,

    /// <summary>There was nothing in the row.</summary>
    Ignored,
}

/// <param name="Line">The line of the file on which the row starts, from 1.</param>
public sealed record ImportedRow(int Line, string? Handle, ImportStatus Status, ProductId? ProductId, VariantId? VariantId, IReadOnlyList<RowIssue> Errors);

internal sealed class ImportProductsHandler(IAggregates aggregates, ITenantScopes scopes, ITenantContext tenant) : IRequestHandler<ImportProducts, ProductImportReport>
{
    /// <summary>Together they bound how long one commit holds the business's lane: some tens of milliseconds.</summary>
    private const int ProductsPerCommit = 20;
    private const int VariantsPerCommit = 100;

    public async Task<ProductImportReport> Handle(ImportProducts command, CancellationToken cancellationToken)
    {
        var profile = await aggregates.Find<BusinessProfile, BusinessProfileEvent>(tenant.Tenant.Value, cancellationToken)
            ?? throw new DomainException(DomainError.NotFound("business"));
        var import = ProductCsv.Read(command.File, profile.State.Settings.Currency);
        var outcomes = new Dictionary<string, ProductOutcome>(StringComparer.Ordinal);
        var position = 0L;
        foreach (var chunk in Chunks(import.Products))
        {
            position = Math.Max(position, await Apply(chunk, outcomes, cancellationToken));
        }

        ImportedRow[] rows = [.. import.Rows.Select(row => ImportReport.RowOf(row, outcomes))];
        return new ProductImportReport(
            ImportReport.CountsOf(rows, outcomes), rows, import.Warnings, import.DetectedEncoding, import.UnknownColumns, import.MissingColumns)
        { Position = position };
    }

    /// <summary>One commit; when it is refused as a whole, one for each of its products, so that only the refused ones are left out.</summary>
    private async Task<long> Apply(
        ImportedProduct[] chunk, Dictionary<string, ProductOutcome> outcomes, CancellationToken cancellationToken)
    {
        try
        {
            var receipt = await scopes.Send(tenant.Tenant, new ImportProductChunk(chunk), cancellationToken);
            foreach (var outcome in receipt.Products)
            {
                outcomes.Add(outcome.Handle, outcome);
            }

            return receipt.Position;
        }
        catch (DomainException e) when (e.Error.Kind is ErrorKind.Conflict or ErrorKind.Rule or ErrorKind.Invalid)
        {
            if (chunk is [var only])
            {
                outcomes.Add(only.Handle, ProductOutcome.Refused(only, e.Error));
                return 0;
            }

            var position = 0L;
            foreach (var product in chunk)
            {
                position = Math.Max(position, await Apply([product], outcomes, cancellationToken));
            }

            return position;
        }
    }

    private static IEnumerable<ImportedProduct[]> Chunks(IEnumerable<ImportedProduct> products)
    {
        var (chunk, variants) = (new List<ImportedProduct>(), 0);
        foreach (var product in products)
        {
            if (chunk.Count == ProductsPerCommit || (chunk.Count > 0 && variants + product.Variants.Count > VariantsPerCommit))
            {
                yield return [.. chunk];
                chunk.Clear();
                variants = 0;
            }

            chunk.Add(product);
            variants += product.Variants.Count;
        }

        if (chunk.Count > 0)
        {
            yield return [.. chunk];
        }
    }
}
