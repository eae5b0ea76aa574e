using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>
/// Sends what is due at one endpoint, for a bounded time, and asks to be run again when there is more or later. There is at
/// most one such message per endpoint, so an endpoint that hangs delays itself only (row 46).
/// </summary>
[Message("webhook.deliver", Queues.Webhooks)]
public sealed record DeliverWebhooks(WebhookEndpointId EndpointId) : IRequest<Committed>
{
    public static string DedupeKey(WebhookEndpointId endpoint) => $"webhook.deliver/{endpoint}";
}
