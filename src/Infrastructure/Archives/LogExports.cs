using Mainstreet.Application.Archives;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Archives;

/// <inheritdoc />
internal sealed class LogExports(NpgsqlDataSource database, RequestContext context, LogPages pages, MartenNames martens) : ILogExports
{
    public async Task<ILogExport> Begin(long after, ArchiveFormat format, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.Set(context.Tenant), LogReader.SelectHead(context.Tenant) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var head = reader.GetInt64(0);
        if (after > head)
        {
            throw new DomainException(new(
                "position_gone", $"The log ends at position {head}.", ErrorKind.Gone,
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["position"] = after, ["head"] = head }));
        }

        var stretch = new LogStretch(context.Tenant, context.IsSandbox ? BusinessMode.Test : BusinessMode.Live, after, head);
        return format switch
        {
            ArchiveFormat.Mainstreet => new NdjsonExport(pages, stretch),
            ArchiveFormat.Marten => new MartenExport(pages, stretch, martens),
        };
    }
}
