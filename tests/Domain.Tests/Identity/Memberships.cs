using Mainstreet.Domain.Identity;
using static Mainstreet.Domain.Tests.Identity.IdentitySamples;

namespace Mainstreet.Domain.Tests.Identity;

public class Memberships
{
    private static readonly MembershipRevoked Revoked = new(Anna, Bakery, Now);

    [Fact]
    public void Are_granted_once()
    {
        new Spec<Membership, MembershipEvent>().WhenNew(() => Membership.Grant(null, Anna, Bakery, Role.Manager, Now)).Then(Granted()).Active.ShouldBeTrue();
        When(m => Membership.Grant(m, Anna, Bakery, Role.Manager, Now), Granted()).ThenNothing();
        When(m => Membership.Grant(m, Anna, Bakery, Role.Staff, Now), Granted()).ThenRejected("membership_exists");
    }

    [Fact]
    public void Are_granted_again_after_they_were_revoked() =>
        When(m => Membership.Grant(m, Anna, Bakery, Role.Staff, Now), Granted(), Revoked).Then(Granted(Role.Staff)).Role.ShouldBe(Role.Staff);

    [Fact]
    public void Change_their_role()
    {
        When(m => m.ChangeRole(Role.Owner, lastOwner: false, Now), Granted()).Then(new MembershipRoleChanged(Anna, Bakery, Role.Owner, null, Now)).Role.ShouldBe(Role.Owner);
        When(m => m.ChangeRole(Role.Manager, lastOwner: false, Now), Granted()).ThenNothing();
        When(m => m.ChangeRole(Role.Guest, lastOwner: false, Now), Granted()).ThenRejected("role_not_possible");
        When(m => m.ChangeRole(Role.Owner, lastOwner: false, Now), Granted(), Revoked).ThenRejected("not_found");
    }

    [Fact]
    public void Are_revoked_once()
    {
        When(m => m.Revoke(lastOwner: false, Now), Granted()).Then(Revoked).Active.ShouldBeFalse();
        When(m => m.Revoke(lastOwner: false, Now), Granted(), Revoked).ThenNothing();
    }

    [Fact]
    public void Leave_a_business_its_last_owner()
    {
        When(m => m.Revoke(lastOwner: true, Now), Granted(Role.Owner)).ThenRejected("last_owner");
        When(m => m.ChangeRole(Role.Staff, lastOwner: true, Now), Granted(Role.Owner)).ThenRejected("last_owner");
        When(m => m.ChangeRole(Role.Owner, lastOwner: true, Now), Granted(Role.Owner)).ThenNothing();
        When(m => m.Revoke(lastOwner: false, Now), Granted(Role.Owner)).Then(Revoked);
        When(m => m.Revoke(lastOwner: true, Now), Granted()).Then(Revoked);
    }

    [Fact]
    public void Carry_a_role_of_the_business()
    {
        var helper = new HeldRole(Role.Custom, new RoleId(Uuid.Named("helper")));
        When(m => m.ChangeRole(helper, lastOwner: false, Now), Granted()).Then(new MembershipRoleChanged(Anna, Bakery, Role.Custom, helper.Custom, Now)).Held.ShouldBe(helper);
        When(m => Membership.Grant(m, Anna, Bakery, helper, Now), Granted(), Revoked).Then(new MembershipGranted(Anna, Bakery, Role.Custom, helper.Custom, Now)).Held.ShouldBe(helper);
        When(m => m.ChangeRole(new HeldRole(Role.Custom), lastOwner: false, Now), Granted()).ThenRejected("role_not_possible");
        When(m => m.ChangeRole(new HeldRole(Role.Staff, helper.Custom), lastOwner: false, Now), Granted()).ThenRejected("role_not_possible");
    }

    [Fact]
    public void Make_a_team_that_counts_seats_and_owners()
    {
        Membership Of(string name, Role role, bool active = true) => new(new UserId(Uuid.Named(name)), Bakery, role, active);
        var invitation = new Invitation(new(Uuid.Named("dora")), Bakery, "dora@example.com", Role.Staff, InvitationStatus.Open, Now.AddDays(7), Sent: 1);
        var team = new Team([Of("anna", Role.Owner), Of("bob", Role.Staff), Of("carl", Role.Owner, active: false)], [invitation]);
        team.IsLastOwner(new(Uuid.Named("anna"))).ShouldBeTrue();
        team.IsLastOwner(new(Uuid.Named("bob"))).ShouldBeFalse();
        team.CheckSeat(seats: 4, Now);
        team.CheckSeat(seats: 3, Now, own: invitation.Id);
        team.CheckSeat(seats: 3, Now.AddDays(7));
        Should.Throw<DomainException>(() => team.CheckSeat(seats: 3, Now)).Error.Code.ShouldBe("seat_limit_reached");
        Should.Throw<DomainException>(() => team.CheckSeat(seats: 2, Now.AddDays(7))).Error.Code.ShouldBe("seat_limit_reached");
        Should.Throw<DomainException>(() => team.Of(new(Uuid.Named("dora")))).Error.Code.ShouldBe("not_found");
    }

    [Fact]
    public void Have_a_role_of_their_tenant()
    {
        string Where(Role role) => string.Join(' ', new[] { ("platform", TenantId.Platform), ("pool", TenantId.Pool), ("business", Bakery) }
            .Where(tenant => role.CanBeHeldIn(tenant.Item2)).Select(tenant => tenant.Item1));

        Where(Role.PlatformAdmin).ShouldBe("platform pool");
        Where(Role.Driver).ShouldBe("pool");
        Where(Role.Owner).ShouldBe("business");
        Where(Role.Cashier).ShouldBe("business");
        Where(Role.Customer).ShouldBe("");
        new Spec<Membership, MembershipEvent>().WhenNew(() => Membership.Grant(null, Anna, Bakery, Role.PlatformAdmin, Now)).ThenRejected("role_not_possible");
    }

    [Fact]
    public void Have_a_stream_per_user_and_tenant()
    {
        Membership.StreamOf(Anna, Bakery).ShouldBe(Uuid.Named("membership", Anna.ToString(), Bakery.ToString()));
        Membership.StreamOf(Anna, Bakery).ShouldNotBe(Membership.StreamOf(Anna, TenantId.Pool));
    }

    private static Spec<Membership, MembershipEvent> When(Func<Membership, MembershipEvent[]> decide, params MembershipEvent[] given) =>
        new Spec<Membership, MembershipEvent>().Given(given).When(decide);
}
