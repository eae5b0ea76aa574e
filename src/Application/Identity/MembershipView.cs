using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Application.Identity;

/// <summary>Who is a member of what. Revoked memberships are not shown.</summary>
internal sealed record MembershipView([property: Key] Guid MembershipId, UserId UserId, TenantId BusinessId, Role Role, DateTimeOffset Since);

internal sealed class MembershipsProjection : Projection<MembershipView>
{
    public MembershipsProjection() : base("memberships", version: 1, inline: true)
    {
        On<MembershipGranted>(e => Row(e.UserId, e.TenantId, e.Role, e.At), (row, _) => row);
        On<MembershipRoleChanged>(e => Row(e.UserId, e.TenantId, e.Role, e.At), (row, e) => row with { Role = e.Role });
        On<MembershipRevoked>(e => Row(e.UserId, e.TenantId, default, e.At), (_, _) => null);
        Index("user_id", "since");
        Index("business_id");
    }

    private static MembershipView Row(UserId user, TenantId tenant, Role role, DateTimeOffset since) =>
        new(Membership.StreamOf(user, tenant), user, tenant, role, since);
}
