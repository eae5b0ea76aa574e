using Mainstreet.Application;
using Mainstreet.Application.Webhooks;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>A delivery that is to be tried now.</summary>
/// <param name="Attempts">So far: the fence.</param>
/// <param name="Retries">Steps of the schedule that were taken.</param>
/// <param name="Asked">By hand, so whatever its status and its place in the order.</param>
/// <param name="IsDue">By its schedule and its order.</param>
internal sealed record DueDelivery(
    Guid DeliveryId,
    WebhookEndpointId EndpointId,
    Guid EventId,
    string EventType,
    long Position,
    Guid StreamId,
    PayloadKind Payload,
    WebhookDeliveryStatus Status,
    int Attempts,
    int Retries,
    bool Asked,
    DateTimeOffset CreatedAt,
    bool IsDue)
{
    public MessageSource Source => new(EventId, Position, EndpointId, Payload, CreatedAt);

    /// <summary>Deliveries with the same key go one after the other, and a failing one holds the rest.</summary>
    public Guid OrderKey(WebhookOrdering ordering) => (IsDue, ordering) switch
    {
        (true, WebhookOrdering.PerSubject) => StreamId,
        (true, WebhookOrdering.Strict) => Guid.Empty,
        _ => DeliveryId,
    };

    /// <summary>What an attempt makes of it. One that was asked for by hand and fails leaves things as they were.</summary>
    public DeliveryOutcome After(WebhookResponse response, double jitter) => this switch
    {
        _ when response.Succeeded => new(WebhookDeliveryStatus.Succeeded, Retries, null),
        { Status: not WebhookDeliveryStatus.Pending } => new(Status, Retries, null),
        { EventType: WebhookEndpoint.TestEventType } => new(WebhookDeliveryStatus.Failed, Retries, null),
        { IsDue: false } => new(Status, Retries, null),
        _ when response.Status is DeliveryOutcome.Gone => new(Status, Retries, TimeSpan.Zero), // goes first when the endpoint is enabled again
        _ => WebhookRetries.Delay(Retries, DeliveryOutcome.RetryAfter(response), jitter) is { } delay
            ? new(Status, Retries + 1, delay)
            : new(WebhookDeliveryStatus.Failed, Retries, null),
    };
}

/// <param name="Delay">Until the next attempt; null where none follows, or its time stays.</param>
internal sealed record DeliveryOutcome(WebhookDeliveryStatus Status, int Retries, TimeSpan? Delay)
{
    /// <summary>The receiver wants nothing more, ever.</summary>
    public const int Gone = 410;

    /// <summary>How long the receiver asks to be left alone.</summary>
    public static TimeSpan? RetryAfter(WebhookResponse response) => response.Status is 429 or 503 ? response.RetryAfter : null;
}

/// <summary>From what a message is made.</summary>
internal sealed record MessageSource(Guid EventId, long Position, WebhookEndpointId EndpointId, PayloadKind Payload, DateTimeOffset CreatedAt);

/// <summary>What is posted: the same at every attempt.</summary>
internal sealed record WebhookMessage(Guid Id, byte[] Body, string? TraceParent);

/// <summary>What there is to do at an endpoint.</summary>
/// <param name="Failures">Attempts since the last success.</param>
internal sealed record DueBatch(int Failures, IReadOnlyList<(DueDelivery Delivery, WebhookMessage Message)> Deliveries);
