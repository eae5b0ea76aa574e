using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Deliveries;

namespace Mainstreet.Domain.Tests.Deliveries;

internal static class DeliverySamples
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly DeliveryId Parcel = new(Uuid.Named("parcel"));
    public static readonly OrderId Order = new(Uuid.Named("order", "1"));
    public static readonly CustomerId Carla = new(Uuid.Named("carla"));
    public static readonly DriverId Dana = new(Uuid.Named("dana"));
    public static readonly DriverId Emil = new(Uuid.Named("emil"));
    public static readonly Money Due = new(2640, "EUR");
    public static readonly ProofOfDelivery Photo = new("/files/door.jpg", null, "4711", "Left with the neighbour", new GeoPoint(53.56, 9.99));

    public static readonly DeliveryRequest CashRequest = new(
        Parcel, Order, "1001", Carla,
        new Pickup("Corner Bakery", new BusinessAddress("Market Street 1", "Hamburg", "20095", "DE", 53.55, 10.0), "+49 40 123456"),
        new Address("Elm Street 5", "Hamburg", "20097", "DE", 53.56, 9.99, "Ring twice"),
        new Contact("Carla Berg", "carla@example.com", "+49 151 999"),
        Due,
        new Money(250, "EUR"));

    /// <summary>A delivery in each status, by the shortest way there.</summary>
    public static DeliveryEvent[] In(DeliveryStatus status, DeliveryRequest? request = null)
    {
        DeliveryEvent[] requested = Delivery.Request(request ?? CashRequest, Now);
        DeliveryEvent[] way =
        [
            new DeliveryAssigned(Parcel, Order, Dana, "Dana R.", Now),
            new DeliveryHeadedToPickup(Parcel, Order, Dana, Now),
            new DeliveryArrivedPickup(Parcel, Order, Dana, Now),
            new DeliveryPickedUp(Parcel, Order, Dana, Now),
            new DeliveryEnRoute(Parcel, Order, Dana, Now),
            new DeliveryArrived(Parcel, Order, Dana, Now),
        ];
        return status switch
        {
            DeliveryStatus.Delivered => [.. requested, .. way, Proven, Collected(Due), new DeliveryCompleted(Parcel, Order, Dana, Due, Now)],
            DeliveryStatus.Failed => [.. requested, way[0], new DeliveryFailed(Parcel, Order, Dana, Carla, DeliveryFailure.CustomerAbsent, "Nobody opened", Now)],
            DeliveryStatus.Canceled => [.. requested, way[0], new DeliveryCanceled(Parcel, Order, Dana, Carla, "Sold out", Now)],
            _ => [.. requested, .. way[..(int)status]],
        };
    }

    public static DeliveryProofSubmitted Proven => new(Parcel, Order, Dana, Carla, Photo, Now);

    public static DeliveryCashCollected Collected(Money amount) => new(Parcel, Order, Dana, amount, Now);

    public static DeliveryEvent[][] Streams =>
    [
        In(DeliveryStatus.Delivered),
        In(DeliveryStatus.Failed),
        In(DeliveryStatus.Canceled),
        [.. In(DeliveryStatus.Assigned), new DeliveryCashDueChanged(Parcel, Order, new(1320, "EUR"), Now)],
        [.. In(DeliveryStatus.Assigned), new DeliveryUnassigned(Parcel, Order, Dana, "Flat tyre", Now)],
    ];
}
