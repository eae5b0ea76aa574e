using Mainstreet.Api.Http;
using Mainstreet.Application.Deliveries;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Deliveries;
using MediatR;

namespace Mainstreet.Api.Deliveries;

/// <summary>Deliveries as the business sees and gives them.</summary>
internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this IEndpointRouteBuilder api)
    {
        var orders = api.MapGroup("/business/orders/{orderId:guid}").WithTags("Deliveries").RequirePermission(Permissions.OrdersAssign).For(Purpose.WindUp);
        orders.MapPost("/assign", Assign).WithName("AssignDriver")
            .Refuses(409, "illegal_transition").Refuses(422, "not_for_delivery", "too_many_deliveries");
        orders.MapPost("/unassign", Unassign).WithName("UnassignDriver").Refuses(409, "illegal_transition", "not_assigned");

        var deliveries = api.MapGroup("/business/deliveries").WithTags("Deliveries").RequirePermission(Permissions.OrdersRead);
        deliveries.MapGet("/", List).WithName("ListDeliveries");
        deliveries.MapGet("/{deliveryId:guid}", Get).WithName("GetDelivery").LooksBack();
    }

    private static async Task<OkAnswer<AssignedDriverBody>> Assign(Guid orderId, AssignDriverRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var assigned = await mediator.Send(new AssignDriver(new OrderId(orderId), new DriverId(request.DriverId)), cancellationToken);
        return Answers.Ok(new AssignedDriverBody(assigned.DeliveryId.Value, orderId, request.DriverId, assigned.Status), assigned);
    }

    private static async Task<NoContentAnswer> Unassign(Guid orderId, UnassignDriverRequest? request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new UnassignDriver(new OrderId(orderId), request?.Reason), cancellationToken));

    private static async Task<PageAnswer<DeliveryBody>> List(
        Paging paging, Choice<DeliveryStatus>? status, Guid? driverId, Guid? orderId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(
            await mediator.Send(
                new ListDeliveries(paging, status?.Value, driverId is { } driver ? new DriverId(driver) : null, orderId is { } order ? new OrderId(order) : null),
                cancellationToken),
            DeliveryBody.Of);

    private static async Task<OkAnswer<DeliveryBody>> Get(Guid deliveryId, IMediator mediator, CancellationToken cancellationToken)
    {
        var delivery = await mediator.Send(new GetDelivery(new DeliveryId(deliveryId)), cancellationToken);
        return Answers.Ok(DeliveryBody.Of(delivery), delivery.Version);
    }
}

internal sealed record AssignDriverRequest(Guid DriverId);

internal sealed record UnassignDriverRequest(string? Reason = null);

/// <param name="Id">The delivery's.</param>
internal sealed record AssignedDriverBody(Guid Id, Guid OrderId, Guid DriverId, DeliveryStatus Status);

/// <param name="Driver">Absent while nobody has it.</param>
/// <param name="CashToCollect">Absent when nothing is due at the door.</param>
/// <param name="CashCollected">May be more than what was due.</param>
internal sealed record DeliveryBody(
    Guid Id, Guid OrderId, string OrderNumber, DeliveryStatus Status, DeliveryDriverBody? Driver, Pickup Pickup, Address DropOff, Contact Contact,
    Money? CashToCollect, Money? CashCollected, Money Fee, ProofOfDelivery? Proof, DeliveryFailure? FailureReason, string? Note,
    IReadOnlyList<DeliveryStep> Timeline, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static DeliveryBody Of(DeliveryView delivery) => new(
        delivery.DeliveryId.Value, delivery.OrderId.Value, delivery.OrderNumber, delivery.Status,
        delivery.DriverId is { } driver ? new(driver.Value, delivery.DriverName) : null,
        delivery.Pickup, delivery.DropOff, delivery.Contact, delivery.CashToCollect, delivery.CashCollected, delivery.Fee, delivery.Proof,
        delivery.FailureReason, delivery.Note, delivery.Timeline, delivery.Version, delivery.RequestedAt, delivery.UpdatedAt);
}

internal sealed record DeliveryDriverBody(Guid Id, string? Name);
