using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Application.Stock;

/// <summary>Transfers between locations, the newest first.</summary>
/// <param name="Location">From or to this one; null: all.</param>
public sealed record ListStockTransfers(LocationId? Location, PageRequest Page) : IRequest<Page<StockTransferView>>;

internal sealed class ListStockTransfersHandler(IReadStore reads) : IRequestHandler<ListStockTransfers, Page<StockTransferView>>
{
    private const string Sql = """
        select * from rm.stock_transfers
         where (@location::uuid is null or @location in (from_location_id, to_location_id))
           and (@made_at::timestamptz is null or (made_at, transfer_id) < (@made_at, @transfer_id))
         order by made_at desc, transfer_id desc limit @rows
        """;

    public async Task<Page<StockTransferView>> Handle(ListStockTransfers query, CancellationToken cancellationToken)
    {
        var list = $"stock transfers {query.Location}";
        var after = query.Page.After(list);
        var rows = await reads.List<StockTransferView>(Sql, new { query.Location, MadeAt = after?.Time(0), TransferId = after?.Id(1), query.Page.Rows }, cancellationToken);
        return query.Page.Cut(rows, list, transfer => [transfer.MadeAt, transfer.TransferId]);
    }
}

/// <summary>Errors: not_found (404).</summary>
public sealed record GetStockTransfer(TransferId TransferId) : IRequest<StockTransferView>;

internal sealed class GetStockTransferHandler(IReadStore reads) : IRequestHandler<GetStockTransfer, StockTransferView>
{
    public async Task<StockTransferView> Handle(GetStockTransfer query, CancellationToken cancellationToken) =>
        await reads.Find<StockTransferView>("select * from rm.stock_transfers where transfer_id = @transfer_id", new { query.TransferId }, cancellationToken)
        ?? throw new DomainException(DomainError.NotFound("transfer"));
}
