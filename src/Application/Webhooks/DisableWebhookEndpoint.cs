using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>Nothing is sent until it is enabled again, and nothing is lost. Errors: not_found (404).</summary>
public sealed record DisableWebhookEndpoint(WebhookEndpointId EndpointId, DisableReason Reason = DisableReason.Manual, int? ExpectedVersion = null)
    : IRequest<Committed>;

internal sealed class DisableWebhookEndpointHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<DisableWebhookEndpoint, Committed>
{
    public Task<Committed> Handle(DisableWebhookEndpoint command, CancellationToken cancellationToken) =>
        aggregates.Update<WebhookEndpoint, WebhookEndpointEvent>(
            command.EndpointId.Value, command.ExpectedVersion, endpoint => endpoint.Disable(command.Reason, clock.GetUtcNow()), cancellationToken);
}
