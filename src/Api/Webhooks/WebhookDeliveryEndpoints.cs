using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Webhooks;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using MediatR;

namespace Mainstreet.Api.Webhooks;

internal static class WebhookDeliveryEndpoints
{
    public static void MapWebhookDeliveries(this IEndpointRouteBuilder api)
    {
        api.MapGet("/webhook-endpoints/{endpointId:guid}/deliveries", ListOfEndpoint).WithTags("Webhooks")
            .WithName("ListDeliveriesOfWebhookEndpoint").RequirePermission(Permissions.WebhooksRead);
        var deliveries = api.MapGroup("/webhook-deliveries").WithTags("Webhooks");
        deliveries.MapGet("/", List).WithName("ListWebhookDeliveries").RequirePermission(Permissions.WebhooksRead).Refuses(404, "not_found");
        deliveries.MapGet("/{deliveryId:guid}", Get).WithName("GetWebhookDelivery").RequirePermission(Permissions.WebhooksRead);
        deliveries.MapPost("/{deliveryId:guid}/retry", Retry).WithName("RetryWebhookDelivery").RequirePermission(Permissions.WebhooksWrite)
            .Refuses(409, "webhook_endpoint_disabled");
    }

    /// <param name="endpointId">Of one endpoint.</param>
    /// <param name="status">pending, succeeded, failed or canceled.</param>
    /// <param name="eventType">Such as order.placed.</param>
    /// <param name="subject">The id of what the event is about, such as an order's.</param>
    /// <param name="createdAfter">Filed then or later.</param>
    /// <param name="createdBefore">Filed earlier.</param>
    /// <param name="paging">Which page.</param>
    /// <param name="mediator">The application.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    private static Task<PageAnswer<WebhookDeliveryBody>> ListOfEndpoint(
        Guid endpointId, Choice<WebhookDeliveryStatus>? status, string? eventType, Guid? subject, DateTimeOffset? createdAfter, DateTimeOffset? createdBefore,
        Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        List(endpointId, status, eventType, subject, createdAfter, createdBefore, paging, mediator, cancellationToken);

    /// <param name="endpointId">Of one endpoint.</param>
    /// <param name="status">pending, succeeded, failed or canceled.</param>
    /// <param name="eventType">Such as order.placed.</param>
    /// <param name="subject">The id of what the event is about, such as an order's.</param>
    /// <param name="createdAfter">Filed then or later.</param>
    /// <param name="createdBefore">Filed earlier.</param>
    /// <param name="paging">Which page.</param>
    /// <param name="mediator">The application.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    private static async Task<PageAnswer<WebhookDeliveryBody>> List(
        Guid? endpointId, Choice<WebhookDeliveryStatus>? status, string? eventType, Guid? subject, DateTimeOffset? createdAfter, DateTimeOffset? createdBefore,
        Paging paging, IMediator mediator, CancellationToken cancellationToken)
    {
        var page = await mediator.Send(
            new ListWebhookDeliveries(paging, endpointId is { } id ? new WebhookEndpointId(id) : null, new(status?.Value, eventType, subject, createdAfter, createdBefore)),
            cancellationToken);
        return Answers.Page(page, WebhookDeliveryBody.Of);
    }

    private static async Task<OkAnswer<WebhookDeliveryBody>> Get(Guid deliveryId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(WebhookDeliveryBody.Of(await mediator.Send(new GetWebhookDelivery(deliveryId), cancellationToken)));

    private static async Task<NoContentAnswer> Retry(Guid deliveryId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RetryWebhookDelivery(deliveryId), cancellationToken));
}

/// <summary>What an event is about.</summary>
internal sealed record SubjectBody(string Type, Guid Id);

/// <param name="EventId">The webhook-id that the receiver sees, the same at every attempt.</param>
/// <param name="Position">Of the event in the log; 0 for a test.</param>
/// <param name="NextAttemptAt">While pending. An earlier message that fails may hold this one for longer.</param>
/// <param name="LastError">Where the last attempt met no answer: address_refused, name_not_resolved, connection_failed, tls_failed, timeout and others.</param>
/// <param name="ReplayId">By which it is sent once more; left out where it is sent because it happened.</param>
/// <param name="RequestBody">The exact bytes that are sent, not in lists. What was erased since is erased here.</param>
/// <param name="Attempts">The first one first, not in lists.</param>
internal sealed record WebhookDeliveryBody(
    Guid Id,
    Guid EndpointId,
    Guid EventId,
    string EventType,
    long Position,
    SubjectBody Subject,
    PayloadKind Payload,
    WebhookDeliveryStatus Status,
    int AttemptCount,
    DateTimeOffset? NextAttemptAt,
    int? LastStatusCode,
    string? LastError,
    DateTimeOffset CreatedAt,
    DateTimeOffset? CompletedAt,
    Guid? ReplayId,
    string? RequestBody = null,
    WebhookAttemptBody[]? Attempts = null)
{
    public static WebhookDeliveryBody Of(WebhookDeliveryView delivery) => new(
        delivery.DeliveryId, delivery.EndpointId.Value, delivery.EventId, delivery.EventType, delivery.Position, new(delivery.SubjectType, delivery.StreamId),
        delivery.Payload, delivery.Status, delivery.Attempts, delivery.NextAttemptAt, delivery.LastStatusCode, delivery.LastError, delivery.CreatedAt,
        delivery.CompletedAt, delivery.ReplayId?.Value);

    public static WebhookDeliveryBody Of(WebhookDeliveryDetails details) =>
        Of(details.Delivery) with { RequestBody = details.Body, Attempts = [.. details.Attempts.Select(WebhookAttemptBody.Of)] };
}

/// <param name="StatusCode">Left out where no answer came.</param>
/// <param name="RequestHeaders">As they were sent; values of the endpoint's own headers are masked. Left out for attempts from before they were kept.</param>
/// <param name="ResponseBody">The first 4,096 characters. At most 64 KB of an answer are read.</param>
/// <param name="ResponseTruncated">There was more.</param>
internal sealed record WebhookAttemptBody(
    int Number, DateTimeOffset AttemptedAt, int? StatusCode, string? Error, int DurationMs, Dictionary<string, string>? RequestHeaders, string? ResponseBody, bool ResponseTruncated)
{
    public static WebhookAttemptBody Of(WebhookAttemptView attempt) =>
        new(attempt.Number, attempt.AttemptedAt, attempt.StatusCode, attempt.Error, attempt.DurationMs, attempt.RequestHeaders, attempt.ResponseBody, attempt.ResponseTruncated);
}
