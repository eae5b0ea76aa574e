using Mainstreet.Application;
using Mainstreet.Application.Events;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Feed;

/// <param name="Events">Those that the filter allows.</param>
/// <param name="Next">Everything up to here was looked at.</param>
/// <param name="Head">Where the log ended.</param>
internal sealed record FeedPage(IReadOnlyList<FeedEvent> Events, long Next, long Head);

/// <summary>
/// Pages of public events from the log. A few are read at a time, so that however many readers come back at once, most of the
/// process's connections are left to those who commit.
/// </summary>
internal sealed class FeedLog(NpgsqlDataSource database, LogReader log, EventRegistry registry) : IDisposable
{
    /// <summary>How far one trip looks for events that a filter allows.</summary>
    private const int Stretch = 10_000;

    private readonly EventKind[] kinds = [.. registry.All];
    private readonly SemaphoreSlim places = new(8);

    /// <param name="tenant">Whose log.</param>
    /// <param name="filter">Which of its events.</param>
    /// <param name="after">Only later ones; null: none, but where the log ends.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the wait for a turn. The read itself is short; to cancel it would take another connection.</param>
    public async Task<FeedPage> Read(TenantId tenant, EventFilter filter, long? after, int limit, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
            return await Read(connection, tenant, filter, after, limit);
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();

    private async Task<FeedPage> Read(
        NpgsqlConnection connection, TenantId tenant, EventFilter filter, long? after, int limit)
    {
        // the head is read first: whatever is below it is there for the statement behind it
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.Set(tenant), LogReader.SelectHead(tenant) } };
        if (after is { } from)
        {
            batch.BatchCommands.Add(Select(tenant, filter, from, limit));
        }

        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        await reader.NextResultAsync(CancellationToken.None);
        await reader.ReadAsync(CancellationToken.None);
        var head = reader.GetInt64(0);
        if (after is not { } position)
        {
            return new([], head, head);
        }

        if (position > head)
        {
            throw LogEpochs.Gone(position, head);
        }

        await reader.NextResultAsync(CancellationToken.None);
        var events = (await log.Read(reader, tenant, CancellationToken.None)).ConvertAll(Event);
        var last = events is [.., var newest] ? newest.Position : position;
        var seen = filter.CorrelationId is null ? Math.Min(head, position + Stretch) : head;
        return new(events, events.Count == limit ? last : Math.Max(last, seen), Math.Max(last, head));
    }

    /// <summary>A type that is left out is one that this process knows: an event of a newer release is never passed over unseen.</summary>
    private NpgsqlBatchCommand Select(TenantId tenant, EventFilter filter, long after, int limit)
    {
        string[] except = [.. kinds.Where(kind => kind.Internal || !filter.Allows(EventEnvelope.PublicTypeOf(kind.Name))).Select(kind => kind.Name)];
        return filter.CorrelationId is { } correlation
            ? LogReader.SelectCorrelated(tenant, correlation, after, except, limit)
            : LogReader.SelectBetween(tenant, after, after + Stretch, except, limit);
    }

    private static FeedEvent Event(EventEnvelope envelope) =>
        new(envelope.Position, envelope.PublicType, envelope.Metadata.CorrelationId, EventBody.Of(envelope, PayloadKind.Full));
}
