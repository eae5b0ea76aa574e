using System.Collections.Concurrent;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Subscriptions;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Identity;

/// <summary>
/// Remembers which sessions have ended, and whose role has changed, while access tokens from before may still be around. It looks at most once a second, when somebody
/// asks; a look that fails or takes long keeps its askers waiting, so what it answers is never older than that second.
/// </summary>
internal sealed class SessionGuard : ISessionGuard, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>What happened is dated when it is written, and is seen when that is committed: within a statement's longest time.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(40);

    private readonly ConcurrentDictionary<Guid, long> ended = new();
    private readonly ConcurrentDictionary<(UserId User, TenantId Business), (string? Role, long Seen)> changed = new();
    private readonly SemaphoreSlim looking = new(1);
    private readonly NpgsqlDataSource database;
    private readonly IAccessTokens tokens;
    private readonly TimeProvider clock;
    private long looked;
    private long changes = 1;
    private long seen;

    public SessionGuard(NpgsqlDataSource database, IAccessTokens tokens, TimeProvider clock, CommitSignal signal)
    {
        (this.database, this.tokens, this.clock) = (database, tokens, clock);
        signal.Tell((_, plan) =>
        {
            if (plan.Appended.Any(entry => entry.Event is MembershipEvent || SessionEndings.Follow(entry.Event)))
            {
                LookAgain();
            }
        });
    }

    private TimeSpan Remembered => tokens.Lifetime + TimeSpan.FromMinutes(2);

    public async ValueTask<bool> HasEnded(Guid session, CancellationToken cancellationToken)
    {
        await LookIfDue(cancellationToken);
        return ended.ContainsKey(session);
    }

    public async ValueTask<bool> HasChanged(UserId user, TenantId tenant, string role, CancellationToken cancellationToken)
    {
        await LookIfDue(cancellationToken);
        return role != Roles.None && changed.TryGetValue((user, tenant), out var now) && now.Role != role; // who had no role has lost none
    }

    private async ValueTask LookIfDue(CancellationToken cancellationToken)
    {
        if (IsDue())
        {
            await Look(cancellationToken);
        }
    }

    private bool IsDue() => Interlocked.Read(ref seen) < Interlocked.Read(ref changes) || clock.GetElapsedTime(Volatile.Read(ref looked)) > Every;

    /// <summary>Whoever has a PIN is a user, and users' sessions are the platform's.</summary>
    public async Task<bool> IsSteppedUp(Guid session, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(TenantId.Platform),
                new("select exists (select from sessions where tenant_id = $1 and session_id = $2 and ended_at is null and stepped_up_until > clock_timestamp())")
                {
                    Parameters = { new() { Value = TenantId.Platform.Value }, new() { Value = session } },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) && reader.GetBoolean(0);
    }

    /// <summary>Sessions may have ended and roles changed by what this process committed: whoever asks from now on waits for a look that begins later.</summary>
    public void LookAgain() => Interlocked.Increment(ref changes);

    public void Dispose() => looking.Dispose();

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
            await Read(looked == 0 ? Remembered : clock.GetElapsedTime(looked, now) + Overlap, now, cancellationToken);
            Volatile.Write(ref looked, now);
            Interlocked.Exchange(ref seen, upTo);
        }
        finally
        {
            looking.Release();
        }
    }

    private async Task Read(TimeSpan within, long now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(TenantId.Platform),
                new("select ended_sessions($1)") { Parameters = { new() { Value = within } } },
                new("select user_id, business_id, role, custom_role, active from rm.memberships where changed_at > clock_timestamp() - $1")
                {
                    Parameters = { new() { Value = within } },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            ended.TryAdd(reader.GetGuid(0), now);
        }

        await reader.NextResultAsync(cancellationToken);
        foreach (var member in await reader.ReadAll<Member>(cancellationToken))
        {
            changed[(member.UserId, member.BusinessId)] = (member.Active ? Roles.NameOf(member.Role, member.CustomRole) : null, now);
        }

        Forget(ended, since => since, now);
        Forget(changed, change => change.Seen, now);
    }

    private void Forget<TKey, TValue>(ConcurrentDictionary<TKey, TValue> known, Func<TValue, long> since, long now) where TKey : notnull
    {
        foreach (var entry in known.Where(entry => clock.GetElapsedTime(since(entry.Value), now) > Remembered))
        {
            known.TryRemove(entry);
        }
    }

    private sealed record Member(UserId UserId, TenantId BusinessId, Role Role, RoleId? CustomRole, bool Active);
}
