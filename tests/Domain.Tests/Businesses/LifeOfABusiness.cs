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
        Illegal(Suspended, b => b.Activate(Now), "reinstate", "close");
        Illegal(Closing, b => b.Activate(Now), "finish_closing");
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
        Illegal(Closing, b => b.Reinstate(Now), "finish_closing");
    }

    [Fact]
    public void It_is_wound_up_before_it_is_closed()
    {
        When(Active, b => b.StartClosing(Now)).Then(new BusinessClosingStarted(Bakery, Now)).Status.ShouldBe(BusinessStatus.Closing);
        When(Suspended, b => b.StartClosing(Now)).Then(new BusinessClosingStarted(Bakery, Now));
        When(Closing, b => b.StartClosing(Now)).ThenNothing();
        Illegal(Registered, b => b.StartClosing(Now), "activate");

        When(Closing, b => b.Close(Now)).Then(new BusinessClosed(Bakery, Now)).Status.ShouldBe(BusinessStatus.Closed);
        When(Closed, b => b.Close(Now)).ThenNothing();
        Illegal(Active, b => b.Close(Now), "suspend", "close");
    }

    private static Spec<Business, BusinessEvent> When(BusinessEvent[] given, Func<Business, BusinessEvent[]> decide) =>
        new Spec<Business, BusinessEvent>().Given(given).When(decide);

    private static void Illegal(BusinessEvent[] given, Func<Business, BusinessEvent[]> decide, params string[] allowed) =>
        When(given, decide).ThenRejected("illegal_transition").Details!["allowed_transitions"].ShouldBe(allowed);
}
