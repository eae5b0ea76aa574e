using Mainstreet.Application;
using Mainstreet.Application.Connections;
using Mainstreet.Domain;
using Mainstreet.Domain.Connections;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Infrastructure.Connections;

/// <inheritdoc />
internal sealed class TokenVault(
    IAggregates aggregates, ISealedSecrets secrets, ITokenProviders providers, TokenLeases leases, IServiceScopeFactory scopes, RequestContext context, TimeProvider clock)
    : ITokenVault
{
    private const string Step = "RefreshToken";
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task<string> AccessToken(ConnectionId connection, CancellationToken cancellationToken)
    {
        var holder = Uuid.New();
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Glance)
        {
            var state = await Load(connection, cancellationToken);
            if (state.HasFreshToken(clock.GetUtcNow()))
            {
                if (await Open(state, cancellationToken) is { } token)
                {
                    return token;
                }
            }
            else if (await leases.Take(connection, holder, cancellationToken))
            {
                if (await RefreshAlone(connection, holder, hasWaited: waited > TimeSpan.Zero, cancellationToken) is { } token)
                {
                    return token;
                }

                continue;
            }

            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }

        throw Unavailable();
    }

    /// <summary>Whoever had the lease before may have refreshed it: looked at once more, the state says so.</summary>
    /// <returns>The token of before, where it is still good and there is no other; null: look again.</returns>
    private async Task<string?> RefreshAlone(ConnectionId connection, Guid holder, bool hasWaited, CancellationToken cancellationToken)
    {
        try
        {
            var state = await Load(connection, cancellationToken);
            var othersHaveFailed = hasWaited && state.Fault is not null && state.TokenExpiresAt > clock.GetUtcNow();
            if (state.HasFreshToken(clock.GetUtcNow()) || (!othersHaveFailed && await Refresh(state, cancellationToken)))
            {
                return null;
            }

            return state.TokenExpiresAt > clock.GetUtcNow() && await Open(state, cancellationToken) is { } last ? last : throw Unavailable();
        }
        finally
        {
            await leases.GiveBack(connection, holder);
        }
    }

    /// <returns>Whether the provider has said something; not where it cannot be asked now.</returns>
    private async Task<bool> Refresh(Connection state, CancellationToken cancellationToken)
    {
        var shown = state.SecretOf(ConnectionProvider.RefreshToken) ?? Guid.Empty;
        var answer = await secrets.Find(shown, cancellationToken) is { } refreshToken
            ? await providers.Of(state.Provider).Refresh(refreshToken, cancellationToken)
            : new(null, Refused: "credentials_missing"); // the log has come from another installation
        switch (answer)
        {
            case { Tokens: { } tokens }:
                await Record(state, shown, tokens);
                return true;
            case { Refused: { } reason }:
                await Commit(state.Id, connection => connection.RequireReauth(shown, reason, clock.GetUtcNow()));
                return true;
            default:
                await Commit(state.Id, connection => connection.RecordFailure(shown, answer.Unavailable ?? "", clock.GetUtcNow()));
                return false;
        }
    }

    private async Task Record(Connection state, Guid shown, NewTokens tokens)
    {
        var now = clock.GetUtcNow();
        (string Name, string? Value)[] given = [(ConnectionProvider.AccessToken, tokens.AccessToken), (ConnectionProvider.RefreshToken, tokens.RefreshToken)];
        var changed = new List<ConnectionSecret>();
        foreach (var (name, value) in given)
        {
            if (value is not null)
            {
                changed.Add(new(name, Uuid.New(), now));
                await secrets.Keep(changed[^1].Id, value, CancellationToken.None); // the provider may have forgotten the one before
            }
        }

        var recorded = false;
        await Commit(state.Id, connection =>
        {
            var events = connection.RecordRefresh(shown, [.. changed], now + tokens.ExpiresIn, now);
            recorded = events is not [];
            return events;
        });
        await secrets.Remove(
            recorded ? [.. state.Secrets.Where(secret => changed.Exists(other => other.Name == secret.Name)).Select(secret => secret.Id)] : [.. changed.Select(secret => secret.Id)],
            CancellationToken.None);
    }

    /// <summary>A commit of its own, whatever the present command makes of the token.</summary>
    private async Task Commit(ConnectionId connection, Func<Connection, ConnectionEvent[]> decide)
    {
        await using var scope = scopes.CreateAsyncScope();
        var inner = scope.ServiceProvider.GetRequiredService<RequestContext>();
        (inner.Command, inner.Purpose, inner.CorrelationId, inner.CausationId) = (Step, context.Purpose, context.CorrelationId, context.CommandId);
        await scope.ServiceProvider.GetRequiredService<ITenantScope>().Open(context.Tenant, Actor.System, CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<IAggregates>().Update(connection.Value, expectedVersion: null, decide, CancellationToken.None);
    }

    private async Task<Connection> Load(ConnectionId connection, CancellationToken cancellationToken) =>
        (await aggregates.Find<Connection, ConnectionEvent>(connection.Value, cancellationToken) ?? throw new DomainException(ConnectionErrors.NotFound)).State;

    /// <returns>Null: it was replaced a moment ago.</returns>
    private async Task<string?> Open(Connection state, CancellationToken cancellationToken) =>
        await secrets.Find(state.SecretOf(ConnectionProvider.AccessToken) ?? throw new DomainException(ConnectionErrors.WithoutToken), cancellationToken);

    private static UnavailableException Unavailable() =>
        new("token_unavailable", "The provider gives no new access token at the moment.", TimeSpan.FromSeconds(5));
}
