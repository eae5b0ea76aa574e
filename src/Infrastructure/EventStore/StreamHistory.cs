using Mainstreet.Application;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.EventStore;

/// <inheritdoc />
internal sealed class StreamHistory(NpgsqlDataSource database, RequestContext context, LogReader log, EventRegistry registry) : IHistory
{
    private readonly string[] hidden = [.. registry.All.Where(kind => kind.Internal).Select(kind => kind.Name)];

    public async Task<StreamEvents?> Read(Guid stream, int afterVersion, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(context.Tenant),
                LogReader.SelectFirstType(context.Tenant, stream),
                LogReader.SelectStream(context.Tenant, stream, afterVersion, hidden, limit),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var first = reader.GetString(0);
        await reader.NextResultAsync(cancellationToken);
        return new(EventEnvelope.SubjectOf(first), await log.Read(reader, context.Tenant, cancellationToken));
    }
}
