using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>
/// One more attempt at once, of this delivery alone and outside its order, whatever its status. If it fails, a pending
/// delivery keeps its schedule. Errors: not_found (404), webhook_endpoint_disabled (409).
/// </summary>
public sealed record RetryWebhookDelivery(Guid DeliveryId) : IRequest<Committed>;

internal sealed class RetryWebhookDeliveryHandler(IReadStore reads, IMediator mediator, IWebhookDeliveries deliveries) : IRequestHandler<RetryWebhookDelivery, Committed>
{
    public async Task<Committed> Handle(RetryWebhookDelivery command, CancellationToken cancellationToken)
    {
        var delivery = await reads.Find<WebhookDeliveryView>($"{WebhookDeliveryView.Select} where delivery_id = @delivery_id", new { command.DeliveryId }, cancellationToken)
            ?? throw new DomainException(WebhookEndpointErrors.DeliveryNotFound);
        var endpoint = await mediator.Send(new GetWebhookEndpoint(delivery.EndpointId), cancellationToken);
        Check.That(endpoint.Enabled, WebhookEndpointErrors.Disabled);
        await deliveries.Ask(delivery);
        return new Committed(0);
    }
}
