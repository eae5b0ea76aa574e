using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Api.Orders;

/// <summary>Steps of many orders in one call.</summary>
internal static class OrderBatchEndpoint
{
    public static void MapOrderBatch(this IEndpointRouteBuilder api) =>
        api.MapPost("/business/orders:batch", ChangeAll).WithName("ChangeOrderStatuses").WithTags("Orders").RequirePermission(Permissions.OrdersWrite).For(Purpose.WindUp);

    private static async Task<OkAnswer<OrderBatchBody>> ChangeAll(OrderBatchRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new ChangeOrderStatuses([.. request.Items.Select(item => item.ToCommand())]), cancellationToken);
        return Answers.Ok(new OrderBatchBody([.. receipt.Results.Select(OrderBatchItemBody.Of)]), receipt);
    }
}

/// <param name="Items">1 to 500, taken one after the other.</param>
internal sealed record OrderBatchRequest(OrderBatchItem[] Items);

/// <summary>The status that an order is to reach; the step that leads there is taken.</summary>
/// <param name="PromisedAt">With confirmed: when the customer can expect the goods.</param>
/// <param name="Reason">Needed with rejected and canceled.</param>
/// <param name="CashCollected">With delivered, for a pickup that is paid in cash.</param>
/// <param name="Version">Takes the step only if the order has this version, as If-Match does elsewhere.</param>
internal sealed record OrderBatchItem(
    Guid OrderId, OrderStatus Status, DateTimeOffset? PromisedAt = null, string? Reason = null, Money? CashCollected = null, int? Version = null)
{
    public ChangeOrderStatus ToCommand() => new(new(OrderId), Status, PromisedAt, Reason, CashCollected, Version);
}

/// <summary>How each item fared, in the order in which they were sent.</summary>
internal sealed record OrderBatchBody(OrderBatchItemBody[] Items);

/// <param name="OrderId">Absent where it is rejected: what is not known is not repeated.</param>
/// <param name="Outcome">unchanged: the order had the status already. rejected: nothing was done to it.</param>
/// <param name="Version">Of the order from now on; absent where it is rejected.</param>
/// <param name="Error">Why it is rejected; the pointer is within the item.</param>
internal sealed record OrderBatchItemBody(Guid? OrderId, StatusOutcome Outcome, int? Version, ProblemError? Error)
{
    public static OrderBatchItemBody Of(StatusChangeResult result) => new(
        result.Version == 0 ? null : result.OrderId.Value, result.Outcome, result.Version == 0 ? null : result.Version,
        ProblemError.Of(result.Error));
}
