using Mainstreet.Domain;

namespace Mainstreet.Application.Webhooks;

/// <summary>What is on its way to receivers. Deliveries and attempts are rows, not events.</summary>
public interface IWebhookDeliveries
{
    /// <summary>The bytes that are sent.</summary>
    Task<byte[]> Body(WebhookDeliveryView delivery, CancellationToken cancellationToken);

    /// <summary>Has a delivery tried at once, whatever its status and its place in the order.</summary>
    Task Ask(WebhookDeliveryView delivery);

    /// <summary>Has a sample sent to an endpoint, once. A second call with the same id does nothing.</summary>
    Task Test(Guid deliveryId, WebhookEndpointId endpoint);
}
