using Mainstreet.Application;
using Mainstreet.Application.Webhooks;
using Mainstreet.Domain.Webhooks;
using Mainstreet.Infrastructure.Tenancy;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>Signs and posts one attempt. Receivers live by the wall clock, so that is what the signature says.</summary>
internal sealed class WebhookSender(IWebhookTransport transport, IWebhookSigner signer, WebhookSecrets secrets, RequestContext context)
{
    /// <param name="endpoint">Where to.</param>
    /// <param name="message">What.</param>
    /// <param name="now">By the tenant's clock: decides which secrets are valid.</param>
    /// <param name="cancellationToken">Abandons the attempt.</param>
    public Task<WebhookResponse> Send(WebhookEndpoint endpoint, WebhookMessage message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = endpoint.SecretsAt(now).Select(secret => secrets.Open(endpoint.Id, secret)).ToArray();
        var headers = new Dictionary<string, string>(signer.Sign(message.Id.ToString(), TimeProvider.System.GetUtcNow(), message.Body, keys), StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
        };
        if (message.TraceParent is { } trace)
        {
            headers["traceparent"] = trace;
        }

        return transport.Send(new(new Uri(endpoint.Settings.Url), message.Body, headers, context.IsSandbox), cancellationToken);
    }
}
