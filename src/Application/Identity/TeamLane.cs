using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Application.Identity;

/// <summary>A business's team within the platform's lane, where it cannot change any more.</summary>
internal static class TeamLane
{
    /// <summary>
    /// The members, the invitations that are good, and the roles that the business defined. Of those who were members, and of invitations that have
    /// expired, there may be any number: who decides about one names it.
    /// </summary>
    public static LaneStreams OfTeam(this LaneStreams streams, TenantId business) => streams
        .In<Membership>("select membership_id from rm.memberships where business_id = @business and active", new { business })
        .In<Invitation>("select id from rm.invitations where business_id = @business and status = 'open' and expires_at > tenant_now()", new { business })
        .In<CustomRole>("select id from rm.roles where business_id = @business and not deleted", new { business });

    /// <summary>Also this one, who may have been a member.</summary>
    public static LaneStreams OfMember(this LaneStreams streams, TenantId business, UserId user) => streams.Of<Membership>(Membership.StreamOf(user, business));

    public static Team Team(this ILaneLog log) => new(log.All<Membership>(), log.All<Invitation>());

    public static void Append(this ILaneLog log, Membership member, params MembershipEvent[] events) =>
        log.Append<Membership, MembershipEvent>(Membership.StreamOf(member.UserId, member.TenantId), events);

    /// <summary>
    /// Nobody gives or takes a role with permissions that they do not hold themselves. Errors: role_above_yours (403), also for whom is no
    /// member any more; not_found (404) for a role that the business has not.
    /// </summary>
    public static void CheckMayGive(this ILaneLog log, UserId actor, params ReadOnlySpan<HeldRole> roles)
    {
        foreach (var role in roles)
        {
            log.CheckHolds(actor, log.PermissionsOf(role));
        }
    }

    /// <summary>Errors: role_above_yours (403) unless the member holds all of these permissions.</summary>
    public static void CheckHolds(this ILaneLog log, UserId actor, IEnumerable<string> permissions)
    {
        var member = log.All<Membership>().FirstOrDefault(member => member.UserId == actor && member.Active) ?? throw new DomainException(IdentityErrors.RoleAboveYours);
        Check.That(permissions.All(log.PermissionsOf(member.Held).ToHashSet(StringComparer.Ordinal).Contains), IdentityErrors.RoleAboveYours);
    }

    public static CustomRole CustomRole(this ILaneLog log, RoleId id) =>
        log.All<CustomRole>().FirstOrDefault(role => role.Id == id) ?? throw new DomainException(DomainError.NotFound("role"));

    private static IEnumerable<string> PermissionsOf(this ILaneLog log, HeldRole role) =>
        role.Custom is { } id ? log.CustomRole(id).Permissions : Permissions.OfRole(Roles.NameOf(role.Role));
}
