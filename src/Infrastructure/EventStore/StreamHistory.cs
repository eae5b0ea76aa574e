using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.EventStore;

/// <inheritdoc />
internal sealed class StreamHistory(NpgsqlDataSource database, RequestContext context, LogReader log, EventRegistry registry, ViewCatalog views) : IHistory
{
    private const int EventsAtOnce = 1_000;

    private readonly HashSet<string> hidden = [.. registry.All.Where(kind => kind.Internal).Select(kind => kind.Name)];

    public async Task<StreamEvents?> Read(Guid stream, int afterVersion, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (shown, version, subject) = (new List<StreamStep>(), 0, "");
        ViewTable? table = null;
        object? view = null;
        while (shown.Count < limit && await Next(connection, stream, version, cancellationToken) is { Count: > 0 } events)
        {
            table ??= views.Tables.FirstOrDefault(table => table.FollowsStream(events[0].Event.GetType()));
            foreach (var e in events.TakeWhile(_ => shown.Count < limit))
            {
                var before = view;
                view = table is null ? null : Fold(table, view, e);
                if (e.Version > afterVersion && !hidden.Contains(e.Type))
                {
                    shown.Add(new(e, FieldChange.Between(before, view)));
                }

                (version, subject) = (e.Version, e.Subject);
            }
        }

        return version == 0 ? null : new(subject, shown);
    }

    /// <summary>From the beginning: what an event changed is seen in what was there before.</summary>
    private async Task<List<EventEnvelope>> Next(NpgsqlConnection connection, Guid stream, int afterVersion, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { TenantSql.Set(context.Tenant), LogReader.SelectStream(context.Tenant, stream, afterVersion, EventsAtOnce) },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await log.Read(reader, context.Tenant, cancellationToken);
    }

    private static object? Fold(ViewTable table, object? view, EventEnvelope e)
    {
        foreach (var (seed, fold) in table.Projection.Touch(e.Event, new FoldContext(e.StreamId, e.Version, e.EventId, () => e.Metadata.Actor)))
        {
            view = fold(view ?? seed);
        }

        return view;
    }
}
