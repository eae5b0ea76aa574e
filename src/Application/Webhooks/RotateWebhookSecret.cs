using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>A new signing secret; for 24 hours messages are signed with the old one as well (row 41). Errors: not_found (404).</summary>
public sealed record RotateWebhookSecret(WebhookEndpointId EndpointId, int? ExpectedVersion = null) : IRequest<WebhookSecretReceipt>;

internal sealed class RotateWebhookSecretHandler(ILane lane, WebhookSecrets secrets) : IRequestHandler<RotateWebhookSecret, WebhookSecretReceipt>
{
    public Task<WebhookSecretReceipt> Handle(RotateWebhookSecret command, CancellationToken cancellationToken)
    {
        var id = command.EndpointId;
        var secret = secrets.New(id);
        return lane.Run(
            streams => streams.Of<WebhookEndpoint>(id.Value),
            (log, now) =>
            {
                var endpoint = log.Find<WebhookEndpoint>(id.Value) ?? throw new DomainException(WebhookEndpointErrors.NotFound);
                log.Expect(id.Value, command.ExpectedVersion);
                log.Append<WebhookEndpoint, WebhookEndpointEvent>(id.Value, endpoint.RotateSecret(secret, now));
                return new WebhookSecretReceipt(id, secret, now, log.Version(id.Value));
            },
            cancellationToken);
    }
}
