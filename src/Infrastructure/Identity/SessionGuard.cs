using System.Collections.Concurrent;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using Mainstreet.Infrastructure.Projections;
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
    private readonly ConcurrentDictionary<Guid, long> ended = new();
    private readonly ConcurrentDictionary<(UserId User, TenantId Business), (string? Role, long Seen)> changed = new();
    private readonly RecentLook look;
    private readonly NpgsqlDataSource database;
    private readonly ViewCatalog views;
    private readonly IAccessTokens tokens;
    private readonly TimeProvider clock;

    public SessionGuard(NpgsqlDataSource database, ViewCatalog views, IAccessTokens tokens, TimeProvider clock, CommitSignal signal)
    {
        (this.database, this.views, this.tokens, this.clock) = (database, views, tokens, clock);
        look = new(clock, Read);
        look.AgainAfter(signal, e => e is MembershipEvent || SessionEndings.Follow(e));
    }

    private TimeSpan Remembered => tokens.Lifetime + TimeSpan.FromMinutes(2);

    public async ValueTask<bool> HasEnded(Guid session, CancellationToken cancellationToken)
    {
        await look.IfDue(cancellationToken);
        return ended.ContainsKey(session);
    }

    public async ValueTask<bool> HasChanged(UserId user, TenantId tenant, string role, CancellationToken cancellationToken)
    {
        await look.IfDue(cancellationToken);
        return role != Roles.None && changed.TryGetValue((user, tenant), out var now) && now.Role != role; // who had no role has lost none
    }

    /// <summary>Whoever has a PIN is a user, and users' sessions are the platform's.</summary>
    public async Task<bool> IsSteppedUp(Guid session, CancellationToken cancellationToken) => await database.Rows<Guid>(
        TenantId.Platform,
        "select session_id from sessions where tenant_id = @platform and session_id = @session and ended_at is null and stepped_up_until > clock_timestamp()",
        new { TenantId.Platform, session }, cancellationToken) is not [];

    /// <summary>Sessions may have ended and roles changed by what this process committed: whoever asks from now on waits for a look that begins later.</summary>
    public void LookAgain() => look.Again();

    public void Dispose() => look.Dispose();

    private async Task Read(TimeSpan? since, CancellationToken cancellationToken)
    {
        var (now, within) = (clock.GetTimestamp(), since ?? Remembered);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(TenantId.Platform),
                new("select ended_sessions($1)") { Parameters = { new() { Value = within } } },
                new(views.Own("select user_id, business_id, role, custom_role, active from rm.memberships where changed_at > clock_timestamp() - $1"))
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
