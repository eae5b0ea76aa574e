using Mainstreet.Application;
using Mainstreet.Application.Stock;
using Mainstreet.Domain;
using Mainstreet.Domain.Stock;

namespace Mainstreet.Api.Stock;

/// <param name="Id">Under which its history is found: at the default location the variant's.</param>
/// <param name="Available">On hand less what orders were promised.</param>
/// <param name="AverageCost">Weighted average of what was paid for one; absent while no receipt has named a cost.</param>
internal sealed record StockItemBody(
    Guid Id,
    Guid VariantId,
    Guid LocationId,
    Guid ProductId,
    string ProductName,
    string VariantName,
    string? Sku,
    string? Barcode,
    StockPolicy Policy,
    StockStatus Status,
    decimal OnHand,
    decimal Reserved,
    decimal Available,
    decimal Minimum,
    Money? AverageCost,
    DateTimeOffset UpdatedAt,
    int Version)
{
    public static StockItemBody Of(StockItemView item) => new(
        item.ItemId, item.VariantId.Value, (item.LocationId ?? Domain.LocationId.Default).Value, item.ProductId.Value, item.ProductName, item.VariantName, item.Sku, item.Barcode, item.Policy, item.Status, item.OnHand,
        item.Reserved, item.Available, item.Minimum, item.AverageCost, item.UpdatedAt, item.Version);
}

/// <param name="LocationId">Where it came in or went out.</param>
/// <param name="ReferenceId">The order's, sale's, production's or transfer's id, or what the purchase was called.</param>
/// <param name="Cost">Of all of it, for goods that became others or went to another location.</param>
internal sealed record StockMovementBody(
    Guid Id,
    Guid VariantId,
    Guid LocationId,
    Guid? ProductId,
    string? VariantName,
    MovementType MovementType,
    ReferenceType ReferenceType,
    string? ReferenceId,
    decimal Quantity,
    Money? UnitCost,
    Money? Cost,
    string? Note,
    Actor Actor,
    DateTimeOffset At)
{
    public static StockMovementBody Of(StockMovement movement) => new(
        movement.Id, movement.VariantId.Value, (movement.LocationId ?? Domain.LocationId.Default).Value, movement.ProductId?.Value, movement.VariantName, movement.MovementType, movement.ReferenceType,
        movement.ReferenceId, movement.Quantity, movement.UnitCost, movement.Cost, movement.Note, movement.Actor, movement.At);
}

/// <param name="Quantity">Above zero, at most 3 decimals.</param>
/// <param name="UnitCost">What one was bought for; left out: the average stays.</param>
/// <param name="Reference">What the purchase is called.</param>
/// <param name="LocationId">Where; left out: at the default location.</param>
internal sealed record ReceiveStockRequest(decimal Quantity, Money? UnitCost = null, string? Reference = null, Guid? LocationId = null);

/// <param name="Delta">Up or down, not zero, at most 3 decimals.</param>
/// <param name="Reason">Why, such as breakage.</param>
/// <param name="LocationId">Where; left out: at the default location.</param>
internal sealed record AdjustStockRequest(decimal Delta, string Reason, Guid? LocationId = null);

/// <param name="Counted">What is really there.</param>
/// <param name="LocationId">Where; left out: at the default location.</param>
internal sealed record CountStockRequest(decimal Counted, Guid? LocationId = null);

/// <param name="Minimum">At or below this, stock is low.</param>
/// <param name="LocationId">Where; left out: at the default location.</param>
internal sealed record StockMinimumRequest(decimal Minimum, Guid? LocationId = null);

/// <param name="Policy">deny: nothing is sold that is not there; backorder: orders are taken beyond; untracked: not counted.</param>
/// <param name="LocationId">Where; left out: at the default location.</param>
internal sealed record StockPolicyRequest(StockPolicy Policy, Guid? LocationId = null);
