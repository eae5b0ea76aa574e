using Mainstreet.Application;
using Mainstreet.Application.Webhooks;
using Mainstreet.Domain.Webhooks;
using Mainstreet.Infrastructure.Tenancy;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>Signs and posts one attempt. Receivers live by the wall clock, so that is what the signature says.</summary>
internal sealed class WebhookSender(IWebhookTransport transport, IWebhookSigner signer, WebhookSecrets secrets, WebhookHeaders custom, RequestContext context)
{
    private const string Masked = "********";
    private const int ShortestSecret = 8;

    /// <param name="endpoint">Where to.</param>
    /// <param name="message">What.</param>
    /// <param name="now">By the tenant's clock: decides which secrets are valid.</param>
    /// <param name="cancellationToken">Abandons the attempt.</param>
    public async Task<SentAttempt> Send(WebhookEndpoint endpoint, WebhookMessage message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = endpoint.SecretsAt(now).Select(secret => secrets.Open(endpoint.Id, secret)).ToArray();
        var own = new Dictionary<string, string>(signer.Sign(message.Id.ToString(), TimeProvider.System.GetUtcNow(), message.Body, keys), StringComparer.OrdinalIgnoreCase)
        {
            ["content-type"] = "application/json",
        };
        if (message.TraceParent is { } trace)
        {
            own["traceparent"] = trace;
        }

        var (sent, shown) = (new Dictionary<string, string>(own, StringComparer.OrdinalIgnoreCase), own);
        foreach (var header in endpoint.Settings.Headers ?? [])
        {
            sent[header.Name] = custom.Open(endpoint.Id, header);
            shown[header.Name] = Masked;
        }

        var response = await transport.Send(new(new Uri(endpoint.Settings.Url), message.Body, sent, context.IsSandbox), cancellationToken);
        return new(now, response with { Body = WithoutSecrets(response.Body, (endpoint.Settings.Headers ?? []).Select(header => sent[header.Name])) }, shown);
    }

    /// <summary>Some servers answer what they were sent. What is too short to be a secret would take words out of answers.</summary>
    private static string? WithoutSecrets(string? answer, IEnumerable<string> secrets) => secrets
        .SelectMany(secret => (string[])[secret, secret[(secret.LastIndexOf(' ') + 1)..]])
        .Where(secret => secret.Length >= ShortestSecret)
        .Aggregate(answer, (text, secret) => text?.Replace(secret, Masked, StringComparison.Ordinal));
}

/// <param name="At">By the tenant's clock.</param>
/// <param name="Headers">As they were sent, but for values that are secret.</param>
internal sealed record SentAttempt(DateTimeOffset At, WebhookResponse Response, IReadOnlyDictionary<string, string> Headers);
