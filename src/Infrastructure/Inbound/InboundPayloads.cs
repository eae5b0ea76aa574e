using Mainstreet.Application;
using Mainstreet.Application.Inbound;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Inbound;

/// <inheritdoc />
internal sealed class InboundPayloads(NpgsqlDataSource database, RequestContext context, ISecretBox secrets) : IInboundPayloads
{
    public Task Keep(InboundMessageId id, byte[] body, CancellationToken cancellationToken) => database.Rows<Guid>(
        context.Tenant,
        "insert into inbound_payloads (tenant_id, message_id, sealed) values (@tenant, @id, @sealed) on conflict do nothing returning message_id",
        new { Tenant = context.Tenant, id, Sealed = secrets.Seal(body, Purpose(id)) }, cancellationToken);

    public async Task<byte[]?> Find(InboundMessageId id, CancellationToken cancellationToken) =>
        await database.Rows<string>(
            context.Tenant, "select sealed from inbound_payloads where tenant_id = @tenant and message_id = @id", new { Tenant = context.Tenant, id }, cancellationToken) is [var kept]
            ? secrets.Open(kept, Purpose(id))
            : null;

    public Task Remove(InboundMessageId id) => database.Rows<Guid>(
        context.Tenant, "delete from inbound_payloads where tenant_id = @tenant and message_id = @id returning message_id",
        new { Tenant = context.Tenant, id }, CancellationToken.None);

    private string Purpose(InboundMessageId id) => $"inbound-payload:{context.Tenant}:{id}";
}
