using Mainstreet.Domain;
using Mainstreet.Domain.Deliveries;

namespace Mainstreet.Application.Deliveries;

/// <summary>The deliveries of one order in a decision: the next one begins when the last has ended.</summary>
internal static class DeliveriesOfOrder
{
    public static LaneStreams OfDeliveries(this LaneStreams streams, TenantId business, OrderId order) =>
        streams.Of<Delivery>(Delivery.IdsOf(business, order).Select(id => id.Value));

    /// <summary>The present delivery of the order, or the last one that ended; null before the first.</summary>
    public static Delivery? LastDelivery(this ILaneLog log, TenantId business, OrderId order) =>
        Delivery.IdsOf(business, order).Select(id => log.Find<Delivery>(id.Value)).LastOrDefault(delivery => delivery is not null);

    /// <summary>Errors: too_many_deliveries (422).</summary>
    public static DeliveryId NextDelivery(this ILaneLog log, TenantId business, OrderId order)
    {
        var free = Delivery.IdsOf(business, order).Where(id => log.Find<Delivery>(id.Value) is null).ToArray();
        return free is [var next, ..] ? next : throw new DomainException(DeliveryErrors.TooManyDeliveries);
    }
}
