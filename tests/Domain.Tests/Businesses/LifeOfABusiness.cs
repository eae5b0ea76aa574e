using Mainstreet.Domain.Businesses;
using static Mainstreet.Domain.Tests.Businesses.BusinessSamples;

namespace Mainstreet.Domain.Tests.Businesses;

public class LifeOfABusiness
{
    [Fact]
    public void It_is_activated_once()
    {
        When(Registered, b => b.Activate(Now)).Then(new BusinessActivated(Bakery, Now)).Status.ShouldBe(BusinessStatus.Active);
        When(Active, b => b.Activate(Now)).ThenNothing();
        Illegal(Suspended, b => b.Activate(Now), "reinstate", "terminate");
        Illegal(Closing, b => b.Activate(Now), "reopen", "suspend");
        Illegal(Closed, b => b.Activate(Now));
    }

    [Fact]
    public void It_is_suspended_and_reinstated()
    {
        When(Active, b => b.Suspend(SuspensionReason.Abuse, Now)).Then(new BusinessSuspended(Bakery, SuspensionReason.Abuse, Now)).Status.ShouldBe(BusinessStatus.Suspended);
        When(Suspended, b => b.Suspend(SuspensionReason.Abuse, Now)).ThenNothing();
        When(Suspended, b => b.Reinstate(Now)).Then(new BusinessReinstated(Bakery, Now)).Status.ShouldBe(BusinessStatus.Active);
        When(Active, b => b.Reinstate(Now)).ThenNothing();
        Illegal(Registered, b => b.Suspend(SuspensionReason.Manual, Now), "activate");
        Illegal(Registered, b => b.Reinstate(Now), "activate");
        Illegal(Closed, b => b.Suspend(SuspensionReason.Manual, Now));
        Illegal(Closing, b => b.Reinstate(Now), "reopen", "suspend");
    }

    [Fact]
    public void It_is_wound_up_before_it_is_closed()
    {
        var end = Now.AddDays(30);
        var closing = When(Active, b => b.StartClosing(Now.AddDays(30), Now)).Then(new BusinessClosingStarted(Bakery, end, Now));
        (closing.Status, closing.ClosesAt).ShouldBe((BusinessStatus.Closing, end));
        When(Closing, b => b.StartClosing(Now.AddDays(30), Now)).ThenNothing();
        When(Closed, b => b.StartClosing(Now.AddDays(30), Now)).ThenNothing();
        Illegal(Registered, b => b.StartClosing(Now.AddDays(30), Now), "activate");
        Illegal(Suspended, b => b.StartClosing(Now.AddDays(30), Now), "reinstate", "terminate");

        When(Closing, b => b.FinishClosing(end, end)).Then(new BusinessClosed(Bakery, end)).Status.ShouldBe(BusinessStatus.Closed);
        When(Closed, b => b.FinishClosing(end, end)).ThenNothing();
    }

    [Fact]
    public void Until_then_it_can_be_reopened()
    {
        var reopened = When(Closing, b => b.Reopen(Now)).Then(new BusinessReopened(Bakery, Now));
        (reopened.Status, reopened.ClosesAt).ShouldBe((BusinessStatus.Active, null));
        When(Active, b => b.Reopen(Now)).ThenNothing();
        Illegal(Suspended, b => b.Reopen(Now), "reinstate", "terminate");
        Illegal(Closed, b => b.Reopen(Now));
        When([.. Closing, new BusinessReopened(Bakery, Now)], b => b.FinishClosing(Now.AddDays(30), Now.AddDays(30))).ThenNothing();
        When([.. Closing, new BusinessReopened(Bakery, Now), new BusinessClosingStarted(Bakery, Now.AddDays(35), Now.AddDays(5))],
            b => b.FinishClosing(Now.AddDays(30), Now.AddDays(30))).ThenNothing();
    }

    [Fact]
    public void Closing_is_no_way_out_of_a_suspension()
    {
        var suspended = When(Closing, b => b.Suspend(SuspensionReason.Abuse, Now)).Then(new BusinessSuspended(Bakery, SuspensionReason.Abuse, Now));
        (suspended.Status, suspended.ClosesAt).ShouldBe((BusinessStatus.Suspended, null));
        When([.. Closing, new BusinessSuspended(Bakery, SuspensionReason.Abuse, Now)], b => b.FinishClosing(Now.AddDays(30), Now.AddDays(30))).ThenNothing();

        When(Suspended, b => b.Terminate(Now)).Then(new BusinessClosed(Bakery, Now)).Status.ShouldBe(BusinessStatus.Closed);
        When(Closed, b => b.Terminate(Now)).ThenNothing();
        Illegal(Active, b => b.Terminate(Now), "suspend", "close");
        Illegal(Closing, b => b.Terminate(Now), "reopen", "suspend");
        Illegal(Registered, b => b.Terminate(Now), "activate");
    }

    private static Spec<Business, BusinessEvent> When(BusinessEvent[] given, Func<Business, BusinessEvent[]> decide) =>
        new Spec<Business, BusinessEvent>().Given(given).When(decide);

    private static void Illegal(BusinessEvent[] given, Func<Business, BusinessEvent[]> decide, params string[] allowed) =>
        When(given, decide).ThenRejected("illegal_transition").Details!["allowed_transitions"].ShouldBe(allowed);
}
