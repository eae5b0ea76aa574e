using Mainstreet.Application.Catalog;
using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Imports;

/// <summary>
/// Some rows of stock levels. A row means the variant with its id, else the one with its SKU. What is on hand is a count of what is really there;
/// what is reserved stays so.
/// </summary>
internal sealed record ImportStockRows(ImportRow[] Rows) : IRequest<ImportStepReceipt>;

internal sealed record StockRow(VariantId? VariantId, string? Sku, StockPolicy? Policy, decimal? OnHand, decimal? Minimum);

internal sealed class ImportStockRowsHandler(ILane lane, IReadStore reads) : IRequestHandler<ImportStockRows, ImportStepReceipt>
{
    private static readonly DomainError Unknown = new("variant_unknown", "There is no such variant.") { Place = "/variant_id" };

    public async Task<ImportStepReceipt> Handle(ImportStockRows command, CancellationToken cancellationToken)
    {
        var rows = command.Rows.Select(row => (Row: row, Value: row.Read<StockRow>(out var fault), Fault: fault)).ToArray();
        var known = await reads.List<Known>(
            "select variant_id, sku from rm.product_variants where not archived and sku = any (@skus)",
            new { Skus = rows.Where(row => row.Value?.VariantId is null).Select(row => row.Value?.Sku).OfType<string>().ToArray() }, cancellationToken);
        var bySku = known.ToDictionary(variant => variant.Sku, variant => variant.VariantId, StringComparer.Ordinal);
        var meant = rows.Select(row => row.Value?.VariantId ?? (row.Value?.Sku is { } sku && bySku.TryGetValue(sku, out var id) ? id : (VariantId?)null)).ToArray();
        return await lane.Run(
            streams => streams.Of<StockItem>(meant.OfType<VariantId>().Select(id => id.Value)),
            (log, now) => new ImportStepReceipt([.. rows.Zip(meant, (row, id) => row.Fault is { } fault
                ? ImportOutcome.Faulty(row.Row, fault)
                : ImportSteps.Decide(row.Row, id?.Value, () => Apply(log, row.Value!, id, now)))]),
            cancellationToken);
    }

    private static ImportStatus Apply(ILaneLog log, StockRow value, VariantId? meant, DateTimeOffset now)
    {
        Check.That(meant is not null, value.Sku is null ? Unknown : Unknown with { Place = "/sku" });
        var id = meant!.Value.Value;
        var item = log.Find<StockItem>(id) ?? throw new DomainException(Unknown);
        var events = new List<StockEvent>();
        Record("/policy", () => value.Policy is { } policy ? item.SetPolicy(policy, now) : []);
        Record("/minimum", () => value.Minimum is { } minimum ? item.SetMinimum(minimum, now) : []);
        Record("/on_hand", () => value.OnHand is { } counted ? item.Count(counted, now) : []);
        log.Append<StockItem, StockEvent>(id, [.. events]);
        return events.Count > 0 ? ImportStatus.Updated : ImportStatus.Unchanged;

        void Record(string pointer, Func<StockEvent[]> decide)
        {
            try
            {
                var decided = decide();
                events.AddRange(decided);
                item = decided.Aggregate(item, StockItem.Evolve);
            }
            catch (DomainException e)
            {
                throw new DomainException(e.Error with { Place = pointer });
            }
        }
    }

    private sealed record Known(VariantId VariantId, string Sku);
}
