using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Domain.Deliveries;

/// <summary>A driver asks for the ones from ToBusiness to Failed: <c>PATCH /driver/deliveries/{id}/status</c> (DRV-09).</summary>
public enum DeliveryStatus
{
    Unassigned,
    Assigned,
    ToBusiness,
    AtPickup,
    PickedUp,
    EnRoute,
    Arrived,
    Delivered,
    Failed,
    Canceled,
}

public enum DeliveryFailure
{
    CustomerAbsent,
    AddressNotFound,
    Refused,
    Damaged,
    Accident,
    Other,
}

/// <summary>Where the driver fetches the goods: the business, so no personal data. Its own drivers find it without an address too.</summary>
public sealed record Pickup(string Name, BusinessAddress? Address, string? Phone = null)
{
    public static Pickup At(BusinessDetails business) => new(business.Name, business.Address, business.Phone);
}

/// <summary>What shows that the goods were handed over: a photo, a signature or the customer's code, at least.</summary>
public sealed record ProofOfDelivery(
    [property: PersonalData] string? PhotoUrl = null,
    [property: PersonalData] string? Signature = null,
    [property: PersonalData] string? Code = null,
    [property: PersonalData] string? Note = null,
    [property: PersonalData] GeoPoint? Position = null);

/// <summary>What is to be brought where. <paramref name="CashToCollect"/> is null when nothing is due at the door.</summary>
public sealed record DeliveryRequest(
    DeliveryId DeliveryId,
    OrderId OrderId,
    string OrderNumber,
    CustomerId CustomerId,
    Pickup Pickup,
    Address DropOff,
    Contact Contact,
    Money? CashToCollect,
    Money Fee)
{
    /// <summary>An order as it is to be brought; what is due at the door is what it still costs in cash.</summary>
    public static DeliveryRequest For(Order order, DeliveryId id, Pickup pickup) => new(
        id, order.Id, order.Number, order.CustomerId, pickup, order.DropOff!, order.Contact,
        CashOf(order), order.DeliveryFee);

    public static Money? CashOf(Order order) => order.CashDue is { Amount: > 0 } cash ? cash : null;
}
