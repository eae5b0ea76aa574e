using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Application.Identity;

/// <summary>A business's team within the platform's lane, where it cannot change any more.</summary>
internal static class TeamLane
{
    /// <summary>Everybody who is or was a member.</summary>
    public static LaneStreams OfTeam(this LaneStreams streams, TenantId business) =>
        streams.In<Membership>("select membership_id from rm.memberships where business_id = @business", new { business });

    public static Team Team(this ILaneLog log) => new(log.All<Membership>());

    public static void Append(this ILaneLog log, Membership member, params MembershipEvent[] events) =>
        log.Append<Membership, MembershipEvent>(Membership.StreamOf(member.UserId, member.TenantId), events);

    /// <summary>
    /// Nobody gives or takes a role with permissions that they do not hold themselves. Errors: role_above_yours
    /// (403), also for whom is no member any more.
    /// </summary>
    public static void CheckMayGive(this ILaneLog log, UserId actor, params ReadOnlySpan<HeldRole> roles)
    {
        var giver = log.All<Membership>().FirstOrDefault(member => member.UserId == actor && member.Active) ?? throw new DomainException(IdentityErrors.RoleAboveYours);
        var own = log.PermissionsOf(giver.Held);
        foreach (var role in roles)
        {
            Check.That(log.PermissionsOf(role).All(own.Contains), IdentityErrors.RoleAboveYours);
        }
    }

    private static IReadOnlySet<string> PermissionsOf(this ILaneLog _, HeldRole role) => Permissions.OfRole(Roles.NameOf(role.Role));
}
