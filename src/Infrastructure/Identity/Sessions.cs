using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Security;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mainstreet.Infrastructure.Identity;

/// <inheritdoc />
internal sealed class Sessions(
    NpgsqlDataSource database, RequestContext context, RefreshTokens tokens, IOptions<SessionOptions> options, SessionGuard guard) : ISessions
{
    private const string Living = "tenant_id = @tenant and ended_at is null and least(idle_until, expires_at) > clock_timestamp()";

    public async Task<OpenedSession> Open(UserId account, TenantId business, Client client, CancellationToken cancellationToken)
    {
        var id = Uuid.New();
        var opened = await Run<Row>(
            """
            insert into sessions (tenant_id, session_id, account_id, business_id, device, network, idle_until, expires_at)
            values (@tenant, @id, @account, @business, @device, @network, clock_timestamp() + @idle, clock_timestamp() + @absolute)
            returning account_id, business_id, generation, rotated_at
            """,
            new { Tenant = context.Tenant, id, account, business, client.Device, client.Network, options.Value.Idle, options.Value.Absolute },
            cancellationToken);
        return Opened(id, opened[0]);
    }

    public async Task<RefreshAttempt> Refresh(string refreshToken, CancellationToken cancellationToken)
    {
        if (tokens.Read(context.Tenant, refreshToken) is not var (id, generation))
        {
            return new(null);
        }

        var outcome = (await Run<Outcome>(
            "select outcome as name, account_id, business_id, generation, rotated_at from refresh_session(@id, @generation, @grace, @idle)", new { id, generation, options.Value.Grace, options.Value.Idle }, cancellationToken))[0];
        switch (outcome.Name)
        {
            case "rotated" or "repeated":
                return new(Opened(id, new(outcome.AccountId!.Value, outcome.BusinessId!.Value, outcome.Generation!.Value, outcome.RotatedAt!.Value)));
            case "reused":
                guard.LookAgain();
                return new(null, (outcome.AccountId!.Value, id));
            default:
                return new(null);
        }
    }

    public async Task<UserId?> OwnerOf(string refreshToken, CancellationToken cancellationToken) =>
        tokens.Read(context.Tenant, refreshToken) is var (id, generation)
        && await Run<Owner>(
            $"select account_id from sessions where {Living} and session_id = @id and generation = @generation",
            new { Tenant = context.Tenant, id, generation }, cancellationToken) is [var owner] ? owner.AccountId : null;

    public Task MoveTo(Guid session, TenantId business, CancellationToken cancellationToken) => Run<Guid>(
        "update sessions set business_id = @business where tenant_id = @tenant and session_id = @session returning session_id",
        new { Tenant = context.Tenant, session, business }, cancellationToken);

    public Task<IReadOnlyList<SessionEntry>> Of(
        UserId account, (DateTimeOffset LastUsedAt, Guid SessionId)? after, int rows, CancellationToken cancellationToken) => Run<SessionEntry>(
        $"""
        select session_id, business_id, device, network, created_at, rotated_at as last_used_at, least(idle_until, expires_at) as expires_at
          from sessions where {Living} and account_id = @account and (@at::timestamptz is null or (rotated_at, session_id) < (@at, @session))
         order by rotated_at desc, session_id desc limit @rows
        """,
        new { Tenant = context.Tenant, account, At = after?.LastUsedAt, Session = after?.SessionId, rows }, cancellationToken);

    public async Task<IReadOnlyDictionary<UserId, DateTimeOffset>> LastUsed(
        TenantId business, IReadOnlyCollection<UserId> accounts, CancellationToken cancellationToken) =>
        (await Run<LastUse>(
            """
            select account_id, max(rotated_at) as at from sessions
             where tenant_id = @tenant and account_id = any (@accounts) and business_id = @business group by account_id
            """,
            new { Tenant = context.Tenant, Accounts = accounts.Select(account => account.Value).ToArray(), business }, cancellationToken))
        .ToDictionary(use => use.AccountId, use => use.At);

    public async Task<bool> End(UserId account, Guid session, string why, CancellationToken cancellationToken) => await End(
        $"update sessions set ended_at = clock_timestamp(), ended_by = @why where {Living} and account_id = @account and session_id = @session returning session_id",
        new { Tenant = context.Tenant, account, session, why }, cancellationToken) > 0;

    public Task<int> EndOthers(UserId account, Guid kept, CancellationToken cancellationToken) => End(
        $"""
        update sessions set ended_at = clock_timestamp(), ended_by = '{SessionEnds.Revoked}'
         where {Living} and account_id = @account and session_id <> @kept returning session_id
        """,
        new { Tenant = context.Tenant, account, kept }, cancellationToken);

    public async Task<DateTimeOffset?> StepUp(Guid session, CancellationToken cancellationToken) =>
        await Run<DateTimeOffset>(
            $"update sessions set stepped_up_until = clock_timestamp() + @open where {Living} and session_id = @session returning stepped_up_until",
            new { Tenant = context.Tenant, session, Open = options.Value.StepUp }, cancellationToken) is [var until, ..] ? until : null;

    private OpenedSession Opened(Guid id, Row row) =>
        new(id, row.AccountId, row.BusinessId, tokens.Of(context.Tenant, id, row.Generation), row.RotatedAt);

    private async Task<int> End(string sql, object parameters, CancellationToken cancellationToken)
    {
        var ended = await Run<Guid>(sql, parameters, cancellationToken);
        guard.LookAgain();
        return ended.Count;
    }

    private Task<IReadOnlyList<T>> Run<T>(string sql, object parameters, CancellationToken cancellationToken) =>
        database.Rows<T>(context.Tenant, sql, parameters, cancellationToken);

    private sealed record Row(UserId AccountId, TenantId BusinessId, int Generation, DateTimeOffset RotatedAt);

    private sealed record Owner(UserId AccountId);

    private sealed record LastUse(UserId AccountId, DateTimeOffset At);

    private sealed record Outcome(string Name, UserId? AccountId, TenantId? BusinessId, int? Generation, DateTimeOffset? RotatedAt);
}
