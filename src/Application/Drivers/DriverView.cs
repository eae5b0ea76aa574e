using Mainstreet.Domain;
using Mainstreet.Domain.Drivers;

namespace Mainstreet.Application.Drivers;

/// <summary>A driver of the pool, as the driver and those who run the pool see it (DRV-01).</summary>
public sealed record DriverView(
    [property: Key] DriverId DriverId,
    UserId UserId,
    string Name,
    string? Phone,
    VehicleType Vehicle,
    string? Plate,
    DriverStatus Status,
    Dedication[] Dedications,
    bool InSharedPool,
    DateTimeOffset AppliedAt,
    DateTimeOffset UpdatedAt,
    int Version)
{
    /// <summary>A row before its first event.</summary>
    internal static DriverView Empty(DriverId id) => new(id, id.Account(), "", null, default, null, default, [], InSharedPool: false, default, default, 0);
}

internal sealed class DriversProjection : Projection<DriverView>
{
    public DriversProjection() : base("drivers", version: 1, inline: true)
    {
        Fold<DriverApplied>(e => e.DriverId, e => e.At, (driver, e) => driver with
        {
            UserId = e.UserId,
            Name = e.Name,
            Phone = e.Phone,
            Vehicle = e.Vehicle,
            Plate = e.Plate,
            AppliedAt = e.At,
        });
        Fold<DriverApproved>(e => e.DriverId, e => e.At, (driver, _) => driver with { Status = DriverStatus.Approved });
        Fold<DriverSuspended>(e => e.DriverId, e => e.At, (driver, _) => driver with { Status = DriverStatus.Suspended });
        Fold<DriverReinstated>(e => e.DriverId, e => e.At, (driver, _) => driver with { Status = DriverStatus.Approved });
        Fold<DriverDeactivated>(e => e.DriverId, e => e.At, (driver, _) => driver with { Status = DriverStatus.Deactivated });
        Fold<DriverDedicatedTo>(e => e.DriverId, e => e.At, (driver, e) => driver with
        {
            Dedications = [.. Without(driver, e.BusinessId), new(e.BusinessId, e.Priority)],
        });
        Fold<DriverReleasedFrom>(e => e.DriverId, e => e.At, (driver, e) => driver with { Dedications = [.. Without(driver, e.BusinessId)] });
        Fold<DriverJoinedSharedPool>(e => e.DriverId, e => e.At, (driver, _) => driver with { InSharedPool = true });
        Fold<DriverLeftSharedPool>(e => e.DriverId, e => e.At, (driver, _) => driver with { InSharedPool = false });
        Index("status", "applied_at", "driver_id");
    }

    private void Fold<TEvent>(Func<TEvent, DriverId> id, Func<TEvent, DateTimeOffset> at, Func<DriverView, TEvent, DriverView> fold) where TEvent : DriverEvent =>
        On<TEvent>(e => DriverView.Empty(id(e)), (driver, e, context) => fold(driver, e) with { UpdatedAt = at(e), Version = context.Version });

    private static IEnumerable<Dedication> Without(DriverView driver, TenantId business) => driver.Dedications.Where(dedication => dedication.BusinessId != business);
}
