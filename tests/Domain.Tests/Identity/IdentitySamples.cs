using Mainstreet.Domain.Identity;

namespace Mainstreet.Domain.Tests.Identity;

internal static class IdentitySamples
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    public static readonly UserId Anna = new(Uuid.Named("anna"));
    public static readonly TenantId Bakery = new(Uuid.Named("bakery"));

    public static UserRegistered Registered => new(Anna, "anna@example.com", "Anna Lind", "+46 70 123", "hash-1", Now);

    public static UserEvent[][] Users =>
    [
        [
            Registered, new UserEmailVerified(Anna, Now), new UserPasswordChanged(Anna, "hash-2", Now), new UserPinSet(Anna, "sealed-1", Now),
            new UserRefreshReuseDetected(Anna, Uuid.Named("session"), Now), new UserDeactivated(Anna, Now),
        ],
    ];

    public static MembershipGranted Granted(Role role = Role.Manager) => new(Anna, Bakery, role, null, Now);

    public static InvitationId Invited => new(Uuid.Named("invited"));

    public static MemberInvited Asked => new(Invited, Bakery, "dora@example.com", Role.Custom, Helper, Now.AddDays(7), Now);

    public static InvitationEvent[][] Invitations =>
        [[Asked, new InvitationResent(Invited, Now.AddDays(8), Now), new InvitationAccepted(Invited, Anna, Now)], [Asked, new InvitationCanceled(Invited, Now)]];

    public static RoleId Helper => new(Uuid.Named("helper"));

    public static RoleDefined Defined => new(Helper, Bakery, "Helper", "Carries.", ["orders:read"], Now);

    public static CustomRoleEvent[][] Roles => [[Defined, new RoleChanged(Helper, "Runner", null, ["orders:read", "stock:read"], Now), new RoleDeleted(Helper, Now)]];

    public static MembershipEvent[][] Memberships => [[Granted(), new MembershipRoleChanged(Anna, Bakery, Role.Owner, null, Now), new MembershipRevoked(Anna, Bakery, Now), Granted()]];
}
