using Mainstreet.Application.Drivers;
using Mainstreet.Domain;
using Mainstreet.Domain.Deliveries;
using Mainstreet.Domain.Drivers;

namespace Mainstreet.Application.Deliveries;

/// <summary>The pool learns which business a driver's delivery is in, and when the driver has it no longer (D7).</summary>
internal sealed class PoolAssignments : Policy
{
    public PoolAssignments() : base("pool_assignments")
    {
        On<DeliveryAssigned>((e, envelope) => Tell(envelope, e.DeliveryId, e.DriverId, DriverAssignmentStatus.Active, e.At));
        On<DeliveryUnassigned>((e, envelope) => Tell(envelope, e.DeliveryId, e.DriverId, DriverAssignmentStatus.Unassigned, e.At));
        On<DeliveryCompleted>((e, envelope) => Tell(envelope, e.DeliveryId, e.DriverId, DriverAssignmentStatus.Delivered, e.At));
        On<DeliveryFailed>((e, envelope) => Tell(envelope, e.DeliveryId, e.DriverId, DriverAssignmentStatus.Failed, e.At));
        On<DeliveryCanceled>((e, envelope) => e.DriverId is { } driver ? Tell(envelope, e.DeliveryId, driver, DriverAssignmentStatus.Canceled, e.At) : null);
    }

    private static ScheduledCommand Tell(EventEnvelope envelope, DeliveryId delivery, DriverId driver, DriverAssignmentStatus status, DateTimeOffset at) =>
        SendTo(TenantId.Pool, new FollowDelivery(delivery, envelope.Tenant, driver, status, envelope.Version, at), at);
}
