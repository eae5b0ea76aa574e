using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Deliveries;

/// <summary>Recorded in the business's log. Each names the order too, so that a receiver can follow it without asking.</summary>
public abstract record DeliveryEvent : IEvent;

[EventType("delivery.requested.v1", Description = "An order wants a driver.")]
public sealed record DeliveryRequested(
    DeliveryId DeliveryId,
    OrderId OrderId,
    string OrderNumber,
    [property: DataSubject] CustomerId CustomerId,
    Pickup Pickup,
    Address DropOff,
    Contact Contact,
    Money? CashToCollect,
    Money Fee,
    DateTimeOffset At) : DeliveryEvent;

[EventType("delivery.assigned.v1", Description = "A driver has the delivery.")]
public sealed record DeliveryAssigned(
    DeliveryId DeliveryId,
    OrderId OrderId,
    [property: DataSubject] DriverId DriverId,
    [property: PersonalData] string? DriverName,
    DateTimeOffset At) : DeliveryEvent;

[EventType("delivery.unassigned.v1", Description = "The driver was taken off the delivery, which wants another one.")]
public sealed record DeliveryUnassigned(
    DeliveryId DeliveryId,
    OrderId OrderId,
    [property: DataSubject] DriverId DriverId,
    [property: PersonalData] string? Reason,
    DateTimeOffset At) : DeliveryEvent;

[EventType("delivery.headed_to_pickup.v1", Description = "The driver is on the way to the business.")]
public sealed record DeliveryHeadedToPickup(DeliveryId DeliveryId, OrderId OrderId, DriverId DriverId, DateTimeOffset At) : DeliveryEvent;

[EventType("delivery.arrived_pickup.v1", Description = "The driver is at the business.")]
public sealed record DeliveryArrivedPickup(DeliveryId DeliveryId, OrderId OrderId, DriverId DriverId, DateTimeOffset At) : DeliveryEvent;

[EventType("delivery.picked_up.v1", Description = "The driver has the goods.")]
public sealed record DeliveryPickedUp(DeliveryId DeliveryId, OrderId OrderId, DriverId DriverId, DateTimeOffset At) : DeliveryEvent;

[EventType("delivery.en_route.v1", Description = "The driver is on the way to the customer.")]
public sealed record DeliveryEnRoute(DeliveryId DeliveryId, OrderId OrderId, DriverId DriverId, DateTimeOffset At) : DeliveryEvent;

[EventType("delivery.arrived.v1", Description = "The driver is at the customer's door.")]
public sealed record DeliveryArrived(DeliveryId DeliveryId, OrderId OrderId, DriverId DriverId, DateTimeOffset At) : DeliveryEvent;

[EventType("delivery.proof_submitted.v1", Description = "The driver proved that the goods were handed over.")]
public sealed record DeliveryProofSubmitted(
    DeliveryId DeliveryId,
    OrderId OrderId,
    DriverId DriverId,
    [property: DataSubject] CustomerId CustomerId,
    ProofOfDelivery Proof,
    DateTimeOffset At) : DeliveryEvent;

[EventType("delivery.cash_collected.v1", Description = "The driver took cash from the customer.")]
public sealed record DeliveryCashCollected(DeliveryId DeliveryId, OrderId OrderId, DriverId DriverId, Money Amount, DateTimeOffset At) : DeliveryEvent;

/// <summary><paramref name="CashToCollect"/> is null when nothing is due at the door any more.</summary>
[EventType("delivery.cash_due_changed.v1", Description = "The order was changed: something else is to be collected at the door.")]
public sealed record DeliveryCashDueChanged(DeliveryId DeliveryId, OrderId OrderId, Money? CashToCollect, DateTimeOffset At) : DeliveryEvent;

[EventType("delivery.completed.v1", Description = "The goods are with the customer.")]
public sealed record DeliveryCompleted(DeliveryId DeliveryId, OrderId OrderId, DriverId DriverId, Money? CashCollected, DateTimeOffset At) : DeliveryEvent;

[EventType("delivery.failed.v1", Description = "The goods could not be handed over.")]
public sealed record DeliveryFailed(
    DeliveryId DeliveryId,
    OrderId OrderId,
    DriverId DriverId,
    [property: DataSubject] CustomerId CustomerId,
    DeliveryFailure Reason,
    [property: PersonalData] string? Note,
    DateTimeOffset At) : DeliveryEvent;

[EventType("delivery.canceled.v1", Description = "Nothing is to be delivered any more.")]
public sealed record DeliveryCanceled(
    DeliveryId DeliveryId,
    OrderId OrderId,
    DriverId? DriverId,
    [property: DataSubject] CustomerId CustomerId,
    [property: PersonalData] string? Reason,
    DateTimeOffset At) : DeliveryEvent;

[JsonSerializable(typeof(DeliveryRequested))]
[JsonSerializable(typeof(DeliveryAssigned))]
[JsonSerializable(typeof(DeliveryUnassigned))]
[JsonSerializable(typeof(DeliveryHeadedToPickup))]
[JsonSerializable(typeof(DeliveryArrivedPickup))]
[JsonSerializable(typeof(DeliveryPickedUp))]
[JsonSerializable(typeof(DeliveryEnRoute))]
[JsonSerializable(typeof(DeliveryArrived))]
[JsonSerializable(typeof(DeliveryProofSubmitted))]
[JsonSerializable(typeof(DeliveryCashCollected))]
[JsonSerializable(typeof(DeliveryCashDueChanged))]
[JsonSerializable(typeof(DeliveryCompleted))]
[JsonSerializable(typeof(DeliveryFailed))]
[JsonSerializable(typeof(DeliveryCanceled))]
internal sealed partial class DeliveryJson : JsonSerializerContext;
