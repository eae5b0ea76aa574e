using Mainstreet.Domain.Privacy;

namespace Mainstreet.Domain.Tests.Privacy;

public class HoldingACustomer
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly CustomerId Carla = new(Uuid.Named("carla"));
    private static readonly LegalHoldPlaced Placed = new(Carla, "Case 12/26", Now.AddDays(10), Now);
    private static readonly LegalHoldLifted Lifted = new(Carla, Now.AddDays(1));

    internal static LegalHoldEvent[][] Streams => [[Placed, Lifted, Placed with { Until = null }]];

    [Fact]
    public void Stands_until_it_is_lifted_or_over()
    {
        var hold = When(null, now: Now).Then(Placed);
        (hold.Stands(Now), hold.Stands(Now.AddDays(10).AddTicks(-1)), hold.Stands(Now.AddDays(10))).ShouldBe((true, true, false));
        After(Placed, Lifted).Stands(Now.AddDays(1)).ShouldBeFalse();
        After(Placed with { Until = null }).Stands(DateTimeOffset.MaxValue).ShouldBeTrue();
    }

    [Fact]
    public void Is_said_once_and_again_when_it_has_changed_or_is_over()
    {
        LegalHold.Place(After(Placed), Carla, Placed.Reason, Placed.Until, Now.AddDays(1)).ShouldBeEmpty();
        LegalHold.Place(After(Placed), Carla, Placed.Reason, null, Now.AddDays(1)).ShouldHaveSingleItem();
        LegalHold.Place(After(Placed), Carla, "Case 13/26", Placed.Until, Now.AddDays(1)).ShouldHaveSingleItem();
        LegalHold.Place(After(Placed, Lifted), Carla, Placed.Reason, Placed.Until, Now.AddDays(2)).ShouldHaveSingleItem();
        After(Placed).Lift(Now.AddDays(1)).ShouldBe([Lifted]);
        After(Placed, Lifted).Lift(Now.AddDays(1)).ShouldBeEmpty();
        After(Placed).Lift(Now.AddDays(10)).ShouldHaveSingleItem().ShouldBeOfType<LegalHoldLifted>(); // nobody reads its reason any more
        When(null, now: Now.AddDays(10)).ThenRejected("until_invalid");
        When(null, reason: " ").ThenRejected("reason_invalid");
        When(null, reason: new string('x', LegalHold.MaxReason + 1)).ThenRejected("reason_invalid");
    }

    [Fact]
    public void Of_two_who_are_one_person_both_stand_until_the_later_end()
    {
        var other = After(Placed with { Reason = "Tax", Until = Now.AddDays(20) });
        LegalHold.TakeOver(null, Carla, other, Now).ShouldBe([Placed with { Reason = "Tax", Until = Now.AddDays(20) }]);
        LegalHold.TakeOver(After(Placed), Carla, other, Now).ShouldBe([Placed with { Reason = "Case 12/26\nTax", Until = Now.AddDays(20) }]);
        LegalHold.TakeOver(other, Carla, After(Placed), Now).ShouldHaveSingleItem().ShouldBeOfType<LegalHoldPlaced>().Until.ShouldBe(Now.AddDays(20));
        LegalHold.TakeOver(After(Placed), Carla, other with { Until = null }, Now).ShouldHaveSingleItem().ShouldBeOfType<LegalHoldPlaced>().Until.ShouldBeNull();
        LegalHold.TakeOver(other with { Until = null }, Carla, After(Placed), Now).ShouldHaveSingleItem().ShouldBeOfType<LegalHoldPlaced>().Until.ShouldBeNull();
        LegalHold.TakeOver(After(Placed), Carla, null, Now).ShouldBeEmpty();
        LegalHold.TakeOver(null, Carla, other, Now.AddDays(20)).ShouldBeEmpty();
    }

    private static Spec<LegalHold, LegalHoldEvent> When(LegalHold? present, string reason = "Case 12/26", DateTimeOffset? now = null) =>
        new Spec<LegalHold, LegalHoldEvent>().WhenNew(() => LegalHold.Place(present, Carla, reason, Placed.Until, now ?? Now));

    private static LegalHold After(params LegalHoldEvent[] events) => events.Aggregate((LegalHold?)null, LegalHold.Evolve)!;
}
