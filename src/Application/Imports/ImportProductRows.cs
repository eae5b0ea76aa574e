using Mainstreet.Application.Catalog;
using Mainstreet.Application.Catalog.Import;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Application.Imports;

/// <summary>Some rows of products, each with its variants and images. A row means the product with its handle, else the one with its id.</summary>
internal sealed record ImportProductRows(ImportRow[] Rows) : IRequest<ImportStepReceipt>;

internal sealed class ImportProductRowsHandler(IAggregates aggregates, IReadStore reads, IMediator mediator, ITenantContext tenant) : IRequestHandler<ImportProductRows, ImportStepReceipt>
{
    public async Task<ImportStepReceipt> Handle(ImportProductRows command, CancellationToken cancellationToken)
    {
        var profile = await aggregates.Find<BusinessProfile, BusinessProfileEvent>(tenant.Tenant.Value, cancellationToken)
            ?? throw new DomainException(DomainError.NotFound("business"));
        var products = new List<(ImportRow Row, ImportedProduct Product)>();
        var outcomes = new List<ImportOutcome>();
        var rows = command.Rows.Select(row => (Row: row, Value: row.Read<ProductRow>(out var fault), Fault: fault)).ToArray();
        var known = await ReservedIds.Find(reads, rows.Select(row => row.Value).OfType<ProductRow>(), cancellationToken);
        foreach (var (row, value, fault) in rows)
        {
            if (fault is not null)
            {
                outcomes.Add(ImportOutcome.Faulty(row, fault));
                continue;
            }

            try
            {
                products.Add((row, value!.Product(row, profile.State.Settings.Currency, known)));
            }
            catch (DomainException e)
            {
                outcomes.Add(ImportOutcome.Faulty(row, ImportSteps.FaultOf(e.Error)));
            }
        }

        if (products.Count == 0)
        {
            return new([.. outcomes]);
        }

        var receipt = await mediator.Send(new ImportProductChunk([.. products.Select(product => product.Product)]), cancellationToken);
        outcomes.AddRange(products.Zip(receipt.Products, (product, outcome) => Of(product.Row, outcome)));
        return new([.. outcomes.OrderBy(outcome => outcome.Row)]) { Position = receipt.Position };
    }

    /// <summary>A product of which a variant was left out is faulty, though the rest of it was taken.</summary>
    private static ImportOutcome Of(ImportRow row, ProductOutcome outcome) =>
        outcome.Variants.FirstOrDefault(variant => variant.Issue is not null) is { Issue: { } issue } left
            ? ImportOutcome.Faulty(row, new($"/variants/{left.Line}/{(issue.Code == "sku_taken" ? "details/sku" : "details/barcode")}", issue.Code, issue.Message), outcome.ProductId?.Value)
            : outcome.Refusal is { } refusal
                ? ImportOutcome.Faulty(row, ImportSteps.FaultOf(refusal), outcome.ProductId?.Value)
                : new(row.Row, row.Line, outcome.Status, outcome.ProductId?.Value, null);
}
