namespace Mainstreet.Domain.Wallets;

public static class WalletErrors
{
    /// <summary>Where an order says with which one it is paid.</summary>
    private const string Chosen = "/payment_method_id";

    public static readonly DomainError NotFound = DomainError.NotFound("payment method");

    public static readonly DomainError SetupNotFound = DomainError.NotFound("payment method setup");

    public static readonly DomainError TooManyMethods =
        new("too_many_payment_methods", $"A customer has at most {Wallet.MaxMethods} payment methods: remove one first.", ErrorKind.Conflict);

    public static readonly DomainError TooManySetups = new(
        "too_many_payment_method_setups", $"{Wallet.MaxOpenSetups} setups were begun and not finished: finish one, or wait until they expire a day after they were begun.", ErrorKind.Conflict);

    public static readonly DomainError SetupRequired =
        new("setup_required", "A card or a digital wallet is added by the setup that the shop's gateway has finished: name it as setup_id. Cash needs none.", ErrorKind.Invalid)
        {
            Place = "/setup_id",
        };

    public static readonly DomainError CardInvalid =
        new("card_invalid", "A brand has 1 to 40 characters, the last digits are 4, a month is 1 to 12 and a year 2000 to 2100.", ErrorKind.Invalid);

    public static readonly DomainError NeedsAccount = new("payment_method_needs_account", "Only customers who are signed in pay with what they saved.") { Place = Chosen };

    public static readonly DomainError Unknown = new("payment_method_unknown", "The customer has no such payment method, or not any more.") { Place = Chosen };

    public static readonly DomainError Mismatch =
        new("payment_method_mismatch", "The order is to be paid in another way than with this: say cash for cash, and card for all others.") { Place = Chosen };

    public static readonly DomainError Expired = new("payment_method_expired", "The card has expired.") { Place = Chosen };

    public static readonly DomainError OfOtherGateway =
        new("payment_method_of_other_gateway", "The shop is paid through another gateway than the one that has this payment method: save it anew.") { Place = Chosen };

    /// <param name="provider">The shop's gateway.</param>
    public static DomainError CannotSave(string provider) =>
        new("gateway_cannot_save_methods", $"The shop is paid through {provider}, which keeps no payment methods for it.", ErrorKind.Conflict, DomainError.DetailsOf(("gateway", provider)));

    /// <param name="reason">The gateway's code for why the last attempt did not succeed; null: there has been none.</param>
    public static DomainError SetupUnfinished(string? reason) => new(
        "payment_method_setup_unfinished", "The gateway has not finished the setup: the customer confirms it with the client secret, and may try another card.", ErrorKind.Conflict,
        reason is null ? null : DomainError.DetailsOf(("reason", reason)));

    /// <param name="reason">A code.</param>
    public static DomainError SetupFailed(string reason) =>
        new("payment_method_setup_failed", "Nothing has come of the setup, and nothing will: begin another one.", ErrorKind.Conflict, DomainError.DetailsOf(("reason", reason)));
}
