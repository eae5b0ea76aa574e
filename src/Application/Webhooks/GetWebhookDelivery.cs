using System.Text;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>A delivery with what is sent and what came back. Errors: not_found (404).</summary>
public sealed record GetWebhookDelivery(Guid DeliveryId) : IRequest<WebhookDeliveryDetails>;

/// <param name="Delivery">The delivery itself.</param>
/// <param name="Body">What is sent, as it would be now: what was erased since is erased here.</param>
/// <param name="Attempts">The first one first.</param>
public sealed record WebhookDeliveryDetails(WebhookDeliveryView Delivery, string Body, IReadOnlyList<WebhookAttemptView> Attempts);

internal sealed class GetWebhookDeliveryHandler(IReadStore reads, IWebhookDeliveries deliveries) : IRequestHandler<GetWebhookDelivery, WebhookDeliveryDetails>
{
    public async Task<WebhookDeliveryDetails> Handle(GetWebhookDelivery query, CancellationToken cancellationToken)
    {
        var delivery = await reads.Find<WebhookDeliveryView>($"{WebhookDeliveryView.Select} where delivery_id = @delivery_id", new { query.DeliveryId }, cancellationToken)
            ?? throw new DomainException(WebhookEndpointErrors.DeliveryNotFound);
        var attempts = await reads.List<WebhookAttemptView>(
            """
            select number, attempted_at, status_code, error, duration_ms, request_headers, response_body, response_truncated from webhook_attempts
             where delivery_id = @delivery_id order by number
            """,
            new { query.DeliveryId }, cancellationToken);
        return new(delivery, Encoding.UTF8.GetString(await deliveries.Body(delivery, cancellationToken)), attempts);
    }
}
