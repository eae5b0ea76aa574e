using Mainstreet.Domain;
using Mainstreet.Domain.Stock;

namespace Mainstreet.Application.Stock;

public enum MovementType
{
    In,
    Out,
}

public enum ReferenceType
{
    Sale,
    Purchase,
    Adjustment,
    Production,

    /// <summary>From one location to another.</summary>
    Transfer,
}

/// <summary>One row per movement of goods: in or out, why, by whom and when (STK-01). Promises to orders move nothing.</summary>
/// <param name="LocationId">Where they came in or went out; null: the default location.</param>
/// <param name="ReferenceId">The order's, sale's, production's or transfer's id, or what the purchase was called.</param>
/// <param name="Quantity">Above zero.</param>
/// <param name="UnitCost">To the minor unit.</param>
/// <param name="Cost">Of all of it, exactly: of goods that became others or changed places, whose parts may cost less than a minor unit each.</param>
public sealed record StockMovementView(
    [property: Key] Guid Id,
    VariantId VariantId,
    LocationId? LocationId,
    MovementType MovementType,
    ReferenceType ReferenceType,
    string? ReferenceId,
    decimal Quantity,
    Money? UnitCost,
    Money? Cost,
    string? Note,
    Actor Actor,
    DateTimeOffset At);

public sealed class StockMovementsProjection : Projection<StockMovementView>
{
    public StockMovementsProjection() : base("stock_movements", version: 4)
    {
        Index("variant_id", "row_position desc");
        Index("row_position desc");
        IndexWhere("reference_type = 'production'", "row_position desc"); // few among many
        IndexWhere("location_id is not null", "location_id", "row_position desc");
        On<StockReceived>((e, context) => new(
            context.EventId, e.VariantId, e.LocationId, MovementType.In, ReferenceType.Purchase, e.Reference, e.Quantity, e.UnitCost, null, null, context.Actor, e.At));
        On<StockIssued>((e, context) => new(
            context.EventId, e.VariantId, e.LocationId, MovementType.Out, ReferenceType.Sale, e.OrderId.ToString(), e.Quantity, e.UnitCost, null, null, context.Actor, e.At));
        On<StockReturned>((e, context) => new(
            context.EventId, e.VariantId, e.LocationId, MovementType.In, ReferenceType.Sale, e.OrderId.ToString(), e.Quantity, null, null, null, context.Actor, e.At));
        On<StockSold>((e, context) => new(
            context.EventId, e.VariantId, e.LocationId, MovementType.Out, ReferenceType.Sale, e.SaleId.ToString(), e.Quantity, e.UnitCost, null, null, context.Actor, e.At));
        On<StockTakenBack>((e, context) => new(
            context.EventId, e.VariantId, e.LocationId, MovementType.In, ReferenceType.Sale, e.SaleId.ToString(), e.Quantity, UnitCostOf(e), null, null, context.Actor, e.At));
        On<StockConsumed>((e, context) => new(
            context.EventId, e.VariantId, e.LocationId, MovementType.Out, ReferenceType.Production, e.ProductionId.ToString(), e.Quantity, Each(e.Cost, e.Quantity), e.Cost, e.Reference, context.Actor, e.At));
        On<StockProduced>((e, context) => new(
            context.EventId, e.VariantId, e.LocationId, MovementType.In, ReferenceType.Production, e.ProductionId.ToString(), e.Quantity, Each(e.Cost, e.Quantity), e.Cost, e.Reference, context.Actor, e.At));
        On<StockTransferredOut>((e, context) => new(
            context.EventId, e.VariantId, e.LocationId, MovementType.Out, ReferenceType.Transfer, e.TransferId.ToString(), e.Quantity, Each(e.Cost, e.Quantity), e.Cost, e.Reference, context.Actor, e.At));
        On<StockTransferredIn>((e, context) => new(
            context.EventId, e.VariantId, e.LocationId, MovementType.In, ReferenceType.Transfer, e.TransferId.ToString(), e.Quantity, Each(e.Cost, e.Quantity), e.Cost, e.Reference, context.Actor, e.At));
        On<StockAdjusted>((e, context) => Correction(e, e.Delta, e.Reason, e.At, context));
        On<StockCounted>((e, context) => Correction(e, e.Difference, "Stock count", e.At, context));
    }

    private void On<TEvent>(Func<TEvent, FoldContext, StockMovementView> row) where TEvent : StockEvent => On(row, (movement, _, _) => movement);

    /// <summary>What one cost, to the minor unit.</summary>
    private static Money? Each(Money? cost, decimal quantity) => cost is { } all ? new Money(1, all.Currency) * (all.Amount / quantity) : null;

    private static Money? UnitCostOf(StockTakenBack back) => back is { UnitCost: { } cost, CostCurrency: { } currency } ? new Money(1, currency) * cost : null;

    private static StockMovementView Correction(StockEvent e, decimal delta, string note, DateTimeOffset at, FoldContext context) => new(
        context.EventId, e.VariantId, e.LocationId, delta < 0 ? MovementType.Out : MovementType.In, ReferenceType.Adjustment, null, Math.Abs(delta), null, null, note, context.Actor, at);
}
