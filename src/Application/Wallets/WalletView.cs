using Mainstreet.Domain;
using Mainstreet.Domain.Wallets;

namespace Mainstreet.Application.Wallets;

/// <summary>Whose methods and setups are which: gateways and test businesses name nothing else. It holds nothing of a card.</summary>
/// <param name="WalletId">The stream's.</param>
/// <param name="Entries">Ids of methods, and of setups that are open.</param>
internal sealed record WalletView([property: Key] Guid WalletId, AccountId AccountId, Guid[] Entries)
{
    /// <summary>Whose method or setup it is; null: nobody's.</summary>
    public static async Task<AccountId?> Owner(IReadStore reads, Guid entry, CancellationToken cancellationToken) =>
        (await reads.List<Guid>("select account_id from rm.wallet_entries where entry_id = @entry", new { entry }, cancellationToken)) is [var account] ? new AccountId(account) : null;
}

internal sealed record WalletEntry([property: Key] Guid WalletId, [property: Key] Guid EntryId, AccountId AccountId);

internal sealed class WalletsProjection : Projection<WalletView>
{
    public WalletsProjection() : base("wallets", version: 1, inline: true)
    {
        On<PaymentMethodSetupBegun>(e => Empty(e.AccountId), (wallet, e) => With(wallet, e.SetupId.Value));
        On<PaymentMethodSetupFailed>(e => Empty(e.AccountId), (wallet, e) => Without(wallet, e.SetupId.Value));
        On<PaymentMethodSetupDone>(e => Empty(e.AccountId), (wallet, e) => Without(wallet, e.SetupId.Value));
        On<PaymentMethodAttached>(e => Empty(e.AccountId), (wallet, e) => With(Without(wallet, e.SetupId?.Value), e.PaymentMethodId.Value));
        On<PaymentMethodDetached>(e => Empty(e.AccountId), (wallet, e) => Without(wallet, e.PaymentMethodId.Value));
        PartsIn("wallet_entries", wallet => wallet.Entries.Select(entry => new WalletEntry(wallet.WalletId, entry, wallet.AccountId))).Index("entry_id");
    }

    private static WalletView Empty(AccountId account) => new(Wallet.StreamOf(account), account, []);

    private static WalletView With(WalletView wallet, Guid entry) => wallet with { Entries = [.. wallet.Entries, entry] };

    private static WalletView Without(WalletView wallet, Guid? entry) => wallet with { Entries = [.. wallet.Entries.Where(present => present != entry)] };
}

/// <summary>With which saved method an order is paid.</summary>
internal sealed record ChosenMethodView([property: Key] OrderId OrderId, AccountId AccountId, PaymentMethodId PaymentMethodId);

internal sealed class ChosenMethodsProjection : Projection<ChosenMethodView>
{
    public ChosenMethodsProjection() : base("chosen_payment_methods", version: 1, inline: true)
    {
        On<PaymentMethodChosen>(e => new(e.OrderId, e.AccountId, e.PaymentMethodId), (row, _) => row);
        Index("payment_method_id");
        Index("account_id");
    }
}
