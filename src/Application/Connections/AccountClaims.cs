using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Connections;
using MediatR;

namespace Mainstreet.Application.Connections;

/// <summary>To which business an account of a provider leads. In the platform's log; gone when it was released.</summary>
public sealed record ConnectedAccountView([property: Key] ConnectionId ConnectionId, TenantId BusinessId, string Provider, string Account);

internal sealed class ConnectedAccountsProjection : Projection<ConnectedAccountView>
{
    public ConnectedAccountsProjection() : base("connected_accounts", version: 1, inline: true)
    {
        On<AccountClaimed>(e => new(e.ConnectionId, e.BusinessId, e.Provider, e.Account), (row, e) => row with { BusinessId = e.BusinessId });
        On<AccountReleased>(e => new(e.ConnectionId, default, "", ""), (_, _) => null);
        Unique(ConnectionErrors.AccountTaken, where: null, "provider", "account");
    }
}

/// <summary>Has an account lead to a connection. Runs in the platform's tenant. Errors: account_connected (409).</summary>
internal sealed record ClaimAccount(TenantId Business, ConnectionId ConnectionId, string Provider, string Account) : IRequest<Committed>;

/// <summary>From now on it leads nowhere. Runs in the platform's tenant.</summary>
[Message("connected_account.release")]
internal sealed record ReleaseAccount(ConnectionId ConnectionId) : IRequest<Committed>;

/// <summary>Of one business. Runs in the platform's tenant.</summary>
internal sealed record FindClaim(TenantId Business, string Provider, string Account) : IRequest<ConnectedAccountView?>;

internal sealed class AccountClaimsHandler(IAggregates aggregates, IReadStore reads, TimeProvider clock) :
    IRequestHandler<ClaimAccount, Committed>, IRequestHandler<ReleaseAccount, Committed>, IRequestHandler<FindClaim, ConnectedAccountView?>
{
    public Task<Committed> Handle(ClaimAccount command, CancellationToken cancellationToken) => aggregates.Create<AccountClaim, AccountClaimEvent>(
        command.ConnectionId.Value, () => [new AccountClaimed(command.ConnectionId, command.Business, command.Provider, command.Account, clock.GetUtcNow())], cancellationToken);

    public Task<Committed> Handle(ReleaseAccount command, CancellationToken cancellationToken) => aggregates.Update<AccountClaim, AccountClaimEvent>(
        command.ConnectionId.Value, expectedVersion: null, claim => claim.Release(clock.GetUtcNow()), cancellationToken);

    public Task<ConnectedAccountView?> Handle(FindClaim query, CancellationToken cancellationToken) => reads.Find<ConnectedAccountView>(
        "select * from rm.connected_accounts where provider = @provider and account = @account and business_id = @business",
        new { query.Provider, query.Account, query.Business }, cancellationToken);
}

/// <summary>The account of a connection that was ended, or of a business that is closed, can be connected anew, by anybody.</summary>
internal sealed class ReleasedAccounts : Policy
{
    public ReleasedAccounts() : base("released_accounts")
    {
        On<ConnectionRevoked>(e => SendTo(TenantId.Platform, new ReleaseAccount(e.ConnectionId), e.At));
        On<BusinessClosed>(e => Schedule(new ReleaseAccountsOf(e.BusinessId), e.At));
    }
}
