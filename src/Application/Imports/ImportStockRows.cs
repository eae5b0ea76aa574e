using Mainstreet.Application.Catalog;
using Mainstreet.Application.Stock;
using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Imports;

/// <summary>
/// Some rows of stock levels. A row means the variant with its id, else the one with its SKU. What is on hand is a count of what is really there;
/// what is reserved stays so. It is of the location with its id, else of the one with its name, else of the default one.
/// </summary>
internal sealed record ImportStockRows(ImportRow[] Rows) : IRequest<ImportStepReceipt>;

internal sealed record StockRow(VariantId? VariantId, string? Sku, StockPolicy? Policy, decimal? OnHand, decimal? Minimum, LocationId? LocationId, string? Location);

internal sealed class ImportStockRowsHandler(ILane lane, IReadStore reads) : IRequestHandler<ImportStockRows, ImportStepReceipt>
{
    private static readonly DomainError Unknown = new("variant_unknown", "There is no such variant.") { Place = "/variant_id" };

    private static readonly DomainError LocationUnknown = new("location_unknown", "There is no such location.");

    public async Task<ImportStepReceipt> Handle(ImportStockRows command, CancellationToken cancellationToken)
    {
        var rows = command.Rows.Select(row => (Row: row, Value: row.Read<StockRow>(out var fault), Fault: fault)).ToArray();
        var known = await reads.List<Known>(
            "select variant_id, sku from rm.product_variants where not archived and sku = any (@skus)",
            new { Skus = rows.Where(row => row.Value?.VariantId is null).Select(row => row.Value?.Sku).OfType<string>().ToArray() }, cancellationToken);
        var bySku = known.ToDictionary(variant => variant.Sku, variant => variant.VariantId, StringComparer.Ordinal);
        var meant = rows.Select(row => row.Value?.VariantId ?? (row.Value?.Sku is { } sku && bySku.TryGetValue(sku, out var id) ? id : (VariantId?)null)).ToArray();
        var places = await NamedLocations.Find(reads, [.. rows.Select(row => row.Value).OfType<StockRow>()], cancellationToken);
        return await lane.Run(
            streams =>
            {
                foreach (var (row, variant) in rows.Zip(meant).Where(row => row.Second is not null))
                {
                    var location = places.Of(row.Value!);
                    streams.OfStock(location, variant!.Value).OfLocation(location);
                }
            },
            (log, now) => new ImportStepReceipt([.. rows.Zip(meant, (row, id) => row.Fault is { } fault
                ? ImportOutcome.Faulty(row.Row, fault)
                : ImportSteps.Decide(row.Row, id?.Value, () => Apply(log, row.Value!, id, places, now)))]),
            cancellationToken);
    }

    private static ImportStatus Apply(ILaneLog log, StockRow value, VariantId? meant, NamedLocations places, DateTimeOffset now)
    {
        Check.That(meant is not null, value.Sku is null ? Unknown : Unknown with { Place = "/sku" });
        var location = places.Of(value);
        Check.That(location is null || log.Find<Location>(location.Value.Value) is not null, LocationUnknown with { Place = value.LocationId is null ? "/location" : "/location_id" });
        log.RequireLocation(location, value.LocationId is null ? "/location" : "/location_id");
        var found = log.FindStock(meant!.Value, location, now) ?? throw new DomainException(Unknown);
        var item = found;
        var events = new List<StockEvent>();
        Record("/policy", () => value.Policy is { } policy ? item.SetPolicy(policy, now) : []);
        Record("/minimum", () => value.Minimum is { } minimum ? item.SetMinimum(minimum, now) : []);
        Record("/on_hand", () => value.OnHand is { } counted ? item.Count(counted, now) : []);
        log.AppendStock(found, [.. events], now);
        return events.Count > 0 ? ImportStatus.Updated : ImportStatus.Unchanged;

        void Record(string pointer, Func<StockEvent[]> decide)
        {
            var decided = StockLane.DecidedAt(pointer, decide);
            events.AddRange(decided);
            item = decided.Aggregate(item, StockItem.Evolve);
        }
    }

    private sealed record Known(VariantId VariantId, string Sku);
}
