using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>
/// Sends a signed <c>webhook_endpoint.test</c>, tried once, also to a disabled endpoint: a receiver can be tried before it is
/// enabled. Errors: not_found (404).
/// </summary>
public sealed record TestWebhookEndpoint(WebhookEndpointId EndpointId) : IRequest<WebhookTestReceipt>;

public sealed record WebhookTestReceipt(Guid DeliveryId) : Committed(0);

internal sealed class TestWebhookEndpointHandler(IMediator mediator, IWebhookDeliveries deliveries, ITenantContext context) : IRequestHandler<TestWebhookEndpoint, WebhookTestReceipt>
{
    public async Task<WebhookTestReceipt> Handle(TestWebhookEndpoint command, CancellationToken cancellationToken)
    {
        await mediator.Send(new GetWebhookEndpoint(command.EndpointId), cancellationToken);
        var id = Uuid.Named("webhook test", context.CommandId.ToString());
        await deliveries.Test(id, command.EndpointId);
        return new(id);
    }
}
