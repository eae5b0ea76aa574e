using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Infrastructure.Subscriptions;
using Npgsql;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>
/// Writes the commits of one turn. Where none can stand in another's way, all go in one trip. Where that fails, or two of
/// them touch the same stream, there are two trips: the first takes the lane and looks who has lost a race already, the
/// second writes the others together. Whatever else goes wrong is nobody's but one's: each is then written alone, so that a
/// fault of one never fails its neighbours.
/// </summary>
internal sealed class CommitGroup(NpgsqlDataSource database, CommitWriter writer, CommitSignal signal)
{
    private const string SelectVersions = """
        select s.stream_id, coalesce((select max(e.version) from events e where e.tenant_id = $1 and e.stream_id = s.stream_id), 0)
          from unnest($2::uuid[]) as s (stream_id)
        """;

    private const string SelectKnown = "select command_id from commands where tenant_id = $1 and command_id = any ($2)";

    /// <summary>Gives every commit its outcome; throws nothing.</summary>
    public async Task Run(TenantId tenant, IReadOnlyList<QueuedCommit> commits)
    {
        if (commits.Count > 1 && ((AreApart(commits) && await Settles(InOneTrip, tenant, commits)) || await Settles(InTwoTrips, tenant, commits)))
        {
            return;
        }

        foreach (var commit in commits)
        {
            try
            {
                await InOneTrip(tenant, [commit]);
            }
            catch (Exception e)
            {
                commit.Refused(e);
            }
        }
    }

    /// <summary>False: it may be the fault of one of them, and nothing was written. What the database is to blame for is everybody's.</summary>
    private static async Task<bool> Settles(Func<TenantId, IReadOnlyList<QueuedCommit>, Task> write, TenantId tenant, IReadOnlyList<QueuedCommit> commits)
    {
        try
        {
            await write(tenant, commits);
            return true;
        }
        catch (Exception e) when (e.IsOfTheServer())
        {
            foreach (var commit in commits)
            {
                commit.Refused(e);
            }

            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <summary>Of all the one that is let through the least: where it is refused, each is written alone.</summary>
    private static Purpose PurposeOf(IReadOnlyList<QueuedCommit> commits) => commits.Min(commit => commit.Planned.Purpose);

    private static bool AreApart(IReadOnlyList<QueuedCommit> commits)
    {
        var (streams, ids) = (new HashSet<Guid>(), new HashSet<Guid>());
        return commits.All(commit => ids.Add(commit.Planned.CommandId) && commit.Planned.Plan.ChangedSlots.All(slot => streams.Add(slot.Id)));
    }

    private async Task InOneTrip(TenantId tenant, IReadOnlyList<QueuedCommit> commits)
    {
        PlannedCommit[] planned = [.. commits.Select(commit => commit.Planned)];
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        var keys = await writer.EnsureKeys(connection, tenant, planned);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { LaneSql.Take(tenant, PurposeOf(commits)) } };
        writer.AddTo(batch, tenant, planned, keys);
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        var (head, _) = await LaneSql.Read(reader);
        while (await reader.NextResultAsync(CancellationToken.None))
        {
            // runs the rest of the batch: its errors surface here
        }

        writer.RememberKeys(tenant, keys);
        Done(tenant, commits, head);
    }

    private async Task InTwoTrips(TenantId tenant, IReadOnlyList<QueuedCommit> commits)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        var keys = await writer.EnsureKeys(connection, tenant, [.. commits.Select(commit => commit.Planned)]);
        await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None); // sent with the first batch
        var (head, versions, known) = await TakeLane(connection, transaction, tenant, commits);
        var (winners, losers) = Judge(commits, versions, known);
        if (winners.Count > 0)
        {
            await using var batch = new NpgsqlBatch(connection, transaction);
            writer.AddTo(batch, tenant, [.. winners.Select(commit => commit.Planned)], keys);
            batch.BatchCommands.Add(new("commit"));
            await batch.ExecuteNonQueryAsync(CancellationToken.None);
            writer.RememberKeys(tenant, keys);
        }

        Done(tenant, winners, head);
        losers.ForEach(loser => loser.Commit.Refused(loser.Why));
    }

    private static async Task<(long Head, Dictionary<Guid, int> Versions, HashSet<Guid> Known)> TakeLane(
        NpgsqlConnection connection, NpgsqlTransaction transaction, TenantId tenant, IReadOnlyList<QueuedCommit> commits)
    {
        var streams = commits.SelectMany(commit => commit.Planned.Plan.ChangedSlots).Select(slot => slot.Id).Distinct().ToArray();
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                LaneSql.Take(tenant, PurposeOf(commits)),
                new(SelectVersions) { Parameters = { new() { Value = tenant.Value }, new() { Value = streams } } },
                new(SelectKnown) { Parameters = { new() { Value = tenant.Value }, new() { Value = commits.Select(commit => commit.Planned.CommandId).ToArray() } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        var (head, _) = await LaneSql.Read(reader);
        var (versions, known) = (new Dictionary<Guid, int>(), new HashSet<Guid>());
        await reader.NextResultAsync(CancellationToken.None);
        while (await reader.ReadAsync(CancellationToken.None))
        {
            versions[reader.GetGuid(0)] = reader.GetInt32(1);
        }

        await reader.NextResultAsync(CancellationToken.None);
        while (await reader.ReadAsync(CancellationToken.None))
        {
            known.Add(reader.GetGuid(0));
        }

        return (head, versions, known);
    }

    private static (List<QueuedCommit> Winners, List<(QueuedCommit Commit, Exception Why)> Losers) Judge(
        IReadOnlyList<QueuedCommit> commits, Dictionary<Guid, int> versions, HashSet<Guid> known)
    {
        var (winners, losers) = (new List<QueuedCommit>(), new List<(QueuedCommit, Exception)>());
        foreach (var commit in commits)
        {
            if (!known.Add(commit.Planned.CommandId))
            {
                losers.Add((commit, new DuplicateCommandException(commit.Planned.CommandId)));
            }
            else if (commit.Planned.Plan.ChangedSlots.Any(slot => versions[slot.Id] != slot.StoredVersion))
            {
                losers.Add((commit, new StreamConflictException()));
                known.Remove(commit.Planned.CommandId);
            }
            else
            {
                winners.Add(commit);
                foreach (var slot in commit.Planned.Plan.ChangedSlots)
                {
                    versions[slot.Id] = slot.Version;
                }
            }
        }

        return (winners, losers);
    }

    private void Done(TenantId tenant, IReadOnlyList<QueuedCommit> commits, long head)
    {
        foreach (var commit in commits)
        {
            signal.Committed(tenant, commit.Planned.Plan);
            commit.Committed(head += commit.Planned.Plan.Appended.Count);
        }
    }
}
