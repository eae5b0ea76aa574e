using Mainstreet.Application.Wallets;
using Mainstreet.Domain.Wallets;

namespace Mainstreet.Api.Wallets;

/// <param name="Data">In the order in which they were added.</param>
internal sealed record PaymentMethodsBody(IReadOnlyList<PaymentMethodBody> Data)
{
    public static PaymentMethodsBody Of(ShownWallet shown) => new([.. shown.Wallet.Methods.Select(method => PaymentMethodBody.Of(method, shown))]);
}

/// <summary>Something to pay with, as far as it may be shown.</summary>
/// <param name="Brand">As the gateway calls it, such as visa.</param>
/// <param name="Last4">The last digits of the card's number.</param>
/// <param name="Gateway">That has it; left out for cash.</param>
/// <param name="Default">It is offered first.</param>
/// <param name="Usable">Whether an order can be paid with it now.</param>
/// <param name="Problem">With which code such an order would be refused; left out where it would not.</param>
internal sealed record PaymentMethodBody(
    Guid Id, SavedMethodType Type, string? Brand, string? Last4, int? ExpMonth, int? ExpYear, string? Gateway, bool Default, bool Usable, string? Problem, DateTimeOffset CreatedAt)
{
    public static PaymentMethodBody Of(SavedMethod method, ShownWallet shown)
    {
        var problem = shown.Problems[method.Id];
        return new(
            method.Id.Value, method.Type, method.Card?.Brand, method.Card?.Last4, method.Card?.ExpMonth, method.Card?.ExpYear, method.Gateway?.Provider, method.Id == shown.Wallet.Default,
            problem is null, problem?.Code, method.AttachedAt);
    }
}

/// <param name="SetupId">Of the setup that the customer's page has finished.</param>
/// <param name="Type">Only cash is added without a setup.</param>
/// <param name="Default">It is the default from now on; the first one is in any case.</param>
internal sealed record AddPaymentMethodRequest(Guid? SetupId = null, SavedMethodType? Type = null, bool Default = false);

internal sealed record AddedPaymentMethodBody(Guid Id);

/// <summary>With this the customer's page gives the card to the gateway, and to nobody else.</summary>
/// <param name="ClientSecret">Shown here alone.</param>
/// <param name="PublishableKey">Of the business at the gateway, for that page.</param>
/// <param name="ExpiresAt">What is not finished by then comes to nothing.</param>
internal sealed record PaymentMethodSetupBody(Guid SetupId, string Gateway, string ClientSecret, string? PublishableKey, DateTimeOffset ExpiresAt)
{
    public static PaymentMethodSetupBody Of(MethodSetupReceipt receipt, MethodSetupSecrets secrets) =>
        new(receipt.SetupId.Value, receipt.Provider, secrets.Open(receipt), receipt.PublishableKey, receipt.ExpiresAt);
}

/// <summary>The card that a test business's customer is to have saved.</summary>
/// <param name="Wallet">It is in a digital wallet.</param>
internal sealed record CompleteMethodSetupRequest(string Brand = "visa", string Last4 = "4242", int ExpMonth = 12, int ExpYear = 2034, bool Wallet = false);
