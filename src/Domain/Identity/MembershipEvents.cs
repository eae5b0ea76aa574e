using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Identity;

/// <summary>Recorded in the platform's log.</summary>
public abstract record MembershipEvent : IEvent;

[EventType("membership.granted.v1", Internal = true)]
public sealed record MembershipGranted(UserId UserId, TenantId TenantId, Role Role, RoleId? CustomRole, DateTimeOffset At) : MembershipEvent;

[EventType("membership.role_changed.v1", Internal = true)]
public sealed record MembershipRoleChanged(UserId UserId, TenantId TenantId, Role Role, RoleId? CustomRole, DateTimeOffset At) : MembershipEvent;

[EventType("membership.revoked.v1", Internal = true)]
public sealed record MembershipRevoked(UserId UserId, TenantId TenantId, DateTimeOffset At) : MembershipEvent;

[JsonSerializable(typeof(MembershipGranted))]
[JsonSerializable(typeof(MembershipRoleChanged))]
[JsonSerializable(typeof(MembershipRevoked))]
internal sealed partial class MembershipJson : JsonSerializerContext;
