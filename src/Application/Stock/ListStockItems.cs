using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Stock;

/// <summary>The stock of a variant at a location, with what it is called.</summary>
public sealed record StockItemView(
    Guid ItemId,
    LocationId? LocationId,
    VariantId VariantId,
    ProductId ProductId,
    string ProductName,
    string NameKey,
    string VariantName,
    string? Sku,
    string? Barcode,
    StockPolicy Policy,
    StockStatus Status,
    decimal OnHand,
    decimal Reserved,
    decimal Available,
    decimal Minimum,
    decimal? UnitCost,
    string? CostCurrency,
    DateTimeOffset UpdatedAt,
    int Version)
{
    /// <summary>Weighted average of what was paid per unit, in whole minor units (STK-06).</summary>
    public Money? AverageCost => UnitCost is { } cost && CostCurrency is { } currency ? new Money(1, currency) * cost : null;

    internal const string Select = """
        select s.*, p.id as product_id, p.name as product_name, p.name_key, v.name as variant_name, v.sku, v.barcode
          from rm.product_variants v
          join rm.products p on p.id = v.product_id
          join rm.stock_levels s on s.variant_id = v.variant_id
        """;
}

/// <summary>The stock of all variants that are not archived, by product name: of each a row for every location that is in use, the default one first.</summary>
/// <param name="Low">True: only what is low or depleted (STK-02).</param>
/// <param name="Q">Words that all occur in the product's name, vendor, tags, handle or codes.</param>
/// <param name="Location">At one location; null: at all.</param>
public sealed record ListStockItems(bool? Low, string? Q, LocationId? Location, PageRequest Page) : IRequest<Page<StockItemView>>;

internal sealed class ListStockItemsValidator : AbstractValidator<ListStockItems>
{
    public ListStockItemsValidator() => RuleFor(query => query.Q).MaximumLength(200);
}

internal sealed class ListStockItemsHandler(IReadStore reads) : IRequestHandler<ListStockItems, Page<StockItemView>>
{
    private static string Sql(LocationId? location) => $"""
        {StockItemView.Select}
         where not v.archived
           and (@low::boolean is null or @low = (s.status in ('low', 'depleted')))
           and not exists (select from unnest(@words) as w (word) where strpos(p.search_text, w.word) = 0)
           {StockLocations.Filter("s", location)}
           and {StockLocations.InUse("s")}
           and (@after_name::text is null or (p.name_key, v.name, v.variant_id, coalesce(s.location_id, @nowhere)) > (@after_name, @after_variant, @after_id, @after_location))
         order by p.name_key, v.name, v.variant_id, coalesce(s.location_id, @nowhere) limit @rows
        """;

    public async Task<Page<StockItemView>> Handle(ListStockItems query, CancellationToken cancellationToken)
    {
        var list = $"stock items by location\n{query.Low}\n{query.Q}\n{query.Location}";
        var after = query.Page.After(list);
        var rows = await reads.List<StockItemView>(
            Sql(query.Location),
            new
            {
                query.Low,
                Words = SearchText.Words(query.Q),
                AfterName = after?.Text(0),
                AfterVariant = after?.Text(1),
                AfterId = after?.Id(2),
                AfterLocation = after?.Id(3),
                Nowhere = Guid.Empty, // so that the default location comes first
                query.Location,
                query.Page.Rows,
            },
            cancellationToken);
        return query.Page.Cut(rows, list, item => [item.NameKey, item.VariantName, item.VariantId, item.LocationId?.Value ?? Guid.Empty]);
    }
}

/// <summary>Errors: not_found (404), also while nothing has happened at that location.</summary>
/// <param name="Location">Null: the default location.</param>
public sealed record GetStockItem(VariantId VariantId, LocationId? Location) : IRequest<StockItemView>;

internal sealed class GetStockItemHandler(IReadStore reads) : IRequestHandler<GetStockItem, StockItemView>
{
    /// <summary>By the ledger's id alone: a version of the past is one of the only stream that is named. The id of a ledger elsewhere is no variant's.</summary>
    public async Task<StockItemView> Handle(GetStockItem query, CancellationToken cancellationToken)
    {
        var item = await reads.Find<StockItemView>($"{StockItemView.Select} where s.item_id = @item_id", new { ItemId = StockItem.StreamOf(query.VariantId, query.Location) }, cancellationToken);
        return item is { } found && found.VariantId == query.VariantId && found.LocationId == LocationId.Further(query.Location?.Value)
            ? found
            : throw new DomainException(DomainError.NotFound("stock item"));
    }
}
