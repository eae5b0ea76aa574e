using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Stock;
using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Api.Stock;

internal static class StockEndpoints
{
    public static void MapStock(this IEndpointRouteBuilder api)
    {
        var stock = api.MapGroup("/business/stock").WithTags("Stock");
        stock.MapGet("/movements", Movements).WithName("ListStockMovements").RequirePermission(Permissions.StockRead);
        stock.MapGet("/valuation", Valuation).WithName("GetStockValuation").RequirePermission(Permissions.StockRead);
        stock.MapPost("/productions", Produce).WithName("ProduceStock").RequirePermission(Permissions.StockWrite)
            .Refuses(422, "out_of_stock", "invalid_quantity", "not_tracked", "named_twice", "cost_too_high");
        stock.MapGet("/items", List).WithName("ListStockItems").RequirePermission(Permissions.StockRead);

        var item = stock.MapGroup("/items/{variantId:guid}");
        item.MapGet("/", Get).WithName("GetStockItem").LooksBack().RequirePermission(Permissions.StockRead);
        item.MapPost("/receive", Receive).WithName("ReceiveStock").RequirePermission(Permissions.StockWrite)
            .Refuses(422, "invalid_quantity", "invalid_unit_cost", "currency_mismatch");
        item.MapPost("/adjust", Adjust).WithName("AdjustStock").RequirePermission(Permissions.StockWrite).Refuses(422, "out_of_stock", "invalid_quantity");
        item.MapPost("/count", Count).WithName("CountStock").RequirePermission(Permissions.StockWrite)
            .Refuses(422, "counted_below_reserved", "invalid_quantity");
        item.MapPut("/minimum", SetMinimum).WithName("SetStockMinimum").RequirePermission(Permissions.StockWrite).Refuses(422, "invalid_quantity");
        item.MapPut("/policy", SetPolicy).WithName("SetStockPolicy").RequirePermission(Permissions.StockWrite);
    }

    private static async Task<PageAnswer<StockItemBody>> List(bool? low, string? q, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListStockItems(low, q, paging), cancellationToken), StockItemBody.Of);

    private static async Task<OkAnswer<StockItemBody>> Get(Guid variantId, IMediator mediator, CancellationToken cancellationToken)
    {
        var item = await mediator.Send(new GetStockItem(new VariantId(variantId)), cancellationToken);
        return Answers.Ok(StockItemBody.Of(item), item.Version);
    }

    private static async Task<OkAnswer<StockValuationBody>> Valuation(IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(StockValuationBody.Of(await mediator.Send(new GetStockValuation(), cancellationToken)));

    private static async Task<OkAnswer<ProductionBody>> Produce(ProduceStockRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var produced = await mediator.Send(
            new ProduceStock(
                [.. request.Inputs.Select(input => new ProductionInput(new(input.VariantId), input.Quantity))],
                [.. request.Outputs.Select(output => new ProductionOutput(new(output.VariantId), output.Quantity, output.Weight))], request.Reference),
            cancellationToken);
        return Answers.Ok(
            new ProductionBody(produced.ProductionId.Value, produced.Cost, [.. request.Outputs.Zip(produced.Outputs, (output, cost) => new ProducedBody(output.VariantId, output.Quantity, cost))]),
            produced);
    }

    private static async Task<NoContentAnswer> Receive(Guid variantId, ReceiveStockRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(
            new ReceiveStock(new VariantId(variantId), ifMatch.Version, request.Quantity, request.UnitCost, request.Reference), cancellationToken));

    private static async Task<NoContentAnswer> Adjust(Guid variantId, AdjustStockRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new AdjustStock(new VariantId(variantId), ifMatch.Version, request.Delta, request.Reason), cancellationToken));

    private static async Task<NoContentAnswer> Count(Guid variantId, CountStockRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new CountStock(new VariantId(variantId), ifMatch.Version, request.Counted), cancellationToken));

    private static async Task<NoContentAnswer> SetMinimum(Guid variantId, StockMinimumRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SetStockMinimum(new VariantId(variantId), ifMatch.Version, request.Minimum), cancellationToken));

    private static async Task<NoContentAnswer> SetPolicy(Guid variantId, StockPolicyRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SetStockPolicy(new VariantId(variantId), ifMatch.Version, request.Policy), cancellationToken));

    private static async Task<PageAnswer<StockMovementBody>> Movements(
        Guid? variantId, Choice<MovementType>? movementType, Choice<ReferenceType>? referenceType, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(
            await mediator.Send(
                new ListStockMovements(variantId is { } id ? new VariantId(id) : null, movementType?.Value, referenceType?.Value, paging), cancellationToken),
            StockMovementBody.Of);
}

/// <param name="Available">On hand less what orders were promised.</param>
/// <param name="AverageCost">Weighted average of what was paid for one; absent while no receipt has named a cost.</param>
internal sealed record StockItemBody(
    Guid VariantId,
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
        item.VariantId.Value, item.ProductId.Value, item.ProductName, item.VariantName, item.Sku, item.Barcode, item.Policy, item.Status, item.OnHand,
        item.Reserved, item.Available, item.Minimum, item.AverageCost, item.UpdatedAt, item.Version);
}

/// <param name="ReferenceId">The order's, sale's or production's id, or what the purchase was called.</param>
/// <param name="Cost">Of all of it, for goods that became others.</param>
internal sealed record StockMovementBody(
    Guid Id,
    Guid VariantId,
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
        movement.Id, movement.VariantId.Value, movement.ProductId?.Value, movement.VariantName, movement.MovementType, movement.ReferenceType,
        movement.ReferenceId, movement.Quantity, movement.UnitCost, movement.Cost, movement.Note, movement.Actor, movement.At);
}

/// <param name="Quantity">Above zero, at most 3 decimals.</param>
/// <param name="UnitCost">What one was bought for; left out: the average stays.</param>
/// <param name="Reference">What the purchase is called.</param>
internal sealed record ReceiveStockRequest(decimal Quantity, Money? UnitCost = null, string? Reference = null);

/// <param name="Delta">Up or down, not zero, at most 3 decimals.</param>
/// <param name="Reason">Why, such as breakage.</param>
internal sealed record AdjustStockRequest(decimal Delta, string Reason);

/// <param name="Counted">What is really there.</param>
internal sealed record CountStockRequest(decimal Counted);

/// <param name="Minimum">At or below this, stock is low.</param>
internal sealed record StockMinimumRequest(decimal Minimum);

/// <param name="Policy">deny: nothing is sold that is not there; backorder: orders are taken beyond; untracked: not counted.</param>
internal sealed record StockPolicyRequest(StockPolicy Policy);
