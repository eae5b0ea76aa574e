using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Notifications;

public abstract record NotificationEvent : IEvent;

/// <param name="Number">Of the order.</param>
/// <param name="Recipient">The address or number.</param>
/// <param name="Reference">What the provider calls it; null: nothing is known by which to ask for it.</param>
[EventType("notification.sent.v1", Description = "A customer was told about a step of an order: the provider has taken the message.")]
public sealed record NotificationSent(
    NotificationId NotificationId,
    OrderNews News,
    string Number,
    NotificationChannel Channel,
    [property: DataSubject] CustomerId CustomerId,
    [property: PersonalData] string? Recipient,
    string? Reference,
    int Attempt,
    DateTimeOffset At) : NotificationEvent;

/// <param name="Reason">A code, of the product or the provider.</param>
[EventType("notification.failed.v1", Description = "A customer could not be told about a step of an order. It is not tried again unless somebody wants it.")]
public sealed record NotificationFailed(
    NotificationId NotificationId,
    OrderNews News,
    string Number,
    NotificationChannel Channel,
    [property: DataSubject] CustomerId CustomerId,
    [property: PersonalData] string? Recipient,
    string Reason,
    int Attempt,
    DateTimeOffset At) : NotificationEvent;

[EventType("notification.resend_requested.v1", Internal = true)]
public sealed record NotificationResendRequested(NotificationId NotificationId, int Attempt, DateTimeOffset At) : NotificationEvent;

[JsonSerializable(typeof(NotificationSent))]
[JsonSerializable(typeof(NotificationFailed))]
[JsonSerializable(typeof(NotificationResendRequested))]
internal sealed partial class NotificationJson : JsonSerializerContext;
