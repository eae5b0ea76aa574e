using Mainstreet.Domain.Drivers;
using static Mainstreet.Domain.Tests.Drivers.DriverSamples;

namespace Mainstreet.Domain.Tests.Drivers;

public class AssignmentsInThePool
{
    private static readonly DriverAssignmentRecorded Given = new(Parcel, Bakery, Dana, 2, Now);
    private static readonly DriverAssignmentClosed Taken = new(Parcel, Bakery, Dana, DriverAssignmentStatus.Unassigned, 3, Now);

    [Fact]
    public void Follow_the_delivery()
    {
        new Spec<DriverAssignment, DriverAssignmentEvent>().WhenNew(() => Follow(null, DriverAssignmentStatus.Active, 2)).Then(Given)
            .Status.ShouldBe(DriverAssignmentStatus.Active);
        When(a => Follow(a, DriverAssignmentStatus.Unassigned, 3), Given).Then(Taken).Status.ShouldBe(DriverAssignmentStatus.Unassigned);
        When(a => Follow(a, DriverAssignmentStatus.Active, 4), Given, Taken).Then(Given with { DeliveryVersion = 4 }).Status.ShouldBe(DriverAssignmentStatus.Active);
    }

    [Fact]
    public void Are_not_moved_back_by_a_message_that_was_overtaken()
    {
        new Spec<DriverAssignment, DriverAssignmentEvent>().WhenNew(() => Follow(null, DriverAssignmentStatus.Unassigned, 3)).Then(Taken);
        When(a => Follow(a, DriverAssignmentStatus.Active, 2), Taken).ThenNothing();
        When(a => Follow(a, DriverAssignmentStatus.Active, 2), Given).ThenNothing();
    }

    private static DriverAssignmentEvent[] Follow(DriverAssignment? present, DriverAssignmentStatus status, int version) =>
        DriverAssignment.Follow(present, Parcel, Bakery, Dana, status, version, Now);

    private static Spec<DriverAssignment, DriverAssignmentEvent> When(Func<DriverAssignment, DriverAssignmentEvent[]> decide, params DriverAssignmentEvent[] given) =>
        new Spec<DriverAssignment, DriverAssignmentEvent>().Given(given).When(decide);
}
