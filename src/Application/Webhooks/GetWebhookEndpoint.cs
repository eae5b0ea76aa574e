using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>Errors: not_found (404), also for a deleted one.</summary>
public sealed record GetWebhookEndpoint(WebhookEndpointId EndpointId) : IRequest<WebhookEndpointView>;

internal sealed class GetWebhookEndpointHandler(IReadStore reads) : IRequestHandler<GetWebhookEndpoint, WebhookEndpointView>
{
    public async Task<WebhookEndpointView> Handle(GetWebhookEndpoint query, CancellationToken cancellationToken) =>
        await reads.Find<WebhookEndpointView>("select * from rm.webhook_endpoints where id = @endpoint_id and not deleted", new { query.EndpointId }, cancellationToken)
        ?? throw new DomainException(WebhookEndpointErrors.NotFound);
}
