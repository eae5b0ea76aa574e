using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Identity;

/// <summary>Recorded in the platform's log.</summary>
public abstract record UserEvent : IEvent;

[EventType("user.registered.v1", Internal = true)]
public sealed record UserRegistered(
    [property: DataSubject] UserId UserId,
    [property: PersonalData] string Email,
    [property: PersonalData] string FullName,
    [property: PersonalData] string? Phone,
    string PasswordHash,
    DateTimeOffset At) : UserEvent;

[EventType("user.password_changed.v1", Internal = true)]
public sealed record UserPasswordChanged(UserId UserId, string PasswordHash, DateTimeOffset At) : UserEvent;

[EventType("user.deactivated.v1", Internal = true)]
public sealed record UserDeactivated(UserId UserId, DateTimeOffset At) : UserEvent;

[JsonSerializable(typeof(UserRegistered))]
[JsonSerializable(typeof(UserPasswordChanged))]
[JsonSerializable(typeof(UserDeactivated))]
internal sealed partial class UserJson : JsonSerializerContext;
