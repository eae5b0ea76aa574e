using System.Diagnostics.Metrics;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mainstreet.Infrastructure.Subscriptions;

/// <summary>
/// Moves all subscriptions of one tenant along its log: reads new events once, gives them to every subscription, commits
/// effects and checkpoints together. An event that a subscription cannot take parks that one subscription of that one
/// tenant; everything else goes on.
/// </summary>
internal sealed class TenantPump(
    NpgsqlDataSource database, SubscriptionCatalog subscriptions, LogReader log, Checkpoints checkpoints, ILogger<TenantPump> logger)
{
    private const int EventsPerStep = 500;

    private static readonly Counter<long> Parked = Telemetry.Meter.CreateCounter<long>(
        "mainstreet.subscriptions.parked", description: "Events that a subscription could not take.");

    private static readonly Counter<long> Steps = Telemetry.Meter.CreateCounter<long>(
        "mainstreet.subscriptions.steps", description: "Steps by outcome: moved, idle (there was nothing new) or fenced (another process was first).");

    private readonly ISubscription[] all = [.. subscriptions.All];
    private readonly string[] names = [.. subscriptions.All.Select(subscription => subscription.Name)];
    private uint turns;

    /// <summary>One step. Answers whether there may be more to do.</summary>
    /// <param name="tenant">Whose subscriptions.</param>
    /// <param name="patience">How long it waits for any lock; twice, where another process has the turn.</param>
    /// <param name="cancellationToken">The end of waiting.</param>
    public async Task<bool> Step(TenantId tenant, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return await Step(tenant, waits: true, patience, cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return await Step(tenant, waits: false, patience, cancellationToken); // whose turn it is does not move; the fence lets one of us win
        }
    }

    /// <summary>Those that are together first; then, so that nobody waits for them, those that are far behind, each place in its turn.</summary>
    /// <param name="waits">
    /// Whether processes that work on the same tenant take turns, so that none reads and folds for nothing. It saves work and nothing
    /// else: what keeps them apart is the fence.
    /// </param>
    private async Task<bool> Step(TenantId tenant, bool waits, TimeSpan patience, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (more, behind) = await Move(connection, tenant, waits, patience, place: null, cancellationToken);
        if (behind is [])
        {
            return more;
        }

        await Move(connection, tenant, waits, patience, behind[(int)(Interlocked.Increment(ref turns) % behind.Count)], cancellationToken);
        return true;
    }

    /// <param name="place">The events behind it move whoever stands there or among them; null: behind the last of the first.</param>
    /// <returns>Whether there may be more, and the places that are a step or more behind the first.</returns>
    private async Task<(bool More, IReadOnlyList<long> Behind)> Move(
        NpgsqlConnection connection, TenantId tenant, bool waits, TimeSpan patience, long? place, CancellationToken cancellationToken)
    {
        await using var turn = await connection.BeginTransactionAsync(cancellationToken); // sent with the first batch
        var (positions, events) = await ReadNews(connection, tenant, waits, patience, place, cancellationToken);
        var active = all.Select(subscription => (Subscription: subscription, Checkpoint: positions.GetValueOrDefault(subscription.Name)))
            .Where(one => !one.Checkpoint.Parked)
            .ToArray();
        var places = active.Select(one => one.Checkpoint.Position).Distinct().Order().ToArray();
        var behind = places.Where(position => position <= places[^1] - EventsPerStep).ToArray();
        if (events.Count == 0)
        {
            Count("idle");
            return (false, behind);
        }

        // what was read begins where somebody stood a moment later: who stands before it by now has missed something
        var work = active.Where(one => one.Checkpoint.Position >= events[0].Position - 1 && one.Checkpoint.Position < events[^1].Position)
            .Select(one => new Work(one.Subscription, one.Checkpoint.Position, events))
            .ToArray();
        try
        {
            await Apply(connection, tenant, work, cancellationToken, end: new("commit"));
        }
        catch (PostgresException e) when (e.SqlState is SqlStates.Fenced)
        {
            Count("fenced");
            throw;
        }
        catch (Exception e) when (IsItsOwnFault(e))
        {
            await turn.RollbackAsync(CancellationToken.None);
            await ApplyEachAlone(connection, tenant, work, cancellationToken);
        }

        Count("moved");
        checkpoints.Announce(tenant);
        return (events.Count == EventsPerStep, behind);
    }

    private static void Count(string outcome) => Steps.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    private async Task<(Dictionary<string, (long Position, bool Parked)> Positions, List<EventEnvelope> Events)> ReadNews(
        NpgsqlConnection connection, TenantId tenant, bool waits, TimeSpan patience, long? place, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(tenant),
                Checkpoints.TakeTurn(waits, patience),
                Checkpoints.Select(tenant, names),
                place is { } position
                    ? LogReader.SelectAfter(tenant, position, EventsPerStep)
                    : LogReader.SelectAfterCheckpoints(tenant, names, EventsPerStep),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var positions = new Dictionary<string, (long, bool)>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            positions[reader.GetString(0)] = (reader.GetInt64(1), reader.GetBoolean(2));
        }

        await reader.NextResultAsync(cancellationToken);
        return (positions, await log.Read(reader, tenant, cancellationToken));
    }

    /// <param name="end">What ends the transaction, where one is open.</param>
    private static async Task Apply(
        NpgsqlConnection connection, TenantId tenant, IReadOnlyList<Work> work, CancellationToken cancellationToken, NpgsqlBatchCommand? end = null)
    {
        var passes = work.Where(item => item.Handled.Count > 0).Select(item => item.Subscription.Begin(tenant, item.Handled)).ToArray();
        if (passes.Any(pass => pass.Reads.Count > 0))
        {
            await using var reads = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.Set(tenant) } };
            foreach (var command in passes.SelectMany(pass => pass.Reads))
            {
                reads.BatchCommands.Add(command);
            }

            await using var reader = await reads.ExecuteReaderAsync(cancellationToken);
            foreach (var pass in passes.SelectMany(pass => pass.Reads.Select(_ => pass)))
            {
                await reader.NextResultAsync(cancellationToken);
                await pass.Read(reader, cancellationToken);
            }
        }

        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.Set(tenant) } };
        foreach (var command in passes.SelectMany(pass => pass.Writes()))
        {
            batch.BatchCommands.Add(command);
        }

        batch.BatchCommands.Add(Checkpoints.Advance(
            [.. work.Select(item => item.Subscription.Name)], [.. work.Select(item => item.Position)], [.. work.Select(item => item.Target)]));
        if (end is not null)
        {
            batch.BatchCommands.Add(end);
        }

        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        foreach (var pass in passes)
        {
            pass.Committed();
        }
    }

    private async Task ApplyEachAlone(NpgsqlConnection connection, TenantId tenant, Work[] work, CancellationToken cancellationToken)
    {
        foreach (var item in work)
        {
            try
            {
                await Apply(connection, tenant, [item], cancellationToken);
            }
            catch (Exception e) when (IsItsOwnFault(e))
            {
                await ApplyUpToTheFault(connection, tenant, item, cancellationToken);
            }
        }
    }

    private async Task ApplyUpToTheFault(NpgsqlConnection connection, TenantId tenant, Work work, CancellationToken cancellationToken)
    {
        foreach (var single in work.OneByOne())
        {
            try
            {
                await Apply(connection, tenant, [single], cancellationToken);
            }
            catch (Exception e) when (IsItsOwnFault(e))
            {
                logger.LogError(e, "Parked {Subscription} of tenant {Tenant} before position {Position}", work.Subscription.Name, tenant, single.Target);
                await using var park = new NpgsqlBatch(connection)
                {
                    BatchCommands = { TenantSql.Set(tenant), Checkpoints.Park(work.Subscription.Name, single.Position, e.ToString()) },
                };
                await park.ExecuteNonQueryAsync(CancellationToken.None);
                Parked.Add(1, new KeyValuePair<string, object?>("subscription", work.Subscription.Name));
                return;
            }
        }
    }

    /// <summary>Not the fault of an event: a lost connection, another process, or the end of this one. The step is tried again.</summary>
    private static bool IsItsOwnFault(Exception e) => e is not (OperationCanceledException or PostgresException { SqlState: SqlStates.Fenced or PostgresErrorCodes.InsufficientPrivilege }) && !e.IsOfTheServer();

    /// <summary>What one subscription has to do with the events just read.</summary>
    private sealed class Work(ISubscription subscription, long position, IReadOnlyList<EventEnvelope> events)
    {
        public ISubscription Subscription => subscription;

        public long Position => position;

        public long Target => events[^1].Position;

        public IReadOnlyList<EventEnvelope> Handled { get; } = [.. events.Where(e => e.Position > position && subscription.Handles(e.Event.GetType()))];

        public IEnumerable<Work> OneByOne()
        {
            var from = position;
            foreach (var e in events.Where(e => e.Position > position))
            {
                yield return new(subscription, from, [e]);
                from = e.Position;
            }
        }
    }
}
