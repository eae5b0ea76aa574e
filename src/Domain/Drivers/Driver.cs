using System.Text.Json;

namespace Mainstreet.Domain.Drivers;

public enum VehicleType
{
    Foot,
    Bicycle,
    CargoBike,
    Scooter,
    Motorcycle,
    Car,
    Van,
}

public enum DriverStatus
{
    Applied,
    Approved,
    Suspended,
    Deactivated,
}

/// <summary>What somebody who wants to drive says.</summary>
public sealed record DriverApplication(DriverId DriverId, UserId UserId, string Name, string? Phone, VehicleType Vehicle, string? Plate = null, string? LicenceNumber = null);

/// <summary>A business that a driver works for. Priority 1 is asked first.</summary>
public sealed record Dedication(TenantId BusinessId, int Priority);

/// <summary>
/// Applied -> approved &lt;-> suspended, and any of them -> deactivated. An approved driver can be dedicated to businesses and
/// be in the shared pool. Requirements DRV-01, DRV-02, DRV-12.
/// </summary>
public sealed record Driver(DriverId Id, UserId UserId, string Name, VehicleType Vehicle, DriverStatus Status, Dedication[] Dedications, bool InSharedPool)
    : IAggregate<Driver, DriverEvent>
{
    public static DriverEvent[] Apply(DriverApplication application, DateTimeOffset now)
    {
        Check.That(Check.IsText(application.Name, 200), DriverErrors.NameInvalid);
        Check.That(Check.IsOptionalText(application.Phone, 40), DriverErrors.PhoneInvalid);
        Check.That(Check.IsOptionalText(application.Plate, 50) && Check.IsOptionalText(application.LicenceNumber, 50), DriverErrors.DocumentInvalid);
        return
        [
            new DriverApplied(application.DriverId, application.UserId, application.Name, application.Phone, application.Vehicle,
                application.Plate, application.LicenceNumber, now),
        ];
    }

    public DriverEvent[] Approve(DateTimeOffset now) => Status switch
    {
        DriverStatus.Applied => [new DriverApproved(Id, now)],
        DriverStatus.Approved => [],
        DriverStatus.Suspended or DriverStatus.Deactivated => throw Illegal("approve"),
    };

    public DriverEvent[] Suspend(string? reason, DateTimeOffset now)
    {
        Check.That(Check.IsOptionalText(reason, 500), DriverErrors.ReasonInvalid);
        return Status switch
        {
            DriverStatus.Approved => [new DriverSuspended(Id, reason, now)],
            DriverStatus.Suspended => [],
            DriverStatus.Applied or DriverStatus.Deactivated => throw Illegal("suspend"),
        };
    }

    public DriverEvent[] Reinstate(DateTimeOffset now) => Status switch
    {
        DriverStatus.Suspended => [new DriverReinstated(Id, now)],
        DriverStatus.Approved => [],
        DriverStatus.Applied or DriverStatus.Deactivated => throw Illegal("reinstate"),
    };

    public DriverEvent[] Deactivate(DateTimeOffset now) => Status == DriverStatus.Deactivated ? [] : [new DriverDeactivated(Id, now)];

    /// <summary>Also changes the priority of a business that the driver is dedicated to already.</summary>
    public DriverEvent[] DedicateTo(TenantId businessId, int priority, DateTimeOffset now)
    {
        Check.That(businessId != TenantId.Platform && businessId != TenantId.Pool, DriverErrors.NotABusiness);
        Check.That(priority is >= 1 and <= 100, DriverErrors.PriorityInvalid);
        RequireApproved("dedicate");
        return Dedications.Contains(new Dedication(businessId, priority)) ? [] : [new DriverDedicatedTo(Id, businessId, priority, now)];
    }

    public DriverEvent[] ReleaseFrom(TenantId businessId, DateTimeOffset now) =>
        Array.Exists(Dedications, dedication => dedication.BusinessId == businessId) ? [new DriverReleasedFrom(Id, businessId, now)] : [];

    public DriverEvent[] JoinSharedPool(DateTimeOffset now)
    {
        RequireApproved("join_shared_pool");
        return InSharedPool ? [] : [new DriverJoinedSharedPool(Id, now)];
    }

    public DriverEvent[] LeaveSharedPool(DateTimeOffset now) => InSharedPool ? [new DriverLeftSharedPool(Id, now)] : [];

    public static Driver Evolve(Driver? driver, DriverEvent e) => (driver, e) switch
    {
        (null, DriverApplied applied) => new(applied.DriverId, applied.UserId, applied.Name, applied.Vehicle, DriverStatus.Applied, [], InSharedPool: false),
        ({ }, DriverApproved or DriverReinstated) => driver with { Status = DriverStatus.Approved },
        ({ }, DriverSuspended) => driver with { Status = DriverStatus.Suspended },
        ({ }, DriverDeactivated) => driver with { Status = DriverStatus.Deactivated },
        ({ }, DriverDedicatedTo dedicated) => driver with { Dedications = [.. driver.Without(dedicated.BusinessId), new(dedicated.BusinessId, dedicated.Priority)] },
        ({ }, DriverReleasedFrom released) => driver with { Dedications = driver.Without(released.BusinessId) },
        ({ }, DriverJoinedSharedPool) => driver with { InSharedPool = true },
        ({ }, DriverLeftSharedPool) => driver with { InSharedPool = false },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {driver?.Status.ToString() ?? "an empty stream"}."),
    };

    private Dedication[] Without(TenantId businessId) => [.. Dedications.Where(dedication => dedication.BusinessId != businessId)];

    private void RequireApproved(string step)
    {
        if (Status != DriverStatus.Approved)
        {
            throw Illegal(step);
        }
    }

    private DomainException Illegal(string step)
    {
        string[] allowed = Status switch
        {
            DriverStatus.Applied => ["approve", "deactivate"],
            DriverStatus.Approved => ["suspend", "deactivate", "dedicate", "join_shared_pool"],
            DriverStatus.Suspended => ["reinstate", "deactivate"],
            DriverStatus.Deactivated => [],
        };
        return new(DomainError.IllegalTransition("The driver", JsonNamingPolicy.SnakeCaseLower.ConvertName(Status.ToString()), step, allowed));
    }
}
