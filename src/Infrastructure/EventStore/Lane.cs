using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Subscriptions;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>The exclusive commit: one trip takes the lane and loads, the decision is made, a second trip writes and commits.</summary>
internal sealed class Lane(
    NpgsqlDataSource database, RequestContext context, StreamLoader loader, CommitWriter writer, ViewCatalog views, CompleteViews complete, CommitAttempts attempts,
    TenantGates gates, CommitSignal signal, Rehearsal rehearsal) : ILane
{
    public async Task<TResult> Run<TResult>(
        Action<LaneStreams> streams, Func<ILaneLog, DateTimeOffset, TResult> decide, CancellationToken cancellationToken)
        where TResult : Committed
    {
        context.BeginCommit();
        var wanted = new LaneStreams();
        streams(wanted);
        var result = await attempts.Run(context.Tenant, context.CommandId!.Value, retryConflicts: false, async () =>
        {
            using var gate = await gates.Enter(context.Tenant, cancellationToken);
            return await Attempt(wanted, decide, cancellationToken);
        });
        context.EndCommit();
        return result;
    }

    private async Task<TResult> Attempt<TResult>(LaneStreams wanted, Func<ILaneLog, DateTimeOffset, TResult> decide, CancellationToken cancellationToken)
        where TResult : Committed
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None); // sent with the first batch
        var (head, now, slots) = await (wanted.Found is [] ? TakeAndLoad(connection, transaction, Slots(wanted.All)) : TakeAndFind(connection, transaction, wanted));

        var plan = new CommitPlan(slots);
        var result = decide(plan, context.OccurredAt ?? now);
        result = (TResult)(result with { Position = head + plan.Appended.Count });

        PlannedCommit[] commits = [PlannedCommit.Of(context, plan, result)];
        var keys = await writer.EnsureKeys(connection, context.Tenant, commits);
        await using var commit = new NpgsqlBatch(connection, transaction);
        writer.AddTo(commit, context.Tenant, commits, keys);
        commit.BatchCommands.Add(new(context.DryRun is null ? "commit" : "rollback"));
        await commit.ExecuteNonQueryAsync(CancellationToken.None);
        if (context.DryRun is { } run)
        {
            rehearsal.Remember(commits[0], run);
            return (TResult)(result with { Position = 0 });
        }

        writer.RememberKeys(context.Tenant, keys);
        signal.Committed(context.Tenant, plan);
        return result;
    }

    private StreamSlot[] Slots(IEnumerable<KeyValuePair<Guid, Type>> streams) => [.. streams.Select(stream => loader.Slot(stream.Key, stream.Value))];

    private async Task<(long Head, DateTimeOffset Now, StreamSlot[] Slots)> TakeAndLoad(NpgsqlConnection connection, NpgsqlTransaction transaction, StreamSlot[] slots)
    {
        await using var load = new NpgsqlBatch(connection, transaction) { BatchCommands = { LaneSql.Take(context.Tenant, context.Purpose) } };
        loader.AddTo(load, context.Tenant, slots);
        await using var reader = await load.ExecuteReaderAsync(CancellationToken.None);
        var taken = await LaneSql.Read(reader);
        await reader.NextResultAsync(CancellationToken.None);
        await loader.Read(reader, context.Tenant, slots, CancellationToken.None);
        return (taken.Head, taken.Now, slots);
    }

    /// <summary>Inline views are as the log is while the lane is held, or it is not decided by them.</summary>
    private async Task<(long Head, DateTimeOffset Now, StreamSlot[] Slots)> TakeAndFind(NpgsqlConnection connection, NpgsqlTransaction transaction, LaneStreams wanted)
    {
        var streams = new Dictionary<Guid, Type>(wanted.All);
        (long Head, DateTimeOffset Now) taken;
        await using (var find = new NpgsqlBatch(connection, transaction) { BatchCommands = { LaneSql.Take(context.Tenant, context.Purpose) } })
        {
            foreach (var expected in complete.NamedIn(wanted.Found.Select(found => found.Select)))
            {
                find.BatchCommands.Add(expected);
            }

            var ahead = find.BatchCommands.Count;
            foreach (var (_, select, parameters) in wanted.Found)
            {
                var command = new NpgsqlBatchCommand(views.Own(select));
                SqlParameters.AddTo(command.Parameters, parameters);
                find.BatchCommands.Add(command);
            }

            await using var reader = await find.ExecuteReaderAsync(CancellationToken.None);
            taken = await LaneSql.Read(reader);
            for (; ahead > 1; ahead--)
            {
                await reader.NextResultAsync(CancellationToken.None);
            }

            foreach (var (aggregate, _, _) in wanted.Found)
            {
                await reader.NextResultAsync(CancellationToken.None);
                while (await reader.ReadAsync(CancellationToken.None))
                {
                    streams[reader.GetGuid(0)] = aggregate;
                }
            }
        }

        var slots = Slots(streams);
        await using var load = new NpgsqlBatch(connection, transaction);
        loader.AddTo(load, context.Tenant, slots);
        await using var loaded = await load.ExecuteReaderAsync(CancellationToken.None);
        await loader.Read(loaded, context.Tenant, slots, CancellationToken.None);
        return (taken.Head, taken.Now, slots);
    }
}

/// <summary>Taking the lane, as a statement of a batch.</summary>
internal static class LaneSql
{
    public static NpgsqlBatchCommand Take(TenantId tenant, Purpose purpose) => new("select head, now from lane($1, $2)")
    {
        Parameters = { new() { Value = tenant.Value }, new() { Value = purpose.ToString().ToLowerInvariant() } },
    };

    public static async Task<(long Head, DateTimeOffset Now)> Read(NpgsqlDataReader reader)
    {
        await reader.ReadAsync(CancellationToken.None);
        return (reader.GetInt64(0), await reader.GetFieldValueAsync<DateTimeOffset>(1, CancellationToken.None));
    }
}
