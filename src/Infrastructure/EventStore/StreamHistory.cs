using Mainstreet.Application;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.EventStore;

/// <inheritdoc />
internal sealed class StreamHistory(NpgsqlDataSource database, RequestContext context, LogReader log, EventRegistry registry) : IHistory
{
    private readonly string[] hidden = [.. registry.All.Where(kind => kind.Internal).Select(kind => kind.Name)];

    public async Task<IReadOnlyList<EventEnvelope>> Read(Guid stream, int afterVersion, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { TenantSql.Set(context.Tenant), LogReader.SelectStream(context.Tenant, stream, afterVersion, hidden, limit) },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await log.Read(reader, context.Tenant, cancellationToken);
    }
}
