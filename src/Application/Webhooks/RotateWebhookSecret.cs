using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>A new signing secret; for 24 hours messages are signed with the old one as well (row 41). Errors: not_found (404); signature_unavailable (422).</summary>
/// <param name="Signature">Of messages from now on; null: as before.</param>
public sealed record RotateWebhookSecret(WebhookEndpointId EndpointId, WebhookSignature? Signature = null, int? ExpectedVersion = null) : IRequest<WebhookSecretReceipt>;

internal sealed class RotateWebhookSecretHandler(ILane lane, WebhookSecrets secrets) : IRequestHandler<RotateWebhookSecret, WebhookSecretReceipt>
{
    public Task<WebhookSecretReceipt> Handle(RotateWebhookSecret command, CancellationToken cancellationToken)
    {
        var id = command.EndpointId;
        return lane.Run(
            streams => streams.Of<WebhookEndpoint>(id.Value),
            (log, now) =>
            {
                var endpoint = log.Find<WebhookEndpoint>(id.Value) ?? throw new DomainException(WebhookEndpointErrors.NotFound);
                log.Expect(id.Value, command.ExpectedVersion);
                var key = secrets.New(id, command.Signature ?? endpoint.Key.Signature);
                log.Append<WebhookEndpoint, WebhookEndpointEvent>(id.Value, endpoint.RotateKey(key, now));
                return new WebhookSecretReceipt(id, key, now, log.Version(id.Value));
            },
            cancellationToken);
    }
}
