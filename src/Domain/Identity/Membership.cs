namespace Mainstreet.Domain.Identity;

/// <summary>One user's role in one tenant. A user may be a member of several tenants. Requirements TEN-16, TEN-17.</summary>
public sealed record Membership(UserId UserId, TenantId TenantId, HeldRole Held, bool Active) : IAggregate<Membership, MembershipEvent>
{
    public Role Role => Held.Role;

    public static Guid StreamOf(UserId userId, TenantId tenantId) => Uuid.Named("membership", userId.ToString(), tenantId.ToString());

    /// <summary>For a new member (<paramref name="membership"/> is null) and for one whose membership was revoked.</summary>
    public static MembershipEvent[] Grant(Membership? membership, UserId userId, TenantId tenantId, HeldRole role, DateTimeOffset now)
    {
        Check.That(role.CanBeHeldIn(tenantId), IdentityErrors.RoleNotPossible(role.Role));
        if (membership is not { Active: true })
        {
            return [new MembershipGranted(userId, tenantId, role.Role, role.Custom, now)];
        }

        Check.That(membership.Held == role, IdentityErrors.MembershipExists);
        return [];
    }

    /// <summary><paramref name="lastOwner"/>: nobody else is an owner of the tenant.</summary>
    public MembershipEvent[] ChangeRole(HeldRole role, bool lastOwner, DateTimeOffset now)
    {
        Check.That(Active, DomainError.NotFound("member"));
        Check.That(role.CanBeHeldIn(TenantId), IdentityErrors.RoleNotPossible(role.Role));
        if (role == Held)
        {
            return [];
        }

        CheckOwnerRemains(lastOwner);
        return [new MembershipRoleChanged(UserId, TenantId, role.Role, role.Custom, now)];
    }

    public MembershipEvent[] Revoke(bool lastOwner, DateTimeOffset now)
    {
        if (!Active)
        {
            return [];
        }

        CheckOwnerRemains(lastOwner);
        return [new MembershipRevoked(UserId, TenantId, now)];
    }

    public static Membership Evolve(Membership? membership, MembershipEvent e) => (membership, e) switch
    {
        (_, MembershipGranted granted) => new(granted.UserId, granted.TenantId, new(granted.Role, granted.CustomRole), Active: true),
        ({ }, MembershipRoleChanged changed) => membership with { Held = new(changed.Role, changed.CustomRole) },
        ({ }, MembershipRevoked) => membership with { Active = false },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(membership is null ? "an empty stream" : "a membership")}."),
    };

    private void CheckOwnerRemains(bool lastOwner) => Check.That(Role != Role.Owner || !lastOwner, IdentityErrors.LastOwner);
}
