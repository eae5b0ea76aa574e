using System.Collections.Concurrent;
using Mainstreet.Application.Businesses;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Infrastructure.Subscriptions;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Tenancy;

/// <summary>
/// Remembers which businesses are not simply active. It looks at most once a second, when somebody asks, and at once when this process has
/// changed a state; a look keeps its askers waiting, so what it answers is never older than that second.
/// </summary>
internal sealed class BusinessStates : IBusinessStates, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>A change is dated when it is written, and seen when that is committed: within a statement's longest time.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(40);

    private readonly NpgsqlDataSource database;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<TenantId, BusinessStatus> states = new();
    private readonly SemaphoreSlim looking = new(1);
    private long looked;
    private long changes = 1;
    private long seen;

    public BusinessStates(NpgsqlDataSource database, CommitSignal commits, TimeProvider clock)
    {
        (this.database, this.clock) = (database, clock);
        commits.Tell((_, plan) =>
        {
            if (plan.Appended.Any(entry => entry.Event is BusinessEvent))
            {
                Interlocked.Increment(ref changes);
            }
        });
    }

    public async ValueTask<BusinessStatus> Of(TenantId business, CancellationToken cancellationToken)
    {
        if (IsDue())
        {
            await Look(cancellationToken);
        }

        return states.GetValueOrDefault(business, BusinessStatus.Active);
    }

    public void Dispose() => looking.Dispose();

    private bool IsDue() => Interlocked.Read(ref seen) < Interlocked.Read(ref changes) || clock.GetElapsedTime(Volatile.Read(ref looked)) > Every;

    private async Task Look(CancellationToken cancellationToken)
    {
        await looking.WaitAsync(cancellationToken);
        try
        {
            if (!IsDue())
            {
                return; // who looked meanwhile has seen it
            }

            var (now, upTo) = (clock.GetTimestamp(), Interlocked.Read(ref changes));
            await Read(looked == 0 ? null : clock.GetElapsedTime(looked, now) + Overlap, cancellationToken);
            Volatile.Write(ref looked, now);
            Interlocked.Exchange(ref seen, upTo);
        }
        finally
        {
            looking.Release();
        }
    }

    private async Task Read(TimeSpan? within, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select tenant_id, status from states_of_businesses($1)", connection)
        {
            Parameters = { new() { Value = (object?)within ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Interval } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (business, status) = (new TenantId(reader.GetGuid(0)), Enum.Parse<BusinessStatus>(reader.GetString(1), ignoreCase: true));
            if (status is BusinessStatus.Active)
            {
                states.TryRemove(business, out _);
            }
            else
            {
                states[business] = status;
            }
        }
    }
}
