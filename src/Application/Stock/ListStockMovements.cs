using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Stock;

/// <summary>What went in and out, the newest first (STK-03).</summary>
/// <param name="VariantId">Of one variant; null: of all.</param>
/// <param name="Location">At one location; null: at all.</param>
public sealed record ListStockMovements(VariantId? VariantId, LocationId? Location, MovementType? MovementType, ReferenceType? ReferenceType, PageRequest Page) : IRequest<Page<StockMovement>>;

/// <param name="ProductId">Null when the variant was taken out of its product.</param>
/// <param name="RowPosition">Where the movement stands in the log.</param>
public sealed record StockMovement(
    Guid Id,
    VariantId VariantId,
    LocationId? LocationId,
    ProductId? ProductId,
    string? VariantName,
    MovementType MovementType,
    ReferenceType ReferenceType,
    string? ReferenceId,
    decimal Quantity,
    Money? UnitCost,
    Money? Cost,
    string? Note,
    Actor Actor,
    DateTimeOffset At,
    long RowPosition);

internal sealed class ListStockMovementsHandler(IReadStore reads) : IRequestHandler<ListStockMovements, Page<StockMovement>>
{
    private static string Sql(LocationId? location) => $"""
        select m.*, v.product_id, v.name as variant_name
          from rm.stock_movements m left join rm.product_variants v on v.variant_id = m.variant_id
         where (@variant_id::uuid is null or m.variant_id = @variant_id)
           and (@movement_type::text is null or m.movement_type = @movement_type)
           and (@reference_type::text is null or m.reference_type = @reference_type)
           {StockLocations.Filter("m", location)}
           and (@before::bigint is null or m.row_position < @before)
         order by m.row_position desc limit @rows
        """;

    public async Task<Page<StockMovement>> Handle(ListStockMovements query, CancellationToken cancellationToken)
    {
        var list = $"stock movements\n{query.VariantId}\n{query.Location}\n{query.MovementType}\n{query.ReferenceType}";
        var rows = await reads.List<StockMovement>(
            Sql(query.Location),
            new { query.VariantId, query.Location, query.MovementType, query.ReferenceType, Before = query.Page.After(list)?.Number(0), query.Page.Rows },
            cancellationToken);
        return query.Page.Cut(rows, list, movement => [movement.RowPosition]);
    }
}
