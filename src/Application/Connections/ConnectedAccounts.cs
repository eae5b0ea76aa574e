using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Connections;
using MediatR;

namespace Mainstreet.Application.Connections;

/// <summary>Which business has connected which account, for operators. Runs in the platform's tenant.</summary>
public sealed record ListConnectedAccounts(PageRequest Page, string? Provider, string? Account, TenantId? Business) : IRequest<Page<ConnectedAccount>>;

/// <param name="ConnectionId">In the business.</param>
public sealed record ConnectedAccount(
    ConnectionId ConnectionId, TenantId BusinessId, string BusinessName, BusinessMode Mode, BusinessStatus Status, string Provider, string Account);

/// <summary>
/// Takes an account from the business that has connected it, so that whose it is can: nothing proves whose an account is when it is connected. The
/// connection is revoked there, as far as there is one and the business is not closed. Runs in the platform's tenant. Errors: not_found (404).
/// </summary>
public sealed record ReleaseConnectedAccount(ConnectionId ConnectionId) : IRequest<Committed>;

internal sealed class ConnectedAccountsHandler(IAggregates aggregates, IReadStore reads, ITenantScopes scopes, TimeProvider clock) :
    IRequestHandler<ListConnectedAccounts, Page<ConnectedAccount>>, IRequestHandler<ReleaseConnectedAccount, Committed>
{
    public async Task<Page<ConnectedAccount>> Handle(ListConnectedAccounts query, CancellationToken cancellationToken)
    {
        var list = $"connected accounts {query.Provider} {query.Account} {query.Business}";
        var after = query.Page.After(list);
        var rows = await reads.List<ConnectedAccount>(
            """
            select a.connection_id, a.business_id, b.name as business_name, b.mode, b.status, a.provider, a.account
              from rm.connected_accounts a join rm.businesses b on b.business_id = a.business_id
             where (@provider::text is null or a.provider = @provider) and (@account::text is null or a.account = @account)
               and (@business::uuid is null or a.business_id = @business)
               and (@after_provider::text is null or (a.provider, a.account) > (@after_provider, @after_account))
             order by a.provider, a.account limit @rows
            """,
            new { query.Provider, query.Account, query.Business, AfterProvider = after?.Text(0), AfterAccount = after?.Text(1), query.Page.Rows }, cancellationToken);
        return query.Page.Cut(rows, list, account => [account.Provider, account.Account]);
    }

    public async Task<Committed> Handle(ReleaseConnectedAccount command, CancellationToken cancellationToken)
    {
        var claim = await reads.Find<ConnectedAccountView>("select * from rm.connected_accounts where connection_id = @connection_id", new { command.ConnectionId }, cancellationToken)
            ?? throw new DomainException(ConnectionErrors.NotFound);
        try
        {
            await scopes.Send(claim.BusinessId, new RevokeConnection(command.ConnectionId, "by_operator"), cancellationToken);
        }
        catch (DomainException e) when (e.Error.Kind is ErrorKind.NotFound or ErrorKind.Locked)
        {
            // the request that claimed it did not live to connect it, or the business is closed
        }

        return await aggregates.Update<AccountClaim, AccountClaimEvent>(command.ConnectionId.Value, expectedVersion: null, known => known.Release(clock.GetUtcNow()), cancellationToken);
    }
}

/// <summary>What a closed business had connected stands in nobody's way. Runs in the platform's tenant.</summary>
[Message("connected_accounts.release_of")]
internal sealed record ReleaseAccountsOf(TenantId Business) : IRequest<Committed>;

internal sealed class ReleaseAccountsOfHandler(ILane lane) : IRequestHandler<ReleaseAccountsOf, Committed>
{
    public Task<Committed> Handle(ReleaseAccountsOf command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.In<AccountClaim>("select connection_id from rm.connected_accounts where business_id = @business", new { command.Business }),
        (log, now) =>
        {
            foreach (var claim in log.All<AccountClaim>())
            {
                log.Append<AccountClaim, AccountClaimEvent>(claim.ConnectionId.Value, claim.Release(now));
            }

            return new Committed(0);
        },
        cancellationToken);
}
