using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Drivers;

/// <summary>Recorded in the pool's log.</summary>
public abstract record DriverEvent : IEvent;

/// <summary>Internal, because a licence is for whoever checks the application.</summary>
[EventType("driver.applied.v1", Internal = true)]
public sealed record DriverApplied(
    [property: DataSubject] DriverId DriverId,
    UserId UserId,
    [property: PersonalData] string Name,
    [property: PersonalData] string? Phone,
    VehicleType Vehicle,
    [property: PersonalData] string? Plate,
    [property: PersonalData] string? LicenceNumber,
    DateTimeOffset At) : DriverEvent;

[EventType("driver.approved.v1", Description = "A driver may take deliveries.")]
public sealed record DriverApproved(DriverId DriverId, DateTimeOffset At) : DriverEvent;

[EventType("driver.suspended.v1", Description = "A driver may take no deliveries for the time being.")]
public sealed record DriverSuspended([property: DataSubject] DriverId DriverId, [property: PersonalData] string? Reason, DateTimeOffset At) : DriverEvent;

[EventType("driver.reinstated.v1", Description = "A suspended driver may take deliveries again.")]
public sealed record DriverReinstated(DriverId DriverId, DateTimeOffset At) : DriverEvent;

[EventType("driver.deactivated.v1", Description = "A driver left the pool.")]
public sealed record DriverDeactivated(DriverId DriverId, DateTimeOffset At) : DriverEvent;

/// <summary>Priority 1 is asked first. A later one for the same business replaces it.</summary>
[EventType("driver.dedicated_to.v1", Description = "A driver works for a business, at a place in the order in which drivers are asked; a later one replaces it.")]
public sealed record DriverDedicatedTo(DriverId DriverId, TenantId BusinessId, int Priority, DateTimeOffset At) : DriverEvent;

[EventType("driver.released_from.v1", Description = "A driver no longer works for a business in particular.")]
public sealed record DriverReleasedFrom(DriverId DriverId, TenantId BusinessId, DateTimeOffset At) : DriverEvent;

[EventType("driver.joined_shared_pool.v1", Description = "A driver takes deliveries of any business.")]
public sealed record DriverJoinedSharedPool(DriverId DriverId, DateTimeOffset At) : DriverEvent;

[EventType("driver.left_shared_pool.v1", Description = "A driver takes deliveries of certain businesses only.")]
public sealed record DriverLeftSharedPool(DriverId DriverId, DateTimeOffset At) : DriverEvent;

[JsonSerializable(typeof(DriverApplied))]
[JsonSerializable(typeof(DriverApproved))]
[JsonSerializable(typeof(DriverSuspended))]
[JsonSerializable(typeof(DriverReinstated))]
[JsonSerializable(typeof(DriverDeactivated))]
[JsonSerializable(typeof(DriverDedicatedTo))]
[JsonSerializable(typeof(DriverReleasedFrom))]
[JsonSerializable(typeof(DriverJoinedSharedPool))]
[JsonSerializable(typeof(DriverLeftSharedPool))]
internal sealed partial class DriverJson : JsonSerializerContext;
