using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Deliveries;
using Mainstreet.Domain.Drivers;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Deliveries;

/// <summary>
/// Gives an order to one of the business's own drivers, by hand. The delivery begins with it, if there is none under way.
/// Errors: not_found (404) for the order or for somebody not on the roster; not_for_delivery, too_many_deliveries (422);
/// illegal_transition (409) when the order is not confirmed or has left, or another driver has it.
/// </summary>
public sealed record AssignDriver(OrderId OrderId, DriverId DriverId) : IRequest<DriverAssigned>;

/// <summary>The version is the delivery's.</summary>
public sealed record DriverAssigned(DeliveryId DeliveryId, DeliveryStatus Status, int Version) : Committed(Version);

internal sealed class AssignDriverHandler(ILane lane, ITenantContext context) : IRequestHandler<AssignDriver, DriverAssigned>
{
    public Task<DriverAssigned> Handle(AssignDriver command, CancellationToken cancellationToken)
    {
        var (business, roster) = (context.Tenant, RosterDriver.StreamOf(command.DriverId));
        return lane.Run(
            streams => streams.Of<Order>(command.OrderId.Value).Of<RosterDriver>(roster).Of<BusinessProfile>(business.Value).OfDeliveries(business, command.OrderId),
            (log, now) =>
            {
                var order = log.Get<Order>(command.OrderId.Value);
                var driver = log.Find<RosterDriver>(roster);
                Check.That(driver is { Listed: true }, DriverErrors.NotFound);

                var delivery = log.LastDelivery(business, order.Id);
                if (delivery is not { IsActive: true } || delivery.DriverId != command.DriverId)
                {
                    Delivery.RequireAssignable(order);
                }

                if (delivery is not { IsActive: true })
                {
                    delivery = Request(log, order, log.NextDelivery(business, order.Id), log.Get<BusinessProfile>(business.Value), now);
                }

                var id = delivery.Id.Value;
                log.Append<Delivery, DeliveryEvent>(id, delivery.Assign(command.DriverId, driver!.Name, now));
                return new DriverAssigned(delivery.Id, log.Get<Delivery>(id).Status, log.Version(id));
            },
            cancellationToken);
    }

    private static Delivery Request(ILaneLog log, Order order, DeliveryId id, BusinessProfile business, DateTimeOffset now)
    {
        log.Append<Delivery, DeliveryEvent>(id.Value, Delivery.Request(DeliveryRequest.For(order, id, Pickup.At(business.Details)), now));
        return log.Get<Delivery>(id.Value);
    }
}
