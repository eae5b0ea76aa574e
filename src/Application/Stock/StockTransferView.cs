using Mainstreet.Domain;
using Mainstreet.Domain.Stock;

namespace Mainstreet.Application.Stock;

/// <summary>One row per transfer of goods between locations (STK-07).</summary>
public sealed record StockTransferView(
    [property: Key] TransferId TransferId, int Version, LocationId FromLocationId, LocationId ToLocationId, TransferredLine[] Lines, string? Reference, Actor MadeBy, DateTimeOffset MadeAt);

internal sealed class StockTransfersProjection : Projection<StockTransferView>
{
    public StockTransfersProjection() : base("stock_transfers", version: 1, inline: true)
    {
        Index("made_at desc", "transfer_id desc");
        On<StockTransferMade>(
            e => new(e.TransferId, 0, default, default, [], null, Actor.System, default),
            (_, e, context) => new(e.TransferId, context.Version, e.From, e.To, e.Lines, e.Reference, context.Actor, e.At));
    }
}
