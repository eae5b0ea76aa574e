using Mainstreet.Application;
using Mainstreet.Application.Webhooks;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Messaging;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Webhooks;

/// <inheritdoc />
internal sealed class WebhookDeliveries(NpgsqlDataSource database, RequestContext context, WebhookMessages webhooks, MessageTypes types, MessageSignal signal)
    : IWebhookDeliveries
{
    public async Task<byte[]> Body(WebhookDeliveryView delivery, CancellationToken cancellationToken) =>
        (await webhooks.Of(
            context.Tenant, [new(delivery.EventId, delivery.Position, delivery.EndpointId, delivery.Payload, delivery.CreatedAt)], cancellationToken))[0].Body;

    public Task Ask(WebhookDeliveryView delivery) => Write(delivery.EndpointId, new("update webhook_deliveries set asked = true where tenant_id = $1 and delivery_id = $2")
    {
        Parameters = { new() { Value = context.Tenant.Value }, new() { Value = delivery.DeliveryId } },
    });

    public Task Test(Guid deliveryId, WebhookEndpointId endpoint) => Write(endpoint, new("""
        insert into webhook_deliveries
          (tenant_id, delivery_id, endpoint_id, event_id, event_type, position, stream_id, payload, asked, created_at, next_attempt_at)
        select $1, $2, $3, $2, $4, 0, $3, 'full', true, n.now, n.now from (select tenant_now() as now) n
        on conflict do nothing
        """)
    {
        Parameters =
        {
            new() { Value = context.Tenant.Value }, new() { Value = deliveryId }, new() { Value = endpoint.Value },
            new() { Value = WebhookEndpoint.TestEventType },
        },
    });

    private async Task Write(WebhookEndpointId endpoint, NpgsqlBatchCommand change)
    {
        var message = new PlannedMessage(Uuid.New(), new DeliverWebhooks(endpoint), DueAt: null, DeliverWebhooks.DedupeKey(endpoint), Target: null);
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { TenantSql.Set(context.Tenant), change, MessageSql.Insert(context.Tenant, [message], types, CommitWriter.Metadata(context)) },
        };
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        signal.Inserted([message], types);
    }
}
