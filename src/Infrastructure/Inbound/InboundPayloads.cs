using Mainstreet.Application;
using Mainstreet.Application.Inbound;
using Mainstreet.Domain;
using Mainstreet.Domain.Inbound;
using Mainstreet.Infrastructure.Messaging;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Inbound;

/// <inheritdoc />
internal sealed class InboundPayloads(NpgsqlDataSource database, RequestContext context, ISecretBox secrets, MessageSignal signal) : IInboundPayloads
{
    public async Task<bool> Keep(ConnectionId connection, string provider, InboundNotification notification, byte[] body, CancellationToken cancellationToken)
    {
        var id = InboundMessage.IdOf(connection, notification.EventId);
        var isNew = await database.Rows<Guid>(
            context.Tenant,
            """
            insert into inbound_payloads (tenant_id, message_id, sealed, connection_id, provider, type, event_id, occurred_at, told_at, is_recorded)
            values (@tenant, @id, @sealed, @connection, @provider, @type, @event_id, @occurred_at, tenant_now(), false) on conflict do nothing returning message_id
            """,
            new { context.Tenant, id, Sealed = secrets.Seal(body, Purpose(id)), connection, provider, notification.Type, notification.EventId, notification.OccurredAt },
            cancellationToken) is not [];
        if (isNew)
        {
            signal.Told();
        }

        return isNew;
    }

    public Task<IReadOnlyList<KeptNotification>> Waiting(int most, CancellationToken cancellationToken) => database.Rows<KeptNotification>(
        context.Tenant,
        """
        select message_id, connection_id, provider, type, event_id, occurred_at, told_at from inbound_payloads
         where tenant_id = @tenant and not is_recorded order by received_at limit @most
        """,
        new { context.Tenant, most }, cancellationToken);

    public Task Recorded(IEnumerable<InboundMessageId> ids, IEnumerable<InboundMessageId> unwanted, CancellationToken cancellationToken) => database.Rows<Guid>(
        context.Tenant,
        """
        with gone as (delete from inbound_payloads where tenant_id = @tenant and message_id = any(@unwanted))
        update inbound_payloads set is_recorded = true
         where tenant_id = @tenant and message_id = any(@ids) and message_id <> all(@unwanted) returning message_id
        """,
        new { context.Tenant, Ids = Values(ids), Unwanted = Values(unwanted) }, cancellationToken);

    public async Task<byte[]?> Find(InboundMessageId id, CancellationToken cancellationToken) =>
        await database.Rows<string>(
            context.Tenant, "select sealed from inbound_payloads where tenant_id = @tenant and message_id = @id", new { Tenant = context.Tenant, id }, cancellationToken) is [var kept]
            ? secrets.Open(kept, Purpose(id))
            : null;

    public Task Remove(InboundMessageId id) => database.Rows<Guid>(
        context.Tenant, "delete from inbound_payloads where tenant_id = @tenant and message_id = @id returning message_id",
        new { context.Tenant, id }, CancellationToken.None);

    private static Guid[] Values(IEnumerable<InboundMessageId> ids) => [.. ids.Select(id => id.Value)];

    private string Purpose(InboundMessageId id) => $"inbound-payload:{context.Tenant}:{id}";
}
