using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Mainstreet.Application;
using Mainstreet.Application.Events;
using Mainstreet.Application.Exports;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Exports;

/// <summary>The rows of a list as they stand at one moment, a few at a time in memory.</summary>
internal sealed class ExportRows(NpgsqlDataSource database, RequestContext context, IEventFeed feed)
{
    private const int EventsAtOnce = 500;
    private static readonly TimeSpan NoLimit = TimeSpan.Zero;

    /// <summary>Whether a read model still shows somebody who was erased: it is folded anew.</summary>
    public async Task<bool> IsForgetting(CancellationToken cancellationToken) => await database.Rows<Guid>(
        context.Tenant,
        """
        select tenant_id from rebuilds
         where tenant_id = @tenant and erasure_id is not null and status in ('requested', 'building', 'catching_up', 'verifying', 'ready') limit 1
        """,
        new { context.Tenant }, cancellationToken) is [_];

    /// <summary>How many there are. Of events: how far the log goes.</summary>
    public async Task<long> Count(ExportedList list, CancellationToken cancellationToken) => list.Sql is { } sql
        ? (await database.Rows<long>(context.Tenant, $"select count(*) from ({sql}) listed", parameters: null, cancellationToken))[0]
        : (await database.Rows<long>(context.Tenant, "select coalesce(max(position), 0) from events where tenant_id = @tenant", new { context.Tenant }, cancellationToken))[0];

    /// <param name="list">What is read.</param>
    /// <param name="total">As counted: events behind it are not part of it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IAsyncEnumerable<JsonObject> Read(ExportedList list, long total, CancellationToken cancellationToken) =>
        list.Sql is { } sql ? Select(list.Row, sql, cancellationToken) : Events(total, cancellationToken);

    /// <summary>One statement, so every row is of the same moment however long it takes.</summary>
    private async IAsyncEnumerable<JsonObject> Select(Type row, string sql, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { TenantSql.SetForQuery(context.Tenant, NoLimit), new(sql) },
            Timeout = 0,
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var read = RecordMapper.Of(row).Bind(reader);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return ShownState.Of(read(reader)!);
        }
    }

    private async IAsyncEnumerable<JsonObject> Events(long upTo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var events = await feed.Open(EventFilter.All, new LogPlace(After: 0), EventsAtOnce, cancellationToken);
        while (events.Position < upTo && await events.Next(TimeSpan.Zero, cancellationToken) is [_, ..] page)
        {
            foreach (var e in page.Where(e => e.Position <= upTo))
            {
                yield return JsonNode.Parse(e.Body)!.AsObject();
            }
        }
    }
}
