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
            .Refuses(422, "out_of_stock", "invalid_quantity", "not_tracked", "named_twice", "cost_too_high").Refuses(409, "location_retired");
        stock.MapGet("/items", List).WithName("ListStockItems").RequirePermission(Permissions.StockRead);

        var item = stock.MapGroup("/items/{variantId:guid}");
        item.MapGet("/", Get).WithName("GetStockItem").LooksBack().RequirePermission(Permissions.StockRead);
        item.MapPost("/receive", Receive).WithName("ReceiveStock").RequirePermission(Permissions.StockWrite)
            .Refuses(409, "location_retired").Refuses(422, "invalid_quantity", "invalid_unit_cost", "currency_mismatch");
        item.MapPost("/adjust", Adjust).WithName("AdjustStock").RequirePermission(Permissions.StockWrite).Refuses(409, "location_retired")
            .Refuses(422, "out_of_stock", "invalid_quantity");
        item.MapPost("/count", Count).WithName("CountStock").RequirePermission(Permissions.StockWrite)
            .Refuses(409, "location_retired").Refuses(422, "counted_below_reserved", "invalid_quantity");
        item.MapPut("/minimum", SetMinimum).WithName("SetStockMinimum").RequirePermission(Permissions.StockWrite).Refuses(409, "location_retired").Refuses(422, "invalid_quantity");
        item.MapPut("/policy", SetPolicy).WithName("SetStockPolicy").RequirePermission(Permissions.StockWrite).Refuses(409, "location_retired");
    }

    private static async Task<PageAnswer<StockItemBody>> List(
        bool? low, string? q, Guid? location, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListStockItems(low, q, Named(location), paging), cancellationToken), StockItemBody.Of);

    private static async Task<OkAnswer<StockItemBody>> Get(Guid variantId, Guid? location, IMediator mediator, CancellationToken cancellationToken)
    {
        var item = await mediator.Send(new GetStockItem(new VariantId(variantId), Named(location)), cancellationToken);
        return Answers.Ok(StockItemBody.Of(item), item.Version);
    }

    private static async Task<OkAnswer<StockValuationBody>> Valuation(Guid? location, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(StockValuationBody.Of(await mediator.Send(new GetStockValuation(Named(location)), cancellationToken)));

    private static async Task<OkAnswer<ProductionBody>> Produce(ProduceStockRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var produced = await mediator.Send(
            new ProduceStock(
                [.. request.Inputs.Select(input => new ProductionInput(new(input.VariantId), input.Quantity))],
                [.. request.Outputs.Select(output => new ProductionOutput(new(output.VariantId), output.Quantity, output.Weight))], request.Reference,
                LocationId.Further(request.LocationId)),
            cancellationToken);
        return Answers.Ok(
            new ProductionBody(produced.ProductionId.Value, produced.Cost, [.. request.Outputs.Zip(produced.Outputs, (output, cost) => new ProducedBody(output.VariantId, output.Quantity, cost))]),
            produced);
    }

    private static async Task<NoContentAnswer> Receive(Guid variantId, ReceiveStockRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(
            new ReceiveStock(new VariantId(variantId), LocationId.Further(request.LocationId), ifMatch.Version, request.Quantity, request.UnitCost, request.Reference), cancellationToken));

    private static async Task<NoContentAnswer> Adjust(Guid variantId, AdjustStockRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new AdjustStock(new VariantId(variantId), LocationId.Further(request.LocationId), ifMatch.Version, request.Delta, request.Reason), cancellationToken));

    private static async Task<NoContentAnswer> Count(Guid variantId, CountStockRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new CountStock(new VariantId(variantId), LocationId.Further(request.LocationId), ifMatch.Version, request.Counted), cancellationToken));

    private static async Task<NoContentAnswer> SetMinimum(Guid variantId, StockMinimumRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SetStockMinimum(new VariantId(variantId), LocationId.Further(request.LocationId), ifMatch.Version, request.Minimum), cancellationToken));

    private static async Task<NoContentAnswer> SetPolicy(Guid variantId, StockPolicyRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SetStockPolicy(new VariantId(variantId), LocationId.Further(request.LocationId), ifMatch.Version, request.Policy), cancellationToken));

    private static async Task<PageAnswer<StockMovementBody>> Movements(
        Guid? variantId, Guid? location, Choice<MovementType>? movementType, Choice<ReferenceType>? referenceType, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(
            await mediator.Send(
                new ListStockMovements(variantId is { } id ? new VariantId(id) : null, Named(location), movementType?.Value, referenceType?.Value, paging), cancellationToken),
            StockMovementBody.Of);

    private static LocationId? Named(Guid? location) => location is { } id ? new LocationId(id) : null;
}
