using Mainstreet.Domain.Drivers;

namespace Mainstreet.Domain.Tests.Drivers;

internal static class DriverSamples
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    public static readonly DriverId Dana = new(Uuid.Named("dana"));
    public static readonly UserId DanasUser = new(Uuid.Named("dana", "user"));
    public static readonly DeliveryId Parcel = new(Uuid.Named("parcel"));
    public static readonly TenantId Bakery = new(Uuid.Named("bakery"));

    public static readonly DriverApplication Application = new(Dana, DanasUser, "Dana Reis", "+49 151 1234", VehicleType.CargoBike, "HH-DR 1", "B072RRE2I55");

    public static DriverEvent[] Applied => Driver.Apply(Application, Now);

    public static DriverEvent[] Approved => [.. Applied, new DriverApproved(Dana, Now)];

    public static DriverEvent[] Suspended => [.. Approved, new DriverSuspended(Dana, "papers expired", Now)];

    public static DriverEvent[] Deactivated => [.. Approved, new DriverDeactivated(Dana, Now)];

    public static DriverEvent[] Dedicated => [.. Approved, new DriverDedicatedTo(Dana, Bakery, 1, Now)];

    public static DriverEvent[] Shared => [.. Approved, new DriverJoinedSharedPool(Dana, Now)];

    public static DriverEvent[][] Streams =>
    [
        [.. Suspended, new DriverReinstated(Dana, Now), new DriverDeactivated(Dana, Now)],
        [.. Dedicated, new DriverReleasedFrom(Dana, Bakery, Now)],
        [.. Shared, new DriverLeftSharedPool(Dana, Now)],
    ];

    public static RosterDriverAdded Listed => new(Dana, "Dana R.", VehicleType.CargoBike, Now);

    public static RosterEvent[][] Rosters => [[Listed, new RosterDriverRemoved(Dana, Now)]];

    public static DriverAssignmentEvent[][] Assignments =>
    [
        [new DriverAssignmentRecorded(Parcel, Bakery, Dana, 2, Now), new DriverAssignmentClosed(Parcel, Bakery, Dana, DriverAssignmentStatus.Delivered, 9, Now)],
    ];
}
