using System.Text;
using Mainstreet.Application.Customers;
using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Payments;
using Mainstreet.Domain.Wallets;
using MediatR;

namespace Mainstreet.Application.Wallets;

/// <summary>
/// Begins to save a payment method at the gateway through which the shop is paid (CUS-04, PAY-08): the customer's page gives the card to that gateway, with the client secret,
/// and to nobody else. Errors: not_found (404); too_many_payment_methods, too_many_payment_method_setups, gateway_cannot_save_methods (409);
/// payment_method_not_available, payment_provider_refused (422) and what else is wrong with the shop's gateway (409, 422); payment_provider_unavailable (503).
/// </summary>
public sealed record BeginMethodSetup(AccountId AccountId) : IRequest<MethodSetupReceipt>;

/// <summary>The only answer that leads to the client secret. It is stored sealed, so that a repeated request shows the same one.</summary>
public sealed record MethodSetupReceipt(MethodSetupId SetupId, string Provider, string SealedSecret, string? PublishableKey, DateTimeOffset ExpiresAt, int Version) : Committed(Version);

/// <summary>Client secrets under the master key.</summary>
public sealed class MethodSetupSecrets(ISecretBox box)
{
    public string Seal(MethodSetupId setup, string secret) => box.Seal(Encoding.UTF8.GetBytes(secret), Purpose(setup));

    public string Open(MethodSetupReceipt receipt) => Encoding.UTF8.GetString(box.Open(receipt.SealedSecret, Purpose(receipt.SetupId)));

    private static string Purpose(MethodSetupId setup) => $"payment-method-setup:{setup}";
}

internal sealed class BeginMethodSetupHandler(
    IMediator mediator, IAggregates aggregates, ILane lane, IPaymentProviders providers, ISealedSecrets secrets, MethodSetupSecrets box, ITenantContext context, TimeProvider clock)
    : IRequestHandler<BeginMethodSetup, MethodSetupReceipt>
{
    public async Task<MethodSetupReceipt> Handle(BeginMethodSetup command, CancellationToken cancellationToken)
    {
        var account = (await mediator.Send(new GetCustomer(command.AccountId), cancellationToken)).State;
        var stream = Wallet.StreamOf(account.Id);
        var id = new MethodSetupId(Uuid.Named("payment_method_setup", context.CommandId.ToString()));
        var keeper = await Keeper(cancellationToken);
        var gateway = new MethodGateway(keeper.Name, keeper.Connection);
        var wallet = (await aggregates.Find<Wallet, WalletEvent>(stream, cancellationToken))?.State ?? Wallet.Empty(account.Id, account.CustomerId);
        _ = wallet.BeginSetup(id, gateway, clock.GetUtcNow()); // before anything is begun there

        var (customer, session) = await Begin(keeper, gateway, account.Id, id, cancellationToken);
        await secrets.Keep(id.Value, new MethodTokens(customer, session.Reference).Write(), cancellationToken);
        try
        {
            return await lane.Run(
                streams => streams.OfWallet(account.Id),
                (log, now) =>
                {
                    var expiresAt = now + Wallet.SetupLifetime;
                    log.AppendWallet(stream, now, log.WalletOf(account.Id).BeginSetup(id, gateway, now));
                    log.Schedule(new FinishMethodSetup(account.Id, id, IsLast: true), expiresAt);
                    return new MethodSetupReceipt(id, keeper.Name, box.Seal(id, session.ClientSecret), session.PublishableKey, expiresAt, log.Version(stream));
                },
                cancellationToken);
        }
        catch (DomainException)
        {
            await Forget(id, stream);
            throw;
        }
    }

    /// <summary>It was refused for certain, unless a twin was first. The customer at the gateway stays as long as the account does.</summary>
    private async Task Forget(MethodSetupId id, Guid stream)
    {
        if (await aggregates.Find<Wallet, WalletEvent>(stream, CancellationToken.None) is not { State.Setups: var setups } || !Array.Exists(setups, setup => setup.Id == id))
        {
            await secrets.Remove([id.Value], CancellationToken.None);
        }
    }

    private async Task<IMethodKeeper> Keeper(CancellationToken cancellationToken)
    {
        var business = await aggregates.Find<BusinessProfile, BusinessProfileEvent>(context.Tenant.Value, cancellationToken) ?? throw new DomainException(PaymentErrors.MethodNotAvailable);
        var provider = await providers.For(business.State.Settings.Currency, cancellationToken);
        return provider as IMethodKeeper ?? throw new DomainException(WalletErrors.CannotSave(provider.Name));
    }

    /// <summary>One customer for each account at a gateway. Somebody may have deleted it there.</summary>
    private async Task<(string Customer, MethodSetupSession Session)> Begin(
        IMethodKeeper keeper, MethodGateway gateway, AccountId account, MethodSetupId id, CancellationToken cancellationToken)
    {
        var secret = GatewayCustomer.SecretOf(account, gateway);
        var customer = await secrets.Find(secret, cancellationToken) ?? await NewCustomer(secret.ToString());
        if (await keeper.BeginSetup(new(id, account, customer), cancellationToken) is { } session)
        {
            return (customer, session);
        }

        await secrets.Remove([secret], cancellationToken);
        customer = await NewCustomer($"{id}/customer");
        return (customer, await keeper.BeginSetup(new(id, account, customer), cancellationToken) ?? throw new InvalidOperationException($"{keeper.Name} does not know the customer that it has just made."));

        async Task<string> NewCustomer(string key)
        {
            await secrets.Keep(secret, await keeper.NewCustomer(account, key, cancellationToken), cancellationToken);
            return (await secrets.Find(secret, cancellationToken))!; // a twin may have been first
        }
    }
}

internal static class GatewayCustomer
{
    /// <summary>Under which it is kept what a gateway calls the customer of an account.</summary>
    public static Guid SecretOf(AccountId account, MethodGateway gateway) => Uuid.Named("gateway_customer", account.ToString(), gateway.Provider, gateway.ConnectionId?.ToString() ?? "");
}
