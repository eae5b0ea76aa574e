using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Inbound;

/// <summary>Recorded in the business's log. What the provider sent is in none of them.</summary>
public abstract record InboundEvent : IEvent;

/// <param name="Type">As the provider calls it, such as account.application.deauthorized.</param>
/// <param name="ProviderEventId">By which the provider tells its notifications apart.</param>
/// <param name="OccurredAt">As the provider says; null: it does not.</param>
[EventType("inbound.received.v1", Description = "A provider has told something: once for each of its events. What it said is read at /inbound-messages.")]
public sealed record InboundReceived(
    InboundMessageId InboundMessageId, ConnectionId ConnectionId, string Provider, string Type, string ProviderEventId, DateTimeOffset? OccurredAt, DateTimeOffset At) : InboundEvent;

[EventType("inbound.processed.v1", Internal = true)]
public sealed record InboundProcessed(InboundMessageId InboundMessageId, DateTimeOffset At) : InboundEvent;

/// <summary>Nothing in the product follows from notifications of this type.</summary>
[EventType("inbound.ignored.v1", Internal = true)]
public sealed record InboundIgnored(InboundMessageId InboundMessageId, DateTimeOffset At) : InboundEvent;

/// <param name="Attempt">1, 2, 3 ... since it came in or was redriven.</param>
/// <param name="RetryAt">When it is tried again.</param>
[EventType("inbound.failed.v1", Internal = true)]
public sealed record InboundFailed(InboundMessageId InboundMessageId, string Provider, int Attempt, string Error, DateTimeOffset RetryAt, DateTimeOffset At) : InboundEvent;

/// <summary>It is tried no more, until somebody redrives it.</summary>
[EventType("inbound.dead_lettered.v1", Description = "What a provider told could not be processed in five attempts, and waits for somebody to redrive or discard it.")]
public sealed record InboundDeadLettered(
    InboundMessageId InboundMessageId, ConnectionId ConnectionId, string Provider, string Type, int Attempts, string Error, DateTimeOffset At) : InboundEvent;

[EventType("inbound.redriven.v1", Internal = true)]
public sealed record InboundRedriven(InboundMessageId InboundMessageId, string Provider, DateTimeOffset At) : InboundEvent;

[EventType("inbound.discarded.v1", Internal = true)]
public sealed record InboundDiscarded(InboundMessageId InboundMessageId, DateTimeOffset At) : InboundEvent;

[JsonSerializable(typeof(InboundReceived))]
[JsonSerializable(typeof(InboundProcessed))]
[JsonSerializable(typeof(InboundIgnored))]
[JsonSerializable(typeof(InboundFailed))]
[JsonSerializable(typeof(InboundDeadLettered))]
[JsonSerializable(typeof(InboundRedriven))]
[JsonSerializable(typeof(InboundDiscarded))]
internal sealed partial class InboundJson : JsonSerializerContext;
