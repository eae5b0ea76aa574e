using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>Somebody is told that a message was given up.</summary>
[Message("webhook.exhausted")]
public sealed record ReportExhaustedDelivery(WebhookEndpointId EndpointId, Guid DeliveryId) : IRequest<Committed>
{
    public static string DedupeKey(Guid delivery) => $"webhook.exhausted/{delivery}";
}

/// <summary>An endpoint fails since a while, or takes messages again.</summary>
/// <param name="FailingSince">Null: it does not.</param>
public sealed record ReportWebhookHealth(WebhookEndpointId EndpointId, DateTimeOffset? FailingSince) : IRequest<Committed>;

internal sealed class ReportDeliveriesHandler(IAggregates aggregates, IReadStore reads, TimeProvider clock) :
    IRequestHandler<ReportExhaustedDelivery, Committed>, IRequestHandler<ReportWebhookHealth, Committed>
{
    public async Task<Committed> Handle(ReportExhaustedDelivery command, CancellationToken cancellationToken)
    {
        var delivery = await reads.Find<WebhookDeliveryView>($"{WebhookDeliveryView.Select} where delivery_id = @delivery_id", new { command.DeliveryId }, cancellationToken);
        return delivery is not { Status: WebhookDeliveryStatus.Failed }
            ? new Committed(0)
            : await Update(
                command.EndpointId,
                endpoint => endpoint.Exhaust(new(
                    command.EndpointId, delivery.DeliveryId, delivery.EventId, delivery.EventType, delivery.Position, delivery.Attempts, delivery.LastStatusCode,
                    delivery.LastError, clock.GetUtcNow())),
                cancellationToken);
    }

    public Task<Committed> Handle(ReportWebhookHealth command, CancellationToken cancellationToken) => Update(
        command.EndpointId,
        endpoint => command.FailingSince is { } since ? endpoint.Degrade(since, clock.GetUtcNow()) : endpoint.Recover(clock.GetUtcNow()),
        cancellationToken);

    private Task<Committed> Update(WebhookEndpointId endpoint, Func<WebhookEndpoint, WebhookEndpointEvent[]> decide, CancellationToken cancellationToken) =>
        aggregates.Update<WebhookEndpoint, WebhookEndpointEvent>(endpoint.Value, expectedVersion: null, decide, cancellationToken);
}
