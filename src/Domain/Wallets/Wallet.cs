using Mainstreet.Domain.Orders;

namespace Mainstreet.Domain.Wallets;

/// <summary>
/// With what a customer's account pays (CUS-04). A method of a gateway is saved in two steps, so that no card comes near us (PAY-08): a setup is open -> done | failed, and a
/// method is attached by the setup that is done -> detached. What the gateway calls either is kept elsewhere, sealed.
/// </summary>
/// <param name="Methods">In the order in which they were attached.</param>
/// <param name="Setups">The last <see cref="RememberedSetups"/>, and all that are open.</param>
/// <param name="Gateways">At which there has been a setup.</param>
public sealed partial record Wallet(
    AccountId AccountId, CustomerId CustomerId, SavedMethod[] Methods, MethodSetup[] Setups, MethodGateway[] Gateways, PaymentMethodId? Default = null)
    : IAggregate<Wallet, WalletEvent>
{
    public const int MaxMethods = 20;

    /// <summary>Setups that are neither done nor failed, nor older than <see cref="SetupLifetime"/>: whoever tries cards begins many.</summary>
    public const int MaxOpenSetups = 10;

    /// <summary>How long a page may take. Then a setup comes to nothing, but the gateway may be out of reach and have it open for longer.</summary>
    public static readonly TimeSpan SetupLifetime = TimeSpan.FromDays(1);

    private const int RememberedSetups = 50;

    public static Guid StreamOf(AccountId account) => Uuid.Named("wallet", account.ToString());

    /// <summary>Of an account that has never saved anything.</summary>
    public static Wallet Empty(AccountId account, CustomerId customer) => new(account, customer, [], [], []);

    /// <summary>Errors: too_many_payment_methods, too_many_payment_method_setups (409).</summary>
    public WalletEvent[] BeginSetup(MethodSetupId id, MethodGateway gateway, DateTimeOffset now)
    {
        if (Array.Exists(Setups, setup => setup.Id == id))
        {
            return [];
        }

        Check.That(Methods.Length < MaxMethods, WalletErrors.TooManyMethods);
        Check.That(Setups.Count(setup => setup.State is MethodSetupState.Open && now - setup.BegunAt < SetupLifetime) < MaxOpenSetups, WalletErrors.TooManySetups);
        return [new PaymentMethodSetupBegun(AccountId, CustomerId, id, gateway.Provider, gateway.ConnectionId, now)];
    }

    /// <summary>
    /// The gateway has it. However often and late that is told, and through however many setups, it is attached once; where there is no place any more, the setup has failed.
    /// Errors: not_found (404) for a setup that is not of this account.
    /// </summary>
    public WalletEvent[] Attach(MethodSetupId id, PaymentMethodId method, SavedMethodType type, SavedCard? card, DateTimeOffset now)
    {
        var setup = Get(id);
        return setup.State is not MethodSetupState.Open ? []
            : Find(method) is not null ? [new PaymentMethodSetupDone(AccountId, CustomerId, id, method, now)]
            : !HasPlaceFor(method) ? FailSetup(id, WalletErrors.TooManyMethods.Code, now)
            : Added(method, id, type, card, setup.Gateway, now);
    }

    /// <summary>Whether it could be attached: one that is there already can.</summary>
    public bool HasPlaceFor(PaymentMethodId method) => Methods.Length < MaxMethods || Find(method) is not null;

    /// <summary>It will not come to anything. Errors: not_found (404).</summary>
    /// <param name="reason">A code.</param>
    public WalletEvent[] FailSetup(MethodSetupId id, string reason, DateTimeOffset now) =>
        Get(id).State is MethodSetupState.Open ? [new PaymentMethodSetupFailed(AccountId, CustomerId, id, reason, now)] : [];

    /// <summary>The customer pays in cash, as a rule; said once. Errors: too_many_payment_methods (409).</summary>
    public WalletEvent[] PreferCash(PaymentMethodId id, DateTimeOffset now)
    {
        if (Cash is not null)
        {
            return [];
        }

        Check.That(Methods.Length < MaxMethods, WalletErrors.TooManyMethods);
        return Added(id, setup: null, SavedMethodType.Cash, card: null, gateway: null, now);
    }

    /// <summary>Errors: not_found (404).</summary>
    public WalletEvent[] SetDefault(PaymentMethodId id, DateTimeOffset now) => Get(id).Id == Default ? [] : [new DefaultPaymentMethodSet(AccountId, CustomerId, id, now)];

    /// <summary>Where it was the default, the one that was attached last is. Errors: not_found (404).</summary>
    public WalletEvent[] Detach(PaymentMethodId id, DateTimeOffset now)
    {
        var detached = new PaymentMethodDetached(AccountId, CustomerId, Get(id).Id, now);
        return Default == id && Array.FindLast(Methods, method => method.Id != id) is { } next
            ? [detached, new DefaultPaymentMethodSet(AccountId, CustomerId, next.Id, now)]
            : [detached];
    }

    /// <summary>The bank has sent another card in the place of one. Nothing for what is not here.</summary>
    public WalletEvent[] Renew(PaymentMethodId id, SavedCard card, DateTimeOffset now) =>
        Find(id) is { Card: { } present } && present != card ? [new PaymentMethodRenewed(AccountId, CustomerId, id, card, now)] : [];

    /// <summary>The account is closed.</summary>
    public WalletEvent[] Close(DateTimeOffset now) =>
    [
        .. Methods.Select(method => new PaymentMethodDetached(AccountId, CustomerId, method.Id, now)),
        .. Setups.Where(setup => setup.State is MethodSetupState.Open).Select(setup => new PaymentMethodSetupFailed(AccountId, CustomerId, setup.Id, "account_closed", now)),
    ];

    /// <summary>
    /// The method, if an order can be paid with it now. Errors: payment_method_unknown, payment_method_mismatch, payment_method_expired (422).
    /// </summary>
    /// <param name="paid">How the order says that it is paid.</param>
    public SavedMethod Choose(PaymentMethodId id, PaymentMethod paid, DateTimeOffset now)
    {
        var method = Find(id) ?? throw new DomainException(WalletErrors.Unknown);
        Check.That(method.Type is SavedMethodType.Cash == paid is PaymentMethod.Cash, WalletErrors.Mismatch);
        Check.That(!method.IsExpired(now), WalletErrors.Expired);
        return method;
    }

    public SavedMethod? Cash => Array.Find(Methods, method => method.Type is SavedMethodType.Cash);

    public SavedMethod? Find(PaymentMethodId id) => Array.Find(Methods, method => method.Id == id);

    /// <summary>Errors: not_found (404).</summary>
    public MethodSetup Get(MethodSetupId id) => Array.Find(Setups, setup => setup.Id == id) ?? throw new DomainException(WalletErrors.SetupNotFound);

    /// <summary>Names nobody's card, because states end up in logs.</summary>
    public override string ToString() => $"Wallet of account {AccountId}";

    private SavedMethod Get(PaymentMethodId id) => Find(id) ?? throw new DomainException(WalletErrors.NotFound);

    private WalletEvent[] Added(PaymentMethodId id, MethodSetupId? setup, SavedMethodType type, SavedCard? card, MethodGateway? gateway, DateTimeOffset now)
    {
        var attached = new PaymentMethodAttached(AccountId, CustomerId, id, setup, type, card, gateway?.Provider, gateway?.ConnectionId, now);
        return Default is null ? [attached, new DefaultPaymentMethodSet(AccountId, CustomerId, id, now)] : [attached];
    }
}
