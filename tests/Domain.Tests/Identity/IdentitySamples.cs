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

    public static MembershipGranted Granted(Role role = Role.Manager) => new(Anna, Bakery, role, Now);

    public static MembershipEvent[][] Memberships => [[Granted(), new MembershipRoleChanged(Anna, Bakery, Role.Owner, Now), new MembershipRevoked(Anna, Bakery, Now), Granted()]];
}
