using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Stock;
using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using MediatR;

namespace Mainstreet.Api.Stock;

/// <summary>Goods that go from one location to another (STK-07).</summary>
internal static class TransferEndpoints
{
    public static void MapStockTransfers(this IEndpointRouteBuilder api)
    {
        var transfers = api.MapGroup("/business/stock/transfers").WithTags("Stock");
        transfers.MapGet("/", List).WithName("ListStockTransfers").RequirePermission(Permissions.StockRead);
        transfers.MapPost("/", Transfer).WithName("TransferStock").RequirePermission(Permissions.StockWrite).Refuses(409, "already_exists", "location_retired")
            .Refuses(422, "same_location", "named_twice", "out_of_stock", "not_tracked", "invalid_quantity", "cost_too_high");
        transfers.MapGet("/{transferId:guid}", Get).WithName("GetStockTransfer").RequirePermission(Permissions.StockRead);
    }

    private static async Task<PageAnswer<StockTransferBody>> List(Guid? location, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListStockTransfers(location is { } id ? new LocationId(id) : null, paging), cancellationToken), StockTransferBody.Of);

    private static async Task<CreatedAnswer<TransferredBody>> Transfer(TransferStockRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var transferred = await mediator.Send(
            new TransferStock(
                new(request.Id ?? Uuid.New()), new(request.From), new(request.To), [.. request.Lines.Select(line => new TransferLine(new(line.VariantId), line.Quantity))],
                request.Reference),
            cancellationToken);
        return Answers.Created($"/business/stock/transfers/{transferred.TransferId}", TransferredBody.Of(transferred), transferred);
    }

    private static async Task<OkAnswer<StockTransferBody>> Get(Guid transferId, IMediator mediator, CancellationToken cancellationToken)
    {
        var transfer = await mediator.Send(new GetStockTransfer(new(transferId)), cancellationToken);
        return Answers.Ok(StockTransferBody.Of(transfer), transfer.Version);
    }
}

/// <param name="From">The location that the goods leave.</param>
/// <param name="To">The location at which they arrive.</param>
/// <param name="Lines">1 to 100, each variant once. All of them go, or none.</param>
/// <param name="Reference">What people call it.</param>
/// <param name="Id">Chosen by the client, or left out; the same transfer again does nothing.</param>
internal sealed record TransferStockRequest(Guid From, Guid To, TransferLineRequest[] Lines, string? Reference = null, Guid? Id = null);

/// <param name="Quantity">Above zero, at most 3 decimals.</param>
internal sealed record TransferLineRequest(Guid VariantId, decimal Quantity);

/// <param name="Cost">Of all of it; absent while none is known.</param>
internal sealed record TransferLineBody(Guid VariantId, decimal Quantity, Money? Cost)
{
    public static TransferLineBody[] Of(TransferredLine[] lines) => [.. lines.Select(line => new TransferLineBody(line.VariantId.Value, line.Quantity, line.Cost))];
}

internal sealed record TransferredBody(Guid Id, Guid From, Guid To, TransferLineBody[] Lines, string? Reference)
{
    public static TransferredBody Of(Transferred transfer) =>
        new(transfer.TransferId.Value, transfer.From.Value, transfer.To.Value, TransferLineBody.Of(transfer.Lines), transfer.Reference);
}

internal sealed record StockTransferBody(Guid Id, Guid From, Guid To, TransferLineBody[] Lines, string? Reference, Actor MadeBy, DateTimeOffset MadeAt)
{
    public static StockTransferBody Of(StockTransferView transfer) => new(
        transfer.TransferId.Value, transfer.FromLocationId.Value, transfer.ToLocationId.Value, TransferLineBody.Of(transfer.Lines), transfer.Reference, transfer.MadeBy, transfer.MadeAt);
}
