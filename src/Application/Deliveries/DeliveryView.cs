using Mainstreet.Domain;
using Mainstreet.Domain.Deliveries;

namespace Mainstreet.Application.Deliveries;

/// <summary>A delivery as the business sees it. Contact and address are there for those who bring the goods, and for those they call.</summary>
public sealed record DeliveryView(
    [property: Key] DeliveryId DeliveryId,
    int Version,
    OrderId OrderId,
    string OrderNumber,
    CustomerId CustomerId,
    DeliveryStatus Status,
    DriverId? DriverId,
    string? DriverName,
    Pickup Pickup,
    Address DropOff,
    Contact Contact,
    Money? CashToCollect,
    Money? CashCollected,
    Money Fee,
    ProofOfDelivery? Proof,
    DeliveryFailure? FailureReason,
    string? Note,
    DeliveryStep[] Timeline,
    DateTimeOffset RequestedAt,
    DateTimeOffset UpdatedAt)
{
    public bool IsActive => Delivery.IsActiveIn(Status);

    /// <summary>A row before its first event.</summary>
    internal static DeliveryView Empty(DeliveryId id) => new(
        id, 0, default, "", default, default, null, null, new("", null), new("", "", null, ""), new(null, null, null), null, null, Money.Zero(""),
        null, null, null, [], default, default);
}

/// <summary>When a delivery reached a status; who did it stands in its history.</summary>
public sealed record DeliveryStep(DeliveryStatus Status, DateTimeOffset At);

internal sealed class DeliveriesProjection : Projection<DeliveryView>
{
    public DeliveriesProjection() : base("deliveries", version: 2, inline: true)
    {
        Step<DeliveryRequested>(e => e.DeliveryId, e => e.At, DeliveryStatus.Unassigned, (delivery, e) => delivery with
        {
            OrderId = e.OrderId,
            OrderNumber = e.OrderNumber,
            CustomerId = e.CustomerId,
            Pickup = e.Pickup,
            DropOff = e.DropOff,
            Contact = e.Contact,
            CashToCollect = e.CashToCollect,
            Fee = e.Fee,
            RequestedAt = e.At,
        });
        Step<DeliveryAssigned>(e => e.DeliveryId, e => e.At, DeliveryStatus.Assigned,
            (delivery, e) => delivery with { DriverId = e.DriverId, DriverName = e.DriverName, Note = null });
        Step<DeliveryUnassigned>(e => e.DeliveryId, e => e.At, DeliveryStatus.Unassigned,
            (delivery, e) => delivery with { DriverId = null, DriverName = null, Note = e.Reason });
        Step<DeliveryHeadedToPickup>(e => e.DeliveryId, e => e.At, DeliveryStatus.ToBusiness);
        Step<DeliveryArrivedPickup>(e => e.DeliveryId, e => e.At, DeliveryStatus.AtPickup);
        Step<DeliveryPickedUp>(e => e.DeliveryId, e => e.At, DeliveryStatus.PickedUp);
        Step<DeliveryEnRoute>(e => e.DeliveryId, e => e.At, DeliveryStatus.EnRoute);
        Step<DeliveryArrived>(e => e.DeliveryId, e => e.At, DeliveryStatus.Arrived);
        Step<DeliveryCompleted>(e => e.DeliveryId, e => e.At, DeliveryStatus.Delivered);
        Step<DeliveryFailed>(e => e.DeliveryId, e => e.At, DeliveryStatus.Failed,
            (delivery, e) => delivery with { FailureReason = e.Reason, Note = e.Note });
        Step<DeliveryCanceled>(e => e.DeliveryId, e => e.At, DeliveryStatus.Canceled, (delivery, e) => delivery with { Note = e.Reason });
        Fold<DeliveryProofSubmitted>(e => e.DeliveryId, e => e.At, (delivery, e) => delivery with { Proof = e.Proof });
        Fold<DeliveryCashDueChanged>(e => e.DeliveryId, e => e.At, (delivery, e) => delivery with { CashToCollect = e.CashToCollect });
        Fold<DeliveryCashCollected>(e => e.DeliveryId, e => e.At, (delivery, e) => delivery with { CashCollected = e.Amount });
        Index("requested_at desc", "delivery_id desc");
        Index("status", "requested_at desc", "delivery_id desc");
        Index("driver_id", "requested_at desc", "delivery_id desc");
        Index("order_id");
    }

    private void Step<TEvent>(
        Func<TEvent, DeliveryId> id, Func<TEvent, DateTimeOffset> at, DeliveryStatus status, Func<DeliveryView, TEvent, DeliveryView>? fold = null)
        where TEvent : DeliveryEvent =>
        Fold<TEvent>(id, at, (delivery, e) => (fold is null ? delivery : fold(delivery, e)) with
        {
            Status = status,
            Timeline = [.. delivery.Timeline, new(status, at(e))],
        });

    private void Fold<TEvent>(Func<TEvent, DeliveryId> id, Func<TEvent, DateTimeOffset> at, Func<DeliveryView, TEvent, DeliveryView> fold)
        where TEvent : DeliveryEvent =>
        On<TEvent>(e => DeliveryView.Empty(id(e)), (delivery, e, context) => fold(delivery, e) with { Version = context.Version, UpdatedAt = at(e) });
}
