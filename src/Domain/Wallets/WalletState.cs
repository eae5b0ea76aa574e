namespace Mainstreet.Domain.Wallets;

public enum SavedMethodType
{
    Card,

    /// <summary>A preference: nothing is saved anywhere.</summary>
    Cash,

    /// <summary>A card in somebody's telephone, such as Apple Pay.</summary>
    DigitalWallet,
}

public enum MethodSetupState
{
    Open,
    Done,
    Failed,
}

/// <summary>What may be shown of a card. After an erasure nothing is left of it.</summary>
/// <param name="Brand">As the gateway calls it, such as visa.</param>
/// <param name="Last4">The last digits of its number.</param>
public sealed record SavedCard(
    [property: PersonalData] string Brand, [property: PersonalData] string Last4, [property: PersonalData] int? ExpMonth, [property: PersonalData] int? ExpYear)
{
    /// <summary>Names nobody's card, because states end up in logs.</summary>
    public override string ToString() => nameof(SavedCard);
}

/// <summary>Where a method is kept.</summary>
/// <param name="ConnectionId">Opens it; null where it is simulated.</param>
public sealed record MethodGateway(string Provider, ConnectionId? ConnectionId);

/// <param name="Gateway">Null for cash.</param>
public sealed record SavedMethod(PaymentMethodId Id, SavedMethodType Type, SavedCard? Card, MethodGateway? Gateway, DateTimeOffset AttachedAt)
{
    /// <summary>A card is good until the end of its month.</summary>
    public bool IsExpired(DateTimeOffset now) => Card is { ExpYear: { } year, ExpMonth: { } month } && (year, month).CompareTo((now.UtcDateTime.Year, now.UtcDateTime.Month)) < 0;
}

/// <param name="Method">What came of it.</param>
/// <param name="Reason">Why it failed: a code.</param>
public sealed record MethodSetup(MethodSetupId Id, MethodGateway Gateway, DateTimeOffset BegunAt, MethodSetupState State, PaymentMethodId? Method = null, string? Reason = null);

public sealed partial record Wallet
{
    public static Wallet Evolve(Wallet? state, WalletEvent e)
    {
        var wallet = (state, e) switch
        {
            (null, PaymentMethodSetupBegun first) => Empty(first.AccountId, first.CustomerId),
            (null, PaymentMethodAttached first) => Empty(first.AccountId, first.CustomerId),
            (null, _) => throw new InvalidOperationException($"{e.GetType().Name} cannot follow an empty stream."),
            _ => state,
        };
        return e switch
        {
            PaymentMethodSetupBegun begun => wallet.With(new MethodGateway(begun.Provider, begun.ConnectionId)) with
            {
                Setups = [.. wallet.Remembered(), new(begun.SetupId, new(begun.Provider, begun.ConnectionId), begun.At, MethodSetupState.Open)],
            },
            PaymentMethodSetupFailed failed => wallet.With(failed.SetupId, setup => setup with { State = MethodSetupState.Failed, Reason = failed.Reason }),
            PaymentMethodSetupDone done => wallet.With(done.SetupId, setup => setup with { State = MethodSetupState.Done, Method = done.PaymentMethodId }),
            PaymentMethodAttached attached => wallet.With(attached.SetupId, setup => setup with { State = MethodSetupState.Done, Method = attached.PaymentMethodId }) with
            {
                Methods = [.. wallet.Methods, new(attached.PaymentMethodId, attached.Type, attached.Card, attached.Provider is { } provider ? new(provider, attached.ConnectionId) : null, attached.At)],
            },
            PaymentMethodDetached detached => wallet with
            {
                Methods = [.. wallet.Methods.Where(method => method.Id != detached.PaymentMethodId)],
                Default = wallet.Default == detached.PaymentMethodId ? null : wallet.Default,
            },
            DefaultPaymentMethodSet set => wallet with { Default = set.PaymentMethodId },
            PaymentMethodRenewed renewed => wallet with
            {
                Methods = [.. wallet.Methods.Select(method => method.Id == renewed.PaymentMethodId ? method with { Card = renewed.Card } : method)],
            },
            _ => throw new InvalidOperationException($"{e.GetType().Name} is nothing of a wallet."),
        };
    }

    /// <summary>With a place for one more. What is open is not forgotten: its method would be nobody's.</summary>
    private IEnumerable<MethodSetup> Remembered() => Setups.Except(Setups.Where(setup => setup.State is not MethodSetupState.Open).Take(Setups.Length - (RememberedSetups - 1)));

    private Wallet With(MethodGateway gateway) => Gateways.Contains(gateway) ? this : this with { Gateways = [.. Gateways, gateway] };

    private Wallet With(MethodSetupId? id, Func<MethodSetup, MethodSetup> change) => this with { Setups = [.. Setups.Select(setup => setup.Id == id ? change(setup) : setup)] };
}
