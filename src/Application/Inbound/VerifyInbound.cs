using Mainstreet.Application.Connections;
using Mainstreet.Domain;
using Mainstreet.Domain.Connections;
using Mainstreet.Domain.Inbound;
using MediatR;

namespace Mainstreet.Application.Inbound;

/// <summary>
/// For whom a notification is, and whether it is the provider's. Runs in the platform's tenant, and changes nothing. Null: nobody has connected the account
/// yet. Errors: not_found (404) for an unknown provider; signature_invalid (401), also for an unknown connection; inbound_malformed, account_missing (400).
/// </summary>
/// <param name="Connection">Null: the account in the notification says which one.</param>
public sealed record VerifyInbound(string Provider, ConnectionId? Connection, InboundRequest Request) : IRequest<InboundPlace?>;

/// <summary>Where a verified notification goes.</summary>
public sealed record InboundPlace(TenantId Business, ConnectionId Connection, string Provider);

/// <summary>
/// What the provider is to be told when it checks the address of a connection. Runs in the platform's tenant. Errors: not_found (404) for an unknown provider; challenge_refused (403).
/// </summary>
public sealed record AnswerChallenge(string Provider, ConnectionId Connection, IReadOnlyDictionary<string, string> Query) : IRequest<string>;

/// <summary>The credentials of a connection, for what comes from its provider. Null: it has none yet, or no more.</summary>
internal sealed record ReadCredentials(ConnectionId Connection) : IRequest<IReadOnlyDictionary<string, string>?>;

internal sealed class VerifyInboundHandler(InboundProviders providers, IReadStore reads, ITenantScopes scopes) :
    IRequestHandler<VerifyInbound, InboundPlace?>, IRequestHandler<AnswerChallenge, string>
{
    public async Task<InboundPlace?> Handle(VerifyInbound query, CancellationToken cancellationToken)
    {
        var provider = providers.Get(query.Provider);
        Check.That(provider.SignedIn.Any(name => query.Request.Headers.ContainsKey(name) || query.Request.Query.ContainsKey(name)), InboundErrors.SignatureInvalid);
        var claim = query.Connection is { } connection
            ? await Find(query.Provider, connection, cancellationToken)
            : await Find(query.Provider, provider.AccountOf(query.Request) ?? throw new DomainException(InboundErrors.AccountMissing), cancellationToken);
        if (claim is null)
        {
            Check.That(query.Connection is null, InboundErrors.SignatureInvalid); // nobody is told which connections there are
            return null;
        }

        var credentials = await scopes.Send(claim.BusinessId, new ReadCredentials(claim.ConnectionId), cancellationToken);
        if (credentials is null && query.Connection is null)
        {
            return null; // it is pending: what comes before its secret waits for that
        }

        Check.That(credentials is not null && await provider.IsSigned(query.Request, credentials, cancellationToken), InboundErrors.SignatureInvalid);
        return new(claim.BusinessId, claim.ConnectionId, query.Provider);
    }

    public async Task<string> Handle(AnswerChallenge query, CancellationToken cancellationToken)
    {
        var provider = providers.Get(query.Provider);
        var claim = await Find(query.Provider, query.Connection, cancellationToken) ?? throw new DomainException(InboundErrors.ChallengeRefused);
        return await scopes.Send(claim.BusinessId, new ReadCredentials(claim.ConnectionId), cancellationToken) is { } credentials
            && provider.Answer(query.Query, credentials) is { } answer
            ? answer
            : throw new DomainException(InboundErrors.ChallengeRefused);
    }

    private Task<ConnectedAccountView?> Find(string provider, ConnectionId connection, CancellationToken cancellationToken) => reads.Find<ConnectedAccountView>(
        "select * from rm.connected_accounts where connection_id = @connection and provider = @provider", new { connection, provider }, cancellationToken);

    private Task<ConnectedAccountView?> Find(string provider, string account, CancellationToken cancellationToken) =>
        reads.Find<ConnectedAccountView>("select * from rm.connected_accounts where provider = @provider and account = @account", new { provider, account }, cancellationToken);
}

internal sealed class ReadCredentialsHandler(IReadStore reads, ISealedSecrets secrets) : IRequestHandler<ReadCredentials, IReadOnlyDictionary<string, string>?>
{
    public async Task<IReadOnlyDictionary<string, string>?> Handle(ReadCredentials query, CancellationToken cancellationToken)
    {
        var connection = await reads.Find<ConnectionView>("select * from rm.connections where connection_id = @connection", new { query.Connection }, cancellationToken);
        if (connection is null or { Status: ConnectionStatus.Pending or ConnectionStatus.Revoked })
        {
            return null;
        }

        var kept = await secrets.Find([.. connection.Secrets.Select(secret => secret.Id)], cancellationToken);
        return connection.Secrets.Where(secret => kept.ContainsKey(secret.Id)).ToDictionary(secret => secret.Name, secret => kept[secret.Id], StringComparer.Ordinal);
    }
}
