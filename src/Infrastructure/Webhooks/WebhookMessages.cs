using Mainstreet.Application;
using Mainstreet.Application.Events;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>Makes what is sent from the log, whenever it is needed.</summary>
internal sealed class WebhookMessages(NpgsqlDataSource database, LogReader log)
{
    /// <summary>The messages, in the order of their sources.</summary>
    public async Task<IReadOnlyList<WebhookMessage>> Of(TenantId tenant, IReadOnlyList<MessageSource> sources, CancellationToken cancellationToken)
    {
        var events = await Events(tenant, [.. sources.Select(source => source.Position).Where(position => position > 0).Distinct()], cancellationToken);
        return
        [
            .. sources.Select(source => source.Position == 0
                ? new WebhookMessage(source.EventId, EventBody.Test(source.EventId, source.CreatedAt, tenant, source.EndpointId), TraceParent: null)
                : new WebhookMessage(source.EventId, EventBody.Of(events[source.Position], source.Payload), events[source.Position].Metadata.TraceParent)),
        ];
    }

    private async Task<Dictionary<long, EventEnvelope>> Events(TenantId tenant, long[] positions, CancellationToken cancellationToken)
    {
        if (positions.Length == 0)
        {
            return [];
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.Set(tenant), LogReader.SelectAt(tenant, positions) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return (await log.Read(reader, tenant, cancellationToken)).ToDictionary(envelope => envelope.Position);
    }
}
