using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Domain.Wallets;

namespace Mainstreet.Application.Wallets;

/// <summary>
/// A payment provider that keeps payment methods of customers. As with payments: outside any transaction, at least once, and the same idempotency key has one effect; that it
/// cannot be asked is an exception.
/// </summary>
public interface IMethodKeeper : IPaymentProvider
{
    /// <summary>Somebody who can have methods there. Nothing is told of who it is.</summary>
    /// <returns>What the provider calls the customer.</returns>
    Task<string> NewCustomer(AccountId account, string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Begins what the customer's page finishes. Null: the provider does not know the customer any more.</summary>
    Task<MethodSetupSession?> BeginSetup(MethodSetupRequest request, CancellationToken cancellationToken);

    /// <summary>How a setup stands.</summary>
    Task<MethodSetupReport> FindSetup(string reference, CancellationToken cancellationToken);

    /// <summary>Nothing is to come of it any more. What was finished meanwhile is reported as that.</summary>
    Task<MethodSetupReport> CancelSetup(string reference, string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Pays an open payment of the customer's with the method. Null: the customer has to say something on the page first.</summary>
    /// <param name="reference">Of the payment.</param>
    Task<PaymentReport?> PayWith(string reference, MethodTokens method, string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>What may be shown of a method as it is now. Null: it is not there any more, or no card.</summary>
    Task<SavedCard?> FindCard(string reference, CancellationToken cancellationToken);

    /// <summary>The method is the customer's no more. One that is not there is none to do.</summary>
    Task Detach(string reference, string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Nothing is kept of the customer. One that is not there is none to do.</summary>
    Task ForgetCustomer(string customer, CancellationToken cancellationToken);
}

/// <param name="SetupId">Also its idempotency key.</param>
/// <param name="Customer">What the provider calls whose method it will be.</param>
public sealed record MethodSetupRequest(MethodSetupId SetupId, AccountId AccountId, string Customer)
{
    /// <summary>Without the customer, because requests end up in logs.</summary>
    public override string ToString() => $"setup {SetupId}";
}

/// <param name="Reference">What the provider calls the setup.</param>
/// <param name="ClientSecret">With which the customer's page finishes it.</param>
/// <param name="PublishableKey">Of the business at the provider, for that page.</param>
public sealed record MethodSetupSession(string Reference, string ClientSecret, string? PublishableKey)
{
    public override string ToString() => nameof(MethodSetupSession);
}

/// <summary>What a provider says of a setup.</summary>
public abstract record MethodSetupReport
{
    /// <summary>The customer has to do something.</summary>
    /// <param name="Reason">The provider's code for why the last attempt did not succeed.</param>
    public sealed record Unfinished(string? Reason) : MethodSetupReport;

    /// <param name="Reason">A code.</param>
    public sealed record Failed(string Reason) : MethodSetupReport;

    /// <param name="Reference">What the provider calls the method.</param>
    public sealed record Succeeded(string Reference, SavedMethodType Type, SavedCard Card) : MethodSetupReport
    {
        public override string ToString() => nameof(Succeeded);
    }
}

/// <summary>What opens a saved method at its provider, or a setup: kept sealed, and shown to nobody (PAY-08).</summary>
/// <param name="Customer">What the provider calls whose it is.</param>
/// <param name="Reference">What it calls the method, or the setup.</param>
public sealed record MethodTokens(string Customer, string Reference)
{
    /// <summary>Null: there is nothing kept.</summary>
    public static MethodTokens? Read(string? kept) => kept?.Split('\n') is [var customer, var reference] ? new(customer, reference) : null;

    public string Write() => $"{Customer}\n{Reference}";

    public override string ToString() => nameof(MethodTokens);
}
