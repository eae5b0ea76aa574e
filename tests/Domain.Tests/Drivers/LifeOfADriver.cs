using Mainstreet.Domain.Drivers;
using static Mainstreet.Domain.Tests.Drivers.DriverSamples;

namespace Mainstreet.Domain.Tests.Drivers;

public class LifeOfADriver
{
    [Fact]
    public void Starts_with_an_application() => Apply(Application)
        .Then(new DriverApplied(Dana, DanasUser, "Dana Reis", "+49 151 1234", VehicleType.CargoBike, "HH-DR 1", "B072RRE2I55", Now))
        .Status.ShouldBe(DriverStatus.Applied);

    [Fact]
    public void An_application_is_checked()
    {
        Apply(Application with { Name = "" }).ThenRejected("name_invalid");
        Apply(Application with { Phone = new string('1', 41) }).ThenRejected("phone_invalid");
        Apply(Application with { Plate = new string('P', 51) }).ThenRejected("document_invalid");
        Apply(Application with { LicenceNumber = new string('1', 51) }).ThenRejected("document_invalid");
    }

    [Fact]
    public void Approved_once()
    {
        When(Applied, d => d.Approve(Now)).Then(new DriverApproved(Dana, Now)).Status.ShouldBe(DriverStatus.Approved);
        When(Approved, d => d.Approve(Now)).ThenNothing();
        Illegal(Suspended, d => d.Approve(Now), "reinstate", "deactivate");
        Illegal(Deactivated, d => d.Approve(Now));
    }

    [Fact]
    public void Suspended_and_reinstated()
    {
        When(Approved, d => d.Suspend("late", Now)).Then(new DriverSuspended(Dana, "late", Now)).Status.ShouldBe(DriverStatus.Suspended);
        When(Suspended, d => d.Suspend(null, Now)).ThenNothing();
        When(Suspended, d => d.Reinstate(Now)).Then(new DriverReinstated(Dana, Now)).Status.ShouldBe(DriverStatus.Approved);
        When(Approved, d => d.Reinstate(Now)).ThenNothing();
        Illegal(Applied, d => d.Suspend(null, Now), "approve", "deactivate");
        Illegal(Applied, d => d.Reinstate(Now), "approve", "deactivate");
        Illegal(Deactivated, d => d.Suspend(null, Now));
        When(Approved, d => d.Suspend(new string('r', 501), Now)).ThenRejected("reason_invalid");
    }

    [Fact]
    public void Deactivated_for_good()
    {
        foreach (var given in new[] { Applied, Approved, Suspended })
        {
            When(given, d => d.Deactivate(Now)).Then(new DriverDeactivated(Dana, Now)).Status.ShouldBe(DriverStatus.Deactivated);
        }

        When(Deactivated, d => d.Deactivate(Now)).ThenNothing();
        Illegal(Deactivated, d => d.Reinstate(Now));
    }

    [Fact]
    public void Dedicated_to_businesses_with_a_priority()
    {
        When(Approved, d => d.DedicateTo(Bakery, 1, Now)).Then(new DriverDedicatedTo(Dana, Bakery, 1, Now)).Dedications.ShouldBe([new Dedication(Bakery, 1)]);
        When(Dedicated, d => d.DedicateTo(Bakery, 1, Now)).ThenNothing();
        When(Dedicated, d => d.DedicateTo(Bakery, 2, Now)).Then(new DriverDedicatedTo(Dana, Bakery, 2, Now)).Dedications.ShouldBe([new Dedication(Bakery, 2)]);
        When(Approved, d => d.DedicateTo(Bakery, 0, Now)).ThenRejected("priority_invalid");
        When(Approved, d => d.DedicateTo(TenantId.Pool, 1, Now)).ThenRejected("not_a_business");
        Illegal(Applied, d => d.DedicateTo(Bakery, 1, Now), "approve", "deactivate");
        Illegal(Suspended, d => d.DedicateTo(Bakery, 1, Now), "reinstate", "deactivate");
    }

    [Fact]
    public void Released_from_a_business_once()
    {
        When(Dedicated, d => d.ReleaseFrom(Bakery, Now)).Then(new DriverReleasedFrom(Dana, Bakery, Now)).Dedications.ShouldBeEmpty();
        When(Approved, d => d.ReleaseFrom(Bakery, Now)).ThenNothing();
    }

    [Fact]
    public void In_the_shared_pool_and_out_of_it()
    {
        When(Approved, d => d.JoinSharedPool(Now)).Then(new DriverJoinedSharedPool(Dana, Now)).InSharedPool.ShouldBeTrue();
        When(Shared, d => d.JoinSharedPool(Now)).ThenNothing();
        When(Shared, d => d.LeaveSharedPool(Now)).Then(new DriverLeftSharedPool(Dana, Now)).InSharedPool.ShouldBeFalse();
        When(Approved, d => d.LeaveSharedPool(Now)).ThenNothing();
        Illegal(Applied, d => d.JoinSharedPool(Now), "approve", "deactivate");
    }

    private static Spec<Driver, DriverEvent> Apply(DriverApplication application) => new Spec<Driver, DriverEvent>().WhenNew(() => Driver.Apply(application, Now));

    private static Spec<Driver, DriverEvent> When(DriverEvent[] given, Func<Driver, DriverEvent[]> decide) => new Spec<Driver, DriverEvent>().Given(given).When(decide);

    private static void Illegal(DriverEvent[] given, Func<Driver, DriverEvent[]> decide, params string[] allowed) =>
        When(given, decide).ThenRejected("illegal_transition").Details!["allowed_transitions"].ShouldBe(allowed);
}
