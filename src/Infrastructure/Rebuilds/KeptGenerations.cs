using System.Diagnostics;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Subscriptions;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Rebuilds;

/// <summary>
/// Views across streams as they were at a moment: a generation of each is built up to there by the worker of rebuilds, kept for an hour
/// for whoever asks again, and then dropped. Some moments of a tenant at a time.
/// </summary>
internal sealed class KeptGenerations(NpgsqlDataSource database, RebuildSignal signal, Checkpoints checkpoints)
{
    /// <summary>By the wall clock.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>Moments of one tenant.</summary>
    public const int Most = 20;

    private const string TooMany = "MS429";

    /// <summary>How often a read that waits looks by itself, for what another process builds.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>The generation of each view, when all are built. Errors: UnavailableException as_of_building, as_of_limit.</summary>
    public async Task<IReadOnlyDictionary<ViewTable, int>> Of(
        RequestContext context, IReadOnlyCollection<ViewTable> views, long position, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var moved = checkpoints.Moved(context.Tenant);
        var kept = await Keep(context, views, position, cancellationToken);
        if (kept.Exists(view => view.Status == "requested"))
        {
            signal.Wake();
        }

        while (!kept.TrueForAll(view => view.Status == "ready"))
        {
            if (Stopwatch.GetElapsedTime(started) > context.Wait || kept.Exists(view => view.Status == "failed"))
            {
                throw new UnavailableException(
                    "as_of_building", "The numbers of that time are being put together; ask again for the same moment.", TimeSpan.FromSeconds(2));
            }

            await Task.WhenAny(moved, Task.Delay(Look, TimeProvider.System, cancellationToken));
            moved = checkpoints.Moved(context.Tenant);
            kept = await database.Rows<KeptView>(context.Tenant, Present(kept), cancellationToken);
        }

        return kept.ToDictionary(view => views.Single(table => table.Name == view.View), view => view.Generation);
    }

    private async Task<List<KeptView>> Keep(
        RequestContext context, IReadOnlyCollection<ViewTable> views, long position, CancellationToken cancellationToken, int attempts = 3)
    {
        try
        {
            return await database.Rows<KeptView>(
                context.Tenant,
                new("select view, generation, status from keep_generations($1, $2, $3, $4)")
                {
                    Parameters =
                    {
                        new() { Value = views.Select(view => view.Name).ToArray() },
                        new() { Value = position },
                        new() { Value = (object?)context.Actor.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                        new() { Value = Most },
                    },
                },
                cancellationToken);
        }
        catch (PostgresException e) when (e.ConstraintName is "rebuilds_generation" && attempts > 1)
        {
            return await Keep(context, views, position, cancellationToken, attempts - 1); // a rebuild of all tenants took the number
        }
        catch (PostgresException e) when (e.SqlState == TooMany)
        {
            throw new UnavailableException("as_of_limit", e.MessageText, TimeSpan.FromMinutes(5));
        }
    }

    private static NpgsqlBatchCommand Present(List<KeptView> kept) => new("""
        select r.view, r.generation, r.status from rebuilds r join unnest($1::text[], $2::int[]) as k (view, generation) using (view, generation)
         where r.tenant_id = (select current_tenant())
        """)
    {
        Parameters = { new() { Value = kept.Select(view => view.View).ToArray() }, new() { Value = kept.Select(view => view.Generation).ToArray() } },
    };

    private sealed record KeptView(string View, int Generation, string Status);
}
