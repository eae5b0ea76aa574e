using Mainstreet.Application.Customers;
using Mainstreet.Domain;
using Mainstreet.Domain.Wallets;
using MediatR;

namespace Mainstreet.Application.Wallets;

/// <summary>With what a customer can pay (CUS-04). Errors: not_found (404) for an account that is closed.</summary>
public sealed record GetWallet(AccountId AccountId) : IRequest<ShownWallet>;

/// <param name="Problems">Why an order could not be paid with each now; null: it can.</param>
/// <param name="Version">Of the wallet; 0: nothing was ever saved.</param>
public sealed record ShownWallet(Wallet Wallet, IReadOnlyDictionary<PaymentMethodId, DomainError?> Problems, int Version);

internal sealed class GetWalletHandler(IMediator mediator, IAggregates aggregates, SavedMethods methods, TimeProvider clock) : IRequestHandler<GetWallet, ShownWallet>
{
    public async Task<ShownWallet> Handle(GetWallet query, CancellationToken cancellationToken)
    {
        var account = (await mediator.Send(new GetCustomer(query.AccountId), cancellationToken)).State;
        var found = await aggregates.Find<Wallet, WalletEvent>(Wallet.StreamOf(account.Id), cancellationToken);
        var wallet = found?.State ?? Wallet.Empty(account.Id, account.CustomerId);
        return new(wallet, await methods.Problems(wallet.Methods, clock.GetUtcNow(), cancellationToken), found?.Version ?? 0);
    }
}
