using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>Sending goes on where it stopped: what happened in the meantime follows in order. Errors: not_found (404).</summary>
public sealed record EnableWebhookEndpoint(WebhookEndpointId EndpointId, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class EnableWebhookEndpointHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<EnableWebhookEndpoint, Committed>
{
    public Task<Committed> Handle(EnableWebhookEndpoint command, CancellationToken cancellationToken) =>
        aggregates.Update<WebhookEndpoint, WebhookEndpointEvent>(
            command.EndpointId.Value, command.ExpectedVersion, endpoint => endpoint.Enable(clock.GetUtcNow()), cancellationToken);
}
