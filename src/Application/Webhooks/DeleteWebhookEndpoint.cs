using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>For good: what was still to be sent is canceled. Errors: not_found (404).</summary>
public sealed record DeleteWebhookEndpoint(WebhookEndpointId EndpointId, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class DeleteWebhookEndpointHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<DeleteWebhookEndpoint, Committed>
{
    public Task<Committed> Handle(DeleteWebhookEndpoint command, CancellationToken cancellationToken) =>
        aggregates.Update<WebhookEndpoint, WebhookEndpointEvent>(
            command.EndpointId.Value, command.ExpectedVersion, endpoint => endpoint.Delete(clock.GetUtcNow()), cancellationToken);
}
