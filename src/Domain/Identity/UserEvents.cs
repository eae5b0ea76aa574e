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

[EventType("user.email_verified.v1", Internal = true)]
public sealed record UserEmailVerified(UserId UserId, DateTimeOffset At) : UserEvent;

/// <param name="SealedPin">A hash, sealed: a million PINs are soon tried, so the hash alone would not keep one.</param>
[EventType("user.pin_set.v1", Internal = true)]
public sealed record UserPinSet(UserId UserId, string SealedPin, DateTimeOffset At) : UserEvent;

/// <summary>A refresh token came in that had been replaced: somebody else has had it.</summary>
[EventType("user.refresh_reuse_detected.v1", Internal = true)]
public sealed record UserRefreshReuseDetected(UserId UserId, Guid SessionId, DateTimeOffset At) : UserEvent;

[JsonSerializable(typeof(UserRegistered))]
[JsonSerializable(typeof(UserPasswordChanged))]
[JsonSerializable(typeof(UserDeactivated))]
[JsonSerializable(typeof(UserEmailVerified))]
[JsonSerializable(typeof(UserPinSet))]
[JsonSerializable(typeof(UserRefreshReuseDetected))]
internal sealed partial class UserJson : JsonSerializerContext;
