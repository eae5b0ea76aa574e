using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Webhooks;

/// <summary>Recorded in the business's log.</summary>
public abstract record WebhookReplayEvent : IEvent;

/// <param name="FromPosition">The first position in the log that is looked at.</param>
/// <param name="ToPosition">The last one.</param>
/// <param name="Types">Event types or patterns among those that the endpoint asks for; null: all of these.</param>
[EventType("webhook_replay.requested.v1", Internal = true)]
public sealed record WebhookReplayRequested(
    WebhookReplayId WebhookReplayId, WebhookEndpointId WebhookEndpointId, long FromPosition, long ToPosition, string[]? Types, DateTimeOffset At) : WebhookReplayEvent;

/// <summary>All that was filed has been delivered, given up or canceled.</summary>
[EventType("webhook_replay.completed.v1", Description = "What was to be sent to an endpoint once more has been delivered, given up or canceled.")]
public sealed record WebhookReplayCompleted(
    WebhookReplayId WebhookReplayId, WebhookEndpointId WebhookEndpointId, long Filed, long Delivered, long Failed, DateTimeOffset At) : WebhookReplayEvent;

[EventType("webhook_replay.canceled.v1", Internal = true)]
public sealed record WebhookReplayCanceled(WebhookReplayId WebhookReplayId, WebhookEndpointId WebhookEndpointId, DateTimeOffset At) : WebhookReplayEvent;

[JsonSerializable(typeof(WebhookReplayRequested))]
[JsonSerializable(typeof(WebhookReplayCompleted))]
[JsonSerializable(typeof(WebhookReplayCanceled))]
internal sealed partial class WebhookReplayJson : JsonSerializerContext;
