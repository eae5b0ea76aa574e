namespace Mainstreet.Domain.Payments;

public static class PaymentErrors
{
    public static readonly DomainError NotFound = DomainError.NotFound("payment");

    public static readonly DomainError MethodNotAvailable =
        new("payment_method_not_available", "This business does not take this payment method: no payment provider is configured.");

    public static readonly DomainError NotInitiated =
        new("payment_not_initiated", "The order has no payment: it is paid in cash, or was not awaiting payment.", ErrorKind.Conflict);

    public static readonly DomainError TestKey = new(
        "payment_test_key", "The key is of the provider's test mode: nobody would be paid. A live business needs a live one; a test business's payments are simulated.")
    {
        Place = "/connection_id",
    };

    public static readonly DomainError NotCaptured =
        new("payment_not_captured", "The business does not have this money: there is nothing to give back. Cancel the order instead.", ErrorKind.Conflict);

    public static readonly DomainError Disputed =
        new("payment_disputed", "The customer's bank has the money until the dispute is decided: a refund would pay twice.", ErrorKind.Conflict);

    public static readonly DomainError NothingLeft =
        new("nothing_to_refund", "All of the payment is given back, or on its way.", ErrorKind.Conflict);

    public static readonly DomainError GatewayNotFound = DomainError.NotFound("payment gateway");

    public static readonly DomainError RefundByHand = new(
        "refund_by_hand_only", "The provider gives nothing back by itself. Give the money back by bank or in cash, and record that with by_hand.");

    public static readonly DomainError RefundUnfinished =
        new("refund_unfinished", "The provider has not finished the refund for days. Ask the provider; redriven, it is asked for once more.", ErrorKind.Conflict);

    public static readonly DomainError NoPublicUrl =
        new("payment_callbacks_not_configured", "The provider has to be told where to call back: an operator sets Payments:PublicUrl.");

    /// <summary>Where the provider counts a currency in other parts than the business does.</summary>
    public static DomainError OtherParts(string provider, string currency) =>
        new("gateway_currency_not_supported", $"Through {provider} nobody is paid in {currency} yet.");

    public static DomainError OtherCurrencyOnly(string provider, string currency) =>
        new("gateway_currency_not_supported", $"Through {provider} a business is paid in {currency} only.");

    /// <param name="missing">Null: the provider takes no payments.</param>
    public static DomainError NotForPayments(string provider, string? missing)
    {
        var why = missing is null ? $"Nobody is paid through {provider}." : $"To be paid through {provider}, the connection needs the credential {missing}.";
        return new("connection_not_for_payments", why) { Place = "/connection_id" };
    }

    /// <summary>For good: it would be refused again, until somebody mends what is wrong.</summary>
    public static DomainError ProviderRefused(string provider, int status, string? code) =>
        new("payment_provider_refused", $"{provider} refused the request: {status}{(code is null ? "" : " " + code)}.");

    public static DomainError RefundInvalid(string currency) =>
        new("refund_amount_invalid", $"A refund is above 0, and in {currency}.", ErrorKind.Invalid) { Place = "/amount" };

    public static DomainError ExceedsPayment(Money left, Money asked) => new(
        "refund_exceeds_payment", $"{left} are left of the payment, {asked} were asked for.",
        Details: new Dictionary<string, object?>(StringComparer.Ordinal) { ["left"] = left, ["asked"] = asked });
}
