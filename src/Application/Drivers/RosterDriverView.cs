using Mainstreet.Domain;
using Mainstreet.Domain.Drivers;

namespace Mainstreet.Application.Drivers;

/// <summary>A driver of the business's own. The row of one who was removed stays, unlisted, for when the driver comes back.</summary>
public sealed record RosterDriverView(
    [property: Key] Guid RosterId, DriverId DriverId, string Name, VehicleType Vehicle, bool Listed, DateTimeOffset AddedAt, DateTimeOffset UpdatedAt, int Version);

internal sealed class RosterDriversProjection : Projection<RosterDriverView>
{
    public RosterDriversProjection() : base("roster_drivers", version: 1, inline: true)
    {
        On<RosterDriverAdded>(
            e => new(RosterDriver.StreamOf(e.DriverId), e.DriverId, e.Name, e.Vehicle, Listed: true, e.At, e.At, 0),
            (row, e, context) => row with { Name = e.Name, Vehicle = e.Vehicle, Listed = true, UpdatedAt = e.At, Version = context.Version });
        On<RosterDriverRemoved>(
            e => new(RosterDriver.StreamOf(e.DriverId), e.DriverId, "", default, Listed: false, e.At, e.At, 0),
            (row, e, context) => row with { Listed = false, UpdatedAt = e.At, Version = context.Version });
        Index("listed", "added_at", "driver_id");
    }
}
