using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Drivers;

/// <summary>How the pool sees a delivery of a driver.</summary>
public enum DriverAssignmentStatus
{
    Active,
    Unassigned,
    Delivered,
    Failed,
    Canceled,
}

/// <summary>Recorded in the pool's log, from messages of the businesses: the business's log has the public fact.</summary>
public abstract record DriverAssignmentEvent : IEvent;

[EventType("driver_assignment.recorded.v1", Internal = true)]
public sealed record DriverAssignmentRecorded(DeliveryId DeliveryId, TenantId BusinessId, DriverId DriverId, int DeliveryVersion, DateTimeOffset At) : DriverAssignmentEvent;

[EventType("driver_assignment.closed.v1", Internal = true)]
public sealed record DriverAssignmentClosed(
    DeliveryId DeliveryId, TenantId BusinessId, DriverId DriverId, DriverAssignmentStatus Status, int DeliveryVersion, DateTimeOffset At) : DriverAssignmentEvent;

/// <summary>
/// Which business a driver's delivery belongs to (D7). Messages may arrive late, twice or the wrong way round, so each names
/// the version of the delivery that it tells of, and only a later one counts.
/// </summary>
public sealed record DriverAssignment(DeliveryId DeliveryId, TenantId BusinessId, DriverId DriverId, DriverAssignmentStatus Status, int DeliveryVersion)
    : IAggregate<DriverAssignment, DriverAssignmentEvent>
{
    /// <summary><paramref name="status"/> other than active: the driver has it no longer.</summary>
    public static DriverAssignmentEvent[] Follow(
        DriverAssignment? present, DeliveryId delivery, TenantId business, DriverId driver, DriverAssignmentStatus status, int deliveryVersion, DateTimeOffset now)
    {
        if (present?.DeliveryVersion >= deliveryVersion)
        {
            return [];
        }

        return status == DriverAssignmentStatus.Active
            ? [new DriverAssignmentRecorded(delivery, business, driver, deliveryVersion, now)]
            : [new DriverAssignmentClosed(delivery, business, driver, status, deliveryVersion, now)];
    }

    public static DriverAssignment Evolve(DriverAssignment? assignment, DriverAssignmentEvent e) => e switch
    {
        DriverAssignmentRecorded recorded =>
            new(recorded.DeliveryId, recorded.BusinessId, recorded.DriverId, DriverAssignmentStatus.Active, recorded.DeliveryVersion),
        DriverAssignmentClosed closed => new(closed.DeliveryId, closed.BusinessId, closed.DriverId, closed.Status, closed.DeliveryVersion),
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {assignment?.Status.ToString() ?? "an empty stream"}."),
    };
}

[JsonSerializable(typeof(DriverAssignmentRecorded))]
[JsonSerializable(typeof(DriverAssignmentClosed))]
internal sealed partial class DriverAssignmentJson : JsonSerializerContext;
