using Mainstreet.Domain;
using Mainstreet.Domain.Drivers;

namespace Mainstreet.Application.Drivers;

/// <summary>Which business a delivery of a driver belongs to, in the pool (D7). Nothing of the order is kept here.</summary>
public sealed record DriverAssignmentView(
    [property: Key] DeliveryId DeliveryId, DriverId DriverId, TenantId BusinessId, DriverAssignmentStatus Status, DateTimeOffset AssignedAt);

internal sealed class DriverAssignmentsProjection : Projection<DriverAssignmentView>
{
    public DriverAssignmentsProjection() : base("driver_assignments", version: 1, inline: true)
    {
        On<DriverAssignmentRecorded>(
            e => new(e.DeliveryId, e.DriverId, e.BusinessId, DriverAssignmentStatus.Active, e.At),
            (_, e) => new(e.DeliveryId, e.DriverId, e.BusinessId, DriverAssignmentStatus.Active, e.At));
        On<DriverAssignmentClosed>(
            e => new(e.DeliveryId, e.DriverId, e.BusinessId, e.Status, e.At),
            (row, e) => row with { DriverId = e.DriverId, Status = e.Status });
        Index("driver_id", "status", "assigned_at", "delivery_id");
    }
}
