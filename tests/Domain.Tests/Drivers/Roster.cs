using Mainstreet.Domain.Drivers;
using static Mainstreet.Domain.Tests.Drivers.DriverSamples;

namespace Mainstreet.Domain.Tests.Drivers;

public class Roster
{
    private static readonly RosterDriverRemoved Removed = new(Dana, Now);

    [Fact]
    public void A_driver_is_listed_once()
    {
        new Spec<RosterDriver, RosterEvent>().WhenNew(() => Add(null)).Then(Listed).Listed.ShouldBeTrue();
        When(d => Add(d), Listed).ThenNothing();
        When(d => Add(d, ""), Listed).ThenRejected("name_invalid");
    }

    [Fact]
    public void A_driver_is_listed_again_under_another_name_or_after_a_removal()
    {
        When(d => Add(d, "Dana"), Listed).Then(new RosterDriverAdded(Dana, "Dana", VehicleType.CargoBike, Now)).Name.ShouldBe("Dana");
        When(d => Add(d), Listed, Removed).Then(Listed).Listed.ShouldBeTrue();
    }

    [Fact]
    public void A_driver_is_removed_once()
    {
        When(d => d.Remove(Now), Listed).Then(Removed).Listed.ShouldBeFalse();
        When(d => d.Remove(Now), Listed, Removed).ThenNothing();
    }

    private static RosterEvent[] Add(RosterDriver? present, string name = "Dana R.") => RosterDriver.Add(present, Dana, name, VehicleType.CargoBike, Now);

    private static Spec<RosterDriver, RosterEvent> When(Func<RosterDriver, RosterEvent[]> decide, params RosterEvent[] given) =>
        new Spec<RosterDriver, RosterEvent>().Given(given).When(decide);
}
