using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Webhooks;

/// <summary>Recorded in the business's log. Secrets arrive here encrypted.</summary>
public abstract record WebhookEndpointEvent : IEvent;

[EventType("webhook_endpoint.created.v1", Internal = true)]
public sealed record WebhookEndpointCreated(
    WebhookEndpointId WebhookEndpointId, WebhookEndpointSettings Settings, string EncryptedSecret, string? PublicKey, DateTimeOffset At) : WebhookEndpointEvent;

[EventType("webhook_endpoint.updated.v1", Internal = true)]
public sealed record WebhookEndpointUpdated(WebhookEndpointId WebhookEndpointId, WebhookEndpointSettings Settings, DateTimeOffset At) : WebhookEndpointEvent;

/// <param name="ResumeFrom">What becomes of the events that wait.</param>
/// <param name="ResumePosition">With <see cref="WebhookResume.Position"/>: earlier events are not sent any more.</param>
[EventType("webhook_endpoint.enabled.v1", Description = "Messages are sent to the endpoint again: from where they stopped, from a position, or only what happens from now on.")]
public sealed record WebhookEndpointEnabled(
    WebhookEndpointId WebhookEndpointId, WebhookResume ResumeFrom, long? ResumePosition, DateTimeOffset At) : WebhookEndpointEvent;

[EventType("webhook_endpoint.disabled.v1", Description = "No messages are sent to the endpoint; they are kept.")]
public sealed record WebhookEndpointDisabled(WebhookEndpointId WebhookEndpointId, DisableReason Reason, DateTimeOffset At) : WebhookEndpointEvent;

/// <summary>It has met no success since <paramref name="FailingSince"/>. What it is to get waits, and is still tried.</summary>
[EventType("webhook_endpoint.degraded.v1", Description = "The endpoint has met no success for an hour. What it is to get waits, and is still tried.")]
public sealed record WebhookEndpointDegraded(WebhookEndpointId WebhookEndpointId, DateTimeOffset FailingSince, DateTimeOffset At) : WebhookEndpointEvent;

/// <summary>It takes messages again.</summary>
[EventType("webhook_endpoint.recovered.v1", Description = "An endpoint that was degraded takes messages again.")]
public sealed record WebhookEndpointRecovered(WebhookEndpointId WebhookEndpointId, DateTimeOffset At) : WebhookEndpointEvent;

/// <summary>The last attempt of the schedule failed as well: nothing more is tried by itself.</summary>
/// <param name="DeliveryId">Shows what was sent and what came back.</param>
/// <param name="StatusCode">Of the last attempt; null where no answer came.</param>
/// <param name="Error">Why none came.</param>
[EventType("webhook_endpoint.delivery_exhausted.v1", Description = "The last attempt to deliver a message failed as well: nothing more is tried by itself. Its delivery shows what was sent and what came back.")]
public sealed record WebhookDeliveryExhausted(
    WebhookEndpointId WebhookEndpointId, Guid DeliveryId, Guid EventId, string EventType, long Position, int Attempts, int? StatusCode, string? Error, DateTimeOffset At)
    : WebhookEndpointEvent;

[EventType("webhook_endpoint.deleted.v1", Internal = true)]
public sealed record WebhookEndpointDeleted(WebhookEndpointId WebhookEndpointId, DateTimeOffset At) : WebhookEndpointEvent;

/// <summary>Until <paramref name="PreviousValidUntil"/> messages are signed with the previous secret as well.</summary>
[EventType("webhook_endpoint.secret_rotated.v1", Internal = true)]
public sealed record WebhookEndpointSecretRotated(
    WebhookEndpointId WebhookEndpointId, string EncryptedSecret, string? PublicKey, DateTimeOffset PreviousValidUntil, DateTimeOffset At) : WebhookEndpointEvent;

[JsonSerializable(typeof(WebhookEndpointCreated))]
[JsonSerializable(typeof(WebhookEndpointUpdated))]
[JsonSerializable(typeof(WebhookEndpointEnabled))]
[JsonSerializable(typeof(WebhookEndpointDisabled))]
[JsonSerializable(typeof(WebhookEndpointDegraded))]
[JsonSerializable(typeof(WebhookEndpointRecovered))]
[JsonSerializable(typeof(WebhookDeliveryExhausted))]
[JsonSerializable(typeof(WebhookEndpointDeleted))]
[JsonSerializable(typeof(WebhookEndpointSecretRotated))]
internal sealed partial class WebhookEndpointJson : JsonSerializerContext;
