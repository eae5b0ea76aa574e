using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Identity;

/// <summary>Recorded in the platform's log, where those who hold the role are.</summary>
public abstract record CustomRoleEvent : IEvent;

[EventType("role.defined.v1", Internal = true)]
public sealed record RoleDefined(RoleId RoleId, TenantId TenantId, string Name, string? Description, string[] Permissions, DateTimeOffset At) : CustomRoleEvent;

[EventType("role.changed.v1", Internal = true)]
public sealed record RoleChanged(RoleId RoleId, string Name, string? Description, string[] Permissions, DateTimeOffset At) : CustomRoleEvent;

[EventType("role.deleted.v1", Internal = true)]
public sealed record RoleDeleted(RoleId RoleId, DateTimeOffset At) : CustomRoleEvent;

[JsonSerializable(typeof(RoleDefined))]
[JsonSerializable(typeof(RoleChanged))]
[JsonSerializable(typeof(RoleDeleted))]
internal sealed partial class CustomRoleJson : JsonSerializerContext;
