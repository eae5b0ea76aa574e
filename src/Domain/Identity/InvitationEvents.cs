using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Identity;

/// <summary>Recorded in the platform's log.</summary>
public abstract record InvitationEvent : IEvent;

[EventType("invitation.created.v1", Internal = true)]
public sealed record MemberInvited(
    [property: DataSubject] InvitationId InvitationId,
    TenantId TenantId,
    [property: PersonalData] string Email,
    Role Role,
    RoleId? CustomRole,
    DateTimeOffset ExpiresAt,
    DateTimeOffset At) : InvitationEvent;

/// <summary>What was mailed before is good for nothing.</summary>
[EventType("invitation.resent.v1", Internal = true)]
public sealed record InvitationResent(InvitationId InvitationId, DateTimeOffset ExpiresAt, DateTimeOffset At) : InvitationEvent;

[EventType("invitation.accepted.v1", Internal = true)]
public sealed record InvitationAccepted(InvitationId InvitationId, UserId UserId, DateTimeOffset At) : InvitationEvent;

[EventType("invitation.canceled.v1", Internal = true)]
public sealed record InvitationCanceled(InvitationId InvitationId, DateTimeOffset At) : InvitationEvent;

[JsonSerializable(typeof(MemberInvited))]
[JsonSerializable(typeof(InvitationResent))]
[JsonSerializable(typeof(InvitationAccepted))]
[JsonSerializable(typeof(InvitationCanceled))]
internal sealed partial class InvitationJson : JsonSerializerContext;
