using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Webhooks;

/// <summary>Recorded in the business's log. Secrets arrive here encrypted.</summary>
public abstract record WebhookEndpointEvent : IEvent;

[EventType("webhook_endpoint.created.v1", Internal = true)]
public sealed record WebhookEndpointCreated(WebhookEndpointId WebhookEndpointId, WebhookEndpointSettings Settings, string EncryptedSecret, DateTimeOffset At) : WebhookEndpointEvent;

[EventType("webhook_endpoint.updated.v1", Internal = true)]
public sealed record WebhookEndpointUpdated(WebhookEndpointId WebhookEndpointId, WebhookEndpointSettings Settings, DateTimeOffset At) : WebhookEndpointEvent;

/// <param name="ResumeFrom">What becomes of the events that wait.</param>
/// <param name="ResumePosition">With <see cref="WebhookResume.Position"/>: earlier events are not sent any more.</param>
[EventType("webhook_endpoint.enabled.v1", Description = "Messages are sent to the endpoint again: from where they stopped, from a position, or only what happens from now on.")]
public sealed record WebhookEndpointEnabled(
    WebhookEndpointId WebhookEndpointId, WebhookResume ResumeFrom, long? ResumePosition, DateTimeOffset At) : WebhookEndpointEvent;

[EventType("webhook_endpoint.disabled.v1", Description = "No messages are sent to the endpoint; they are kept.")]
public sealed record WebhookEndpointDisabled(WebhookEndpointId WebhookEndpointId, DisableReason Reason, DateTimeOffset At) : WebhookEndpointEvent;

[EventType("webhook_endpoint.deleted.v1", Internal = true)]
public sealed record WebhookEndpointDeleted(WebhookEndpointId WebhookEndpointId, DateTimeOffset At) : WebhookEndpointEvent;

/// <summary>Until <paramref name="PreviousValidUntil"/> messages are signed with the previous secret as well.</summary>
[EventType("webhook_endpoint.secret_rotated.v1", Internal = true)]
public sealed record WebhookEndpointSecretRotated(WebhookEndpointId WebhookEndpointId, string EncryptedSecret, DateTimeOffset PreviousValidUntil, DateTimeOffset At) : WebhookEndpointEvent;

[JsonSerializable(typeof(WebhookEndpointCreated))]
[JsonSerializable(typeof(WebhookEndpointUpdated))]
[JsonSerializable(typeof(WebhookEndpointEnabled))]
[JsonSerializable(typeof(WebhookEndpointDisabled))]
[JsonSerializable(typeof(WebhookEndpointDeleted))]
[JsonSerializable(typeof(WebhookEndpointSecretRotated))]
internal sealed partial class WebhookEndpointJson : JsonSerializerContext;
