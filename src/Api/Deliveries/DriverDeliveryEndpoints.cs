using Mainstreet.Api.Http;
using Mainstreet.Application.Deliveries;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Deliveries;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Api.Deliveries;

/// <summary>What drivers see and do. Their tokens belong to the pool; positions in these answers count in the log of the delivery's business.</summary>
internal static class DriverDeliveryEndpoints
{
    public static void MapDriverDeliveries(this IEndpointRouteBuilder api)
    {
        var driver = api.MapGroup("/driver").WithTags("Driver app").RequirePermission(Permissions.DriverDeliveries).For(Purpose.Attend)
            .Refuses(423, "business_closed");
        driver.MapGet("/assignments", Assignments).WithName("ListDriverAssignments");

        var delivery = driver.MapGroup("/deliveries/{deliveryId:guid}");
        delivery.MapGet("/", Get).WithName("GetDriverDelivery");
        delivery.MapPatch("/status", Advance).WithName("AdvanceDelivery")
            .Refuses(400, "failure_reason_missing").Refuses(409, "illegal_transition", "order_not_ready").Refuses(422, "proof_required", "cash_due");
        delivery.MapPost("/proof", SubmitProof).WithName("SubmitProof").Refuses(400, "proof_invalid").Refuses(409, "illegal_transition");
        delivery.MapPost("/collect-cash", CollectCash).WithName("CollectCash")
            .Refuses(409, "illegal_transition", "cash_collected_already").Refuses(422, "no_cash_due", "cash_due");
    }

    private static async Task<PageAnswer<DriverAssignmentBody>> Assignments(Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListDriverAssignments(paging), cancellationToken), DriverAssignmentBody.Of);

    private static async Task<OkAnswer<DriverDeliveryBody>> Get(Guid deliveryId, IMediator mediator, CancellationToken cancellationToken)
    {
        var delivery = await mediator.Send(new GetDriverDelivery(new DeliveryId(deliveryId)), cancellationToken);
        return Answers.Ok(DriverDeliveryBody.Of(delivery), delivery.Delivery.Version);
    }

    private static Task<NoContentAnswer> Advance(
        Guid deliveryId, AdvanceDeliveryRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Act(new AdvanceDelivery(new DeliveryId(deliveryId), request.Status, request.Reason, request.Note, ifMatch.Version), mediator, cancellationToken);

    private static Task<NoContentAnswer> SubmitProof(Guid deliveryId, SubmitProofRequest request, IMediator mediator, CancellationToken cancellationToken) =>
        Act(
            new SubmitProof(
                new DeliveryId(deliveryId),
                new ProofOfDelivery(request.PhotoUrl, request.Signature, request.Code, request.Note, request.Position)),
            mediator, cancellationToken);

    private static Task<NoContentAnswer> CollectCash(Guid deliveryId, CollectCashRequest request, IMediator mediator, CancellationToken cancellationToken) =>
        Act(new CollectCash(new DeliveryId(deliveryId), request.Amount), mediator, cancellationToken);

    private static async Task<NoContentAnswer> Act(DriverCommand command, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent((await mediator.Send(new ActAsDriver(command), cancellationToken)).There);
}

/// <param name="Status">One of to_business, at_pickup, picked_up, en_route, arrived, delivered, failed.</param>
/// <param name="Reason">Why it failed.</param>
internal sealed record AdvanceDeliveryRequest(DeliveryStatus Status, DeliveryFailure? Reason = null, string? Note = null);

/// <summary>A photo, a signature or the customer's code, at least.</summary>
internal sealed record SubmitProofRequest(
    string? PhotoUrl = null, string? Signature = null, string? Code = null, string? Note = null, GeoPoint? Position = null);

/// <param name="Amount">What the customer gave: what is due, or more.</param>
internal sealed record CollectCashRequest(Money Amount);

/// <summary>No more than a driver needs to choose what to do next.</summary>
/// <param name="Id">The delivery's.</param>
internal sealed record DriverAssignmentBody(
    Guid Id, Guid BusinessId, string OrderNumber, DeliveryStatus Status, Pickup Pickup, Money? CashToCollect, DateTimeOffset AssignedAt)
{
    public static DriverAssignmentBody Of(AssignedDelivery assigned) => new(
        assigned.Delivery.DeliveryId.Value, assigned.BusinessId.Value, assigned.Delivery.OrderNumber, assigned.Delivery.Status, assigned.Delivery.Pickup,
        assigned.Delivery.CashToCollect, assigned.AssignedAt);
}

/// <param name="AllowedStatuses">What the driver can report now.</param>
/// <param name="DropOff">Shown while the delivery is under way; so are contact and order.</param>
/// <param name="CashToCollect">Absent when nothing is due at the door.</param>
/// <param name="UnreadMessages">How many messages to the driver are not read.</param>
internal sealed record DriverDeliveryBody(
    Guid Id, Guid BusinessId, string OrderNumber, DeliveryStatus Status, IReadOnlyList<DeliveryStatus> AllowedStatuses, Pickup Pickup,
    Address? DropOff, DriverContactBody? Contact, DriverOrderBody? Order, Money? CashToCollect, Money? CashCollected, bool ProofSubmitted,
    int UnreadMessages, IReadOnlyList<DeliveryStep> Timeline, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static DriverDeliveryBody Of(DriverDelivery found)
    {
        var delivery = found.Delivery;
        return new(
            delivery.DeliveryId.Value, found.BusinessId.Value, delivery.OrderNumber, delivery.Status, Delivery.DriverTransitionsFrom(delivery.Status),
            delivery.Pickup, found.DropOff, found.Contact is { } contact ? new(contact.Name, contact.Phone) : null,
            found.Order is { } order ? DriverOrderBody.Of(order) : null,
            delivery.CashToCollect, delivery.CashCollected, delivery.Proof is not null, found.UnreadMessages, delivery.Timeline, delivery.Version, delivery.RequestedAt, delivery.UpdatedAt);
    }
}

internal sealed record DriverContactBody(string? Name, string? Phone);

internal sealed record DriverOrderBody(IReadOnlyList<DriverOrderLineBody> Lines, Money Total, PaymentMethod PaymentMethod, PaymentStatus PaymentStatus)
{
    public static DriverOrderBody Of(Order order) => new(
        [.. order.Lines.Select(line => new DriverOrderLineBody(line.Name, line.VariantName, line.Quantity, line.Note, line.Choices))],
        order.Total, order.PaymentMethod, order.PaymentStatus);
}

/// <param name="Choices">What was chosen with each one; absent where nothing was.</param>
internal sealed record DriverOrderLineBody(string Name, string? VariantName, decimal Quantity, string? Note, LineChoice[]? Choices);
