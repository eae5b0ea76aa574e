using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Application.Identity;

/// <summary>Who is a member of what.</summary>
/// <param name="Active">Whoever was deactivated keeps the row, and the role for a return.</param>
/// <param name="ChangedAt">When the role or the activity changed last: access tokens from before may say something else.</param>
internal sealed record MembershipView(
    [property: Key] Guid MembershipId, UserId UserId, TenantId BusinessId, Role Role, RoleId? CustomRole, bool Active, DateTimeOffset Since, DateTimeOffset ChangedAt);

internal sealed class MembershipsProjection : Projection<MembershipView>
{
    public MembershipsProjection() : base("memberships", version: 2, inline: true)
    {
        On<MembershipGranted>(
            e => Row(e.UserId, e.TenantId, e.At),
            (row, e) => row with { Role = e.Role, CustomRole = e.CustomRole, Active = true, ChangedAt = e.At });
        On<MembershipRoleChanged>(e => Row(e.UserId, e.TenantId, e.At), (row, e) => row with { Role = e.Role, CustomRole = e.CustomRole, ChangedAt = e.At });
        On<MembershipRevoked>(e => Row(e.UserId, e.TenantId, e.At), (row, e) => row with { Active = false, ChangedAt = e.At });
        Index("user_id", "since");
        Index("business_id", "since", "membership_id");
        Index("changed_at");
    }

    private static MembershipView Row(UserId user, TenantId tenant, DateTimeOffset since) =>
        new(Membership.StreamOf(user, tenant), user, tenant, default, null, Active: false, since, since);
}
