using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>The delivery log, the newest first (row 43). Errors: not_found (404) for an endpoint that is not there.</summary>
public sealed record ListWebhookDeliveries(PageRequest Page, WebhookEndpointId? EndpointId, WebhookDeliveryFilter Filter) : IRequest<Page<WebhookDeliveryView>>;

/// <param name="Subject">What the event is about.</param>
/// <param name="CreatedAfter">Filed then or later.</param>
/// <param name="CreatedBefore">Filed earlier.</param>
public sealed record WebhookDeliveryFilter(
    WebhookDeliveryStatus? Status = null, string? EventType = null, Guid? Subject = null, DateTimeOffset? CreatedAfter = null, DateTimeOffset? CreatedBefore = null);

internal sealed class ListWebhookDeliveriesHandler(IReadStore reads, IMediator mediator) : IRequestHandler<ListWebhookDeliveries, Page<WebhookDeliveryView>>
{
    public async Task<Page<WebhookDeliveryView>> Handle(ListWebhookDeliveries query, CancellationToken cancellationToken)
    {
        if (query.EndpointId is { } endpoint)
        {
            await mediator.Send(new GetWebhookEndpoint(endpoint), cancellationToken);
        }

        var list = $"webhook deliveries {query.EndpointId} {query.Filter}";
        var after = query.Page.After(list);
        var rows = await reads.List<WebhookDeliveryView>(
            $"""
            {WebhookDeliveryView.Select}
             where {Filter(query)} (@created_at::timestamptz is null or (created_at, position, delivery_id) < (@created_at, @position, @id))
             order by created_at desc, position desc, delivery_id desc limit @rows
            """,
            new
            {
                query.EndpointId,
                query.Filter.EventType,
                query.Filter.Subject,
                query.Filter.CreatedAfter,
                query.Filter.CreatedBefore,
                CreatedAt = after?.Time(0),
                Position = after?.Number(1),
                Id = after?.Id(2),
                query.Page.Rows,
            },
            cancellationToken);
        return query.Page.Cut(rows, list, delivery => [delivery.CreatedAt, delivery.Position, delivery.DeliveryId]);
    }

    /// <summary>Only what is asked for, and the status as a constant, so that each kind of list finds its index.</summary>
    private static string Filter(ListWebhookDeliveries query) => string.Concat(
        query.EndpointId is null ? "" : "endpoint_id = @endpoint_id and ",
        query.Filter.Status is { } status ? $"status = '{status.StoredName()}' and " : "",
        query.Filter.EventType is null ? "" : "event_type = @event_type and ",
        query.Filter.Subject is null ? "" : "stream_id = @subject and ",
        query.Filter.CreatedAfter is null ? "" : "created_at >= @created_after and ",
        query.Filter.CreatedBefore is null ? "" : "created_at < @created_before and ");
}
