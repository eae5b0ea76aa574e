using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>The optimistic commit: load, decide, and write in one round trip that takes the lane for itself, or together with those that wait for it as well.</summary>
internal sealed class Aggregates(
    TenantShares shares, RequestContext context, StreamLoader loader, CommitAttempts attempts, TenantGates gates, CommitGroup group,
    Rehearsal rehearsal) : IAggregates
{
    public async Task<Loaded<TAggregate>?> Find<TAggregate, TEvent>(Guid id, CancellationToken cancellationToken)
        where TAggregate : class, IAggregate<TAggregate, TEvent>
        where TEvent : class, IEvent
    {
        var slot = await Load(id, typeof(TAggregate), cancellationToken);
        return slot.State is TAggregate state ? new(state, slot.Version) : null;
    }

    public Task<Committed> Create<TAggregate, TEvent>(Guid id, Func<TEvent[]> decide, CancellationToken cancellationToken)
        where TAggregate : class, IAggregate<TAggregate, TEvent>
        where TEvent : class, IEvent => Commit(async () =>
        {
            var slot = loader.Slot(id, typeof(TAggregate));
            foreach (var table in loader.InlineOf(slot.Kind))
            {
                var key = new Projections.ViewKey([id]);
                slot.Views[table] = new(key, null, 0);
            }

            var plan = new CommitPlan([slot]);
            plan.Append<TAggregate, TEvent>(id, decide());
            try
            {
                return await Write(plan, slot, cancellationToken);
            }
            catch (Exception e) when (IsConflict(e))
            {
                throw new DomainException(DomainError.AlreadyExists(typeof(TAggregate).Name.ToLowerInvariant()));
            }
        }, retryConflicts: false);

    public Task<Committed> Update<TAggregate, TEvent>(
        Guid id, int? expectedVersion, Func<TAggregate, TEvent[]> decide, CancellationToken cancellationToken)
        where TAggregate : class, IAggregate<TAggregate, TEvent>
        where TEvent : class, IEvent => Commit(async () =>
        {
            var slot = await Load(id, typeof(TAggregate), cancellationToken);
            if (slot.State is not TAggregate state)
            {
                throw new DomainException(DomainError.NotFound(typeof(TAggregate).Name.ToLowerInvariant()));
            }

            if (expectedVersion is { } expected && expected != slot.Version)
            {
                throw new DomainException(Concurrency.Stale(slot.Version));
            }

            var plan = new CommitPlan([slot]);
            plan.Append<TAggregate, TEvent>(id, decide(state));
            try
            {
                return await Write(plan, slot, cancellationToken);
            }
            catch (Exception e) when (IsConflict(e) && expectedVersion is not null)
            {
                throw new DomainException(Concurrency.Stale(slot.Version));
            }
        }, retryConflicts: true);

    private async Task<Committed> Commit(Func<Task<Committed>> attempt, bool retryConflicts)
    {
        context.BeginCommit();
        var committed = await attempts.Run(context.Tenant, context.CommandId!.Value, retryConflicts, attempt);
        context.EndCommit();
        return committed;
    }

    private async Task<Committed> Write(CommitPlan plan, StreamSlot slot, CancellationToken cancellationToken)
    {
        var result = new Committed(slot.Version);
        if (plan.IsEmpty && context.Fingerprint is null && context.Message is null)
        {
            return result with { Position = slot.Position }; // it had its effect already: nothing to write, nothing to remember
        }

        var planned = PlannedCommit.Of(context, plan, result);
        if (context.DryRun is { } run)
        {
            await rehearsal.Run(context.Tenant, planned, run);
            return result;
        }

        var commit = new QueuedCommit(planned);
        using (var turn = await gates.Join(context.Tenant, commit, cancellationToken))
        {
            if (turn is not null)
            {
                await group.Run(context.Tenant, turn.Together);
            }
        }

        return result with { Position = await commit.Outcome };
    }

    private static bool IsConflict(Exception e) => e is StreamConflictException or PostgresException { ConstraintName: "events_version" };

    private async Task<StreamSlot> Load(Guid id, Type aggregate, CancellationToken cancellationToken)
    {
        var slot = loader.Slot(id, aggregate);
        await using var shared = await shares.Open(context.Tenant, cancellationToken);
        await using var batch = new NpgsqlBatch(shared.Connection) { BatchCommands = { TenantSql.Set(context.Tenant) } };
        loader.AddTo(batch, context.Tenant, [slot]);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await loader.Read(reader, context.Tenant, [slot], cancellationToken);
        return slot;
    }
}
