using Mainstreet.Domain;
using Mainstreet.Domain.Connections;
using MediatR;

namespace Mainstreet.Application.Connections;

/// <summary>
/// All credentials anew: those of before are gone. Errors: not_found (404), connection_revoked (409), stale_version (412); credential_required,
/// credential_unknown, credential_invalid (400); provider_not_configured (422).
/// </summary>
public sealed record SetCredentials(ConnectionId ConnectionId, GivenCredentials Credentials, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>Ends it for good, and removes its credentials. Errors: not_found (404), stale_version (412).</summary>
/// <param name="Reason">by_business, by_provider or by_operator.</param>
public sealed record RevokeConnection(ConnectionId ConnectionId, string Reason, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class ChangeConnectionHandler(IAggregates aggregates, ITokenProviders tokens, ISealedSecrets secrets, ITenantContext context, TimeProvider clock) :
    IRequestHandler<SetCredentials, Committed>, IRequestHandler<RevokeConnection, Committed>
{
    public async Task<Committed> Handle(SetCredentials command, CancellationToken cancellationToken)
    {
        var connection = await aggregates.Find<Connection, ConnectionEvent>(command.ConnectionId.Value, cancellationToken) ?? throw new DomainException(ConnectionErrors.NotFound);
        var kept = KeptCredentials.Of(ConnectionProvider.Get(connection.State.Provider), command.Credentials, tokens, context, clock);
        await kept.Keep(secrets, cancellationToken);
        try
        {
            return await Step(command.ConnectionId, command.ExpectedVersion, state => state.Establish(kept.Secrets, kept.ExpiresAt, clock.GetUtcNow()), cancellationToken);
        }
        catch (DomainException)
        {
            await secrets.Remove(await Unused(command.ConnectionId, kept), CancellationToken.None); // refused for certain
            throw;
        }
    }

    public Task<Committed> Handle(RevokeConnection command, CancellationToken cancellationToken) =>
        Step(command.ConnectionId, command.ExpectedVersion, connection => connection.Revoke(command.Reason, clock.GetUtcNow()), cancellationToken);

    /// <summary>A twin of this request may have been first, and refuses this one: what it has set are the same secrets.</summary>
    private async Task<Guid[]> Unused(ConnectionId id, KeptCredentials kept)
    {
        var used = (await aggregates.Find<Connection, ConnectionEvent>(id.Value, CancellationToken.None))?.State.Secrets ?? [];
        return [.. kept.Secrets.Select(secret => secret.Id).Except(used.Select(secret => secret.Id))];
    }

    private async Task<Committed> Step(ConnectionId id, int? expectedVersion, Func<Connection, ConnectionEvent[]> decide, CancellationToken cancellationToken)
    {
        Guid[] replaced = [];
        var committed = await aggregates.Update<Connection, ConnectionEvent>(
            id.Value, expectedVersion,
            connection =>
            {
                replaced = [.. connection.Secrets.Select(secret => secret.Id)];
                var events = decide(connection);
                return events is [] ? Unchanged() : events;
            },
            cancellationToken);
        await secrets.Remove(replaced, CancellationToken.None);
        return committed;

        ConnectionEvent[] Unchanged()
        {
            replaced = [];
            return [];
        }
    }
}
