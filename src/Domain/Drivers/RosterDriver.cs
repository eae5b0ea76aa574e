using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Drivers;

/// <summary>Recorded in the business's own log.</summary>
public abstract record RosterEvent : IEvent;

[EventType("roster.driver_added.v1", Description = "The business has a driver of its own.")]
public sealed record RosterDriverAdded([property: DataSubject] DriverId DriverId, [property: PersonalData] string Name, VehicleType Vehicle, DateTimeOffset At) : RosterEvent;

[EventType("roster.driver_removed.v1", Description = "A driver no longer works for the business.")]
public sealed record RosterDriverRemoved(DriverId DriverId, DateTimeOffset At) : RosterEvent;

/// <summary>A driver whom this business can assign by hand. The pool is where the driver was checked.</summary>
public sealed record RosterDriver(DriverId DriverId, string Name, VehicleType Vehicle, bool Listed) : IAggregate<RosterDriver, RosterEvent>
{
    public static Guid StreamOf(DriverId driverId) => Uuid.Named("roster", driverId.ToString());

    /// <summary>For a driver who was never listed (<paramref name="present"/> is null), was removed, or is called or drives otherwise now.</summary>
    public static RosterEvent[] Add(RosterDriver? present, DriverId driverId, string name, VehicleType vehicle, DateTimeOffset now)
    {
        Check.That(Check.IsText(name, 200), DriverErrors.NameInvalid);
        return present == new RosterDriver(driverId, name, vehicle, Listed: true) ? [] : [new RosterDriverAdded(driverId, name, vehicle, now)];
    }

    public RosterEvent[] Remove(DateTimeOffset now) => Listed ? [new RosterDriverRemoved(DriverId, now)] : [];

    public static RosterDriver Evolve(RosterDriver? driver, RosterEvent e) => (driver, e) switch
    {
        (_, RosterDriverAdded added) => new(added.DriverId, added.Name, added.Vehicle, Listed: true),
        ({ }, RosterDriverRemoved) => driver with { Listed = false },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(driver is null ? "an empty stream" : "a driver")}."),
    };
}

[JsonSerializable(typeof(RosterDriverAdded))]
[JsonSerializable(typeof(RosterDriverRemoved))]
internal sealed partial class RosterJson : JsonSerializerContext;
