using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Archives;

/// <summary>A tenant's log in pages, each read in a short transaction, so that an export of any length stands in nobody's way.</summary>
internal sealed class LogPages(NpgsqlDataSource database, EventRegistry registry, SubjectKeys keys)
{
    private const int PageSize = 500;

    private const string Select = """
        select e.position, e.stream_id, e.version, e.event_id, e.type, e.data, e.metadata, e.recorded_at, e.subject_id, k.wrapped
          from events e left join subject_keys k on k.tenant_id = e.tenant_id and k.subject_id = e.subject_id and e.position > k.erased_to
         where e.tenant_id = $1 and e.position > $2 and e.position <= $3 order by e.position limit $4
        """;

    private const string SelectStreams = """
        select e.stream_id, max(e.version), (array_agg(e.type order by e.version))[1], min(e.recorded_at), max(e.recorded_at)
          from events e where e.tenant_id = $1 and e.position <= $3 and e.stream_id > $4
         group by e.stream_id having max(e.position) > $2 order by e.stream_id limit $5
        """;

    /// <summary>As they stand in jsonb, so that a log reads the same wherever it is.</summary>
    private static readonly JsonSerializerOptions plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async IAsyncEnumerable<List<LoggedEvent>> Read(
        LogStretch stretch, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = stretch.After; after < stretch.UpTo;)
        {
            var page = await ReadPage(stretch, after, cancellationToken);
            yield return page;
            after = page[^1].Position;
        }
    }

    /// <summary>The streams to which something happened in the stretch.</summary>
    public async IAsyncEnumerable<List<LoggedStream>> ReadStreams(
        LogStretch stretch, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = Guid.Empty; await ReadStreams(stretch, after, cancellationToken) is [.., var last] page; after = last.StreamId)
        {
            yield return page;
        }
    }

    private async Task<List<LoggedStream>> ReadStreams(LogStretch stretch, Guid after, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(stretch.Tenant),
                new(SelectStreams)
                {
                    Parameters =
                    {
                        new() { Value = stretch.Tenant.Value }, new() { Value = stretch.After }, new() { Value = stretch.UpTo }, new() { Value = after },
                        new() { Value = PageSize },
                    },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var page = new List<LoggedStream>();
        while (await reader.ReadAsync(cancellationToken))
        {
            page.Add(new(
                reader.GetGuid(0), reader.GetInt32(1), registry.Named(reader.GetString(2)), reader.GetFieldValue<DateTimeOffset>(3),
                reader.GetFieldValue<DateTimeOffset>(4)));
        }

        return page;
    }

    private async Task<List<LoggedEvent>> ReadPage(LogStretch stretch, long after, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(stretch.Tenant),
                new(Select)
                {
                    Parameters =
                    {
                        new() { Value = stretch.Tenant.Value }, new() { Value = after }, new() { Value = stretch.UpTo }, new() { Value = PageSize },
                    },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var page = new List<LoggedEvent>(PageSize);
        while (await reader.ReadAsync(cancellationToken))
        {
            var kind = registry.Named(reader.GetString(4));
            page.Add(new(
                reader.GetInt64(0), reader.GetGuid(1), reader.GetInt32(2), reader.GetGuid(3), kind, Data(stretch.Tenant, kind, reader), reader.GetString(6),
                reader.GetFieldValue<DateTimeOffset>(7)));
        }

        return page;
    }

    private string Data(TenantId tenant, EventKind kind, NpgsqlDataReader reader)
    {
        var stored = reader.GetString(5);
        if (kind.Subject is null)
        {
            return stored;
        }

        var data = JsonNode.Parse(stored)!;
        EventSerializer.Reveal(data, tenant, kind, reader.IsDBNull(9) ? null : keys.Unwrap(tenant, reader.GetGuid(8), reader.GetString(9)));
        return data.ToJsonString(plain);
    }
}
