using System.Text.Json;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;

namespace Mainstreet.Application.Webhooks;

public enum WebhookDeliveryStatus
{
    /// <summary>Not yet sent, or to be tried again.</summary>
    Pending,
    Succeeded,

    /// <summary>The last attempt of the schedule failed as well.</summary>
    Failed,

    /// <summary>The endpoint was deleted first, or resumed behind it, or its replay was canceled.</summary>
    Canceled,
}

public static class WebhookDeliveryStatuses
{
    /// <summary>As the rows have it.</summary>
    public static string StoredName(this WebhookDeliveryStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());
}

/// <summary>One event on its way to one endpoint.</summary>
/// <param name="EventId">The id that the receiver sees, the same at every attempt.</param>
/// <param name="Position">In the log; 0 for a test, which is not in it.</param>
/// <param name="StreamId">The subject.</param>
/// <param name="NextAttemptAt">While pending; a message that earlier ones hold back may go later.</param>
/// <param name="LastStatusCode">What the receiver answered last.</param>
/// <param name="LastError">One of <see cref="WebhookErrors"/>, where the last attempt met no answer.</param>
/// <param name="ReplayId">By which it is sent; null: because it happened.</param>
public sealed record WebhookDeliveryView(
    Guid DeliveryId,
    WebhookEndpointId EndpointId,
    Guid EventId,
    string EventType,
    long Position,
    Guid StreamId,
    PayloadKind Payload,
    WebhookDeliveryStatus Status,
    int Attempts,
    DateTimeOffset? NextAttemptAt,
    int? LastStatusCode,
    string? LastError,
    DateTimeOffset CreatedAt,
    DateTimeOffset? CompletedAt,
    WebhookReplayId? ReplayId)
{
    /// <summary>order</summary>
    public string SubjectType => EventType[..EventType.IndexOf('.', StringComparison.Ordinal)];

    internal const string Select = """
        select delivery_id, endpoint_id, event_id, event_type, position, stream_id, payload, status, attempts,
               case when status = 'pending' then next_attempt_at end as next_attempt_at, last_status_code, last_error, created_at, completed_at,
               replay_id
          from webhook_deliveries
        """;
}

/// <summary>One try to send a delivery.</summary>
/// <param name="Number">1, 2, 3 ... within the delivery.</param>
/// <param name="StatusCode">Null when no answer came.</param>
/// <param name="Error">One of <see cref="WebhookErrors"/>; null for a complete answer.</param>
/// <param name="RequestHeaders">As they were sent, but for secret values; null for an attempt from before they were kept.</param>
/// <param name="ResponseBody">The beginning of the answer.</param>
/// <param name="ResponseTruncated">It was longer.</param>
public sealed record WebhookAttemptView(
    int Number, DateTimeOffset AttemptedAt, int? StatusCode, string? Error, int DurationMs, Dictionary<string, string>? RequestHeaders, string? ResponseBody, bool ResponseTruncated);
