using Mainstreet.Domain.Identity;
using static Mainstreet.Domain.Tests.Identity.IdentitySamples;

namespace Mainstreet.Domain.Tests.Identity;

public class Invitations
{
    private static readonly InvitationCanceled Canceled = new(Invited, Now);
    private static readonly InvitationAccepted Accepted = new(Invited, Anna, Now);

    [Fact]
    public void Are_good_for_a_week()
    {
        new Spec<Invitation, InvitationEvent>().WhenNew(() => Invitation.Create(Invited, Bakery, " Dora@Example.com", new(Role.Custom, Helper), Now)).Then(Asked);
        When(i => i.Accept(Anna, Now.AddDays(7).AddSeconds(-1))).Then(new InvitationAccepted(Invited, Anna, Now.AddDays(7).AddSeconds(-1)));
        When(i => i.Accept(Anna, Now.AddDays(7))).ThenRejected("mail_token_invalid");
    }

    [Fact]
    public void Are_good_once()
    {
        When(i => i.Accept(Anna, Now), Accepted).ThenRejected("mail_token_invalid");
        When(i => i.Accept(Anna, Now), Canceled).ThenRejected("mail_token_invalid");
        When(i => i.Resend(Now), Accepted).ThenRejected("invitation_over");
        When(i => i.Resend(Now), Canceled).ThenRejected("invitation_over");
        When(i => i.Cancel(Now), Accepted).ThenRejected("invitation_over");
        When(i => i.Cancel(Now), Canceled).ThenNothing();
    }

    [Fact]
    public void Are_sent_again_also_after_their_week()
    {
        var later = Now.AddDays(30);
        When(i => i.Resend(later)).Then(new InvitationResent(Invited, later.AddDays(7), later)).Sent.ShouldBe(2);
    }

    [Fact]
    public void Are_to_a_role_of_the_business() =>
        new Spec<Invitation, InvitationEvent>().WhenNew(() => Invitation.Create(Invited, Bakery, "dora@example.com", Role.Driver, Now)).ThenRejected("role_not_possible");

    private static Spec<Invitation, InvitationEvent> When(Func<Invitation, InvitationEvent[]> decide, params InvitationEvent[] given) =>
        new Spec<Invitation, InvitationEvent>().Given([Asked, .. given]).When(decide);
}
