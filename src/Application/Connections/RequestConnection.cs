using Mainstreet.Domain;
using Mainstreet.Domain.Connections;
using MediatR;

namespace Mainstreet.Application.Connections;

/// <summary>What a business is let in with, by the names of <see cref="ConnectionProvider"/>.</summary>
/// <param name="ExpiresIn">How long the access token is good from now on.</param>
public sealed record GivenCredentials(IReadOnlyDictionary<string, string> Values, TimeSpan? ExpiresIn)
{
    /// <summary>Without them, because requests end up in logs.</summary>
    public override string ToString() => $"{Values.Count} credentials";
}

/// <summary>
/// Connects the business with a provider (REV-10). Without credentials the connection is pending: its address can be given to the provider, which makes
/// the secret then. Errors: provider_unknown, account_invalid, credential_required, credential_unknown, credential_invalid (400); account_connected, connection_limit_reached (409);
/// provider_not_configured (422).
/// </summary>
public sealed record RequestConnection(string Provider, string Account, GivenCredentials? Credentials) : IRequest<ConnectionReceipt>;

public sealed record ConnectionReceipt(ConnectionId ConnectionId, int Version) : Committed(Version);

internal sealed class RequestConnectionHandler(
    ILane lane, ITenantScopes scopes, IReadStore reads, ITokenProviders tokens, ISealedSecrets secrets, ITenantContext context, TimeProvider clock)
    : IRequestHandler<RequestConnection, ConnectionReceipt>
{
    public async Task<ConnectionReceipt> Handle(RequestConnection command, CancellationToken cancellationToken)
    {
        var provider = ConnectionProvider.Get(command.Provider);
        var id = new ConnectionId(Uuid.Named("connection", context.CommandId.ToString()));
        var requested = Connection.Request(id, provider, command.Account, clock.GetUtcNow());
        var kept = KeptCredentials.Of(provider, command.Credentials, tokens, context, clock);
        await RequireRoom(cancellationToken);
        await Claim(new(context.Tenant, id, provider.Name, command.Account), cancellationToken);
        await kept.Keep(secrets, cancellationToken);
        return await lane.Run(
            streams => streams.Of<Connection>(id.Value),
            (log, now) =>
            {
                log.RefuseExisting<Connection>(id.Value); // a twin of this request was first, and its answer is this one's
                log.Append<Connection, ConnectionEvent>(id.Value, requested);
                if (command.Credentials is not null)
                {
                    log.Append<Connection, ConnectionEvent>(id.Value, log.Get<Connection>(id.Value).Establish(kept.Secrets, kept.ExpiresAt, now));
                }

                return new ConnectionReceipt(id, log.Version(id.Value));
            },
            cancellationToken);
    }

    /// <summary>Before the claim, which would have to be taken back; so requests side by side may go a few beyond.</summary>
    private async Task RequireRoom(CancellationToken cancellationToken) => Check.That(
        (await reads.List<Guid>("select connection_id from rm.connections where status <> 'revoked' limit @most", new { Connection.Most }, cancellationToken)).Count < Connection.Most,
        ConnectionErrors.TooMany);

    /// <summary>What an earlier request of this business claimed and did not live to connect, or has ended, stands in nobody's way.</summary>
    private async Task Claim(ClaimAccount claim, CancellationToken cancellationToken)
    {
        if (await scopes.Send(TenantId.Platform, new FindClaim(claim.Business, claim.Provider, claim.Account), cancellationToken) is { } before && before.ConnectionId != claim.ConnectionId
            && await reads.Find<ConnectionView>(
                "select * from rm.connections where connection_id = @connection_id and status <> 'revoked'", new { before.ConnectionId }, cancellationToken) is null)
        {
            await scopes.Send(TenantId.Platform, new ReleaseAccount(before.ConnectionId), cancellationToken);
        }

        try
        {
            await scopes.Send(TenantId.Platform, claim, cancellationToken);
        }
        catch (DomainException e) when (e.Error.SaysItExists)
        {
            // by an earlier attempt at this request
        }
    }
}
