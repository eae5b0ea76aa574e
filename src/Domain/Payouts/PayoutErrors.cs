namespace Mainstreet.Domain.Payouts;

public static class PayoutErrors
{
    public static readonly DomainError NotFound = DomainError.NotFound("payout");

    public static readonly DomainError RateInvalid = new(
        "fee_rate_invalid", "A rate has 0 to 10,000 basis points, and at most one fixed amount per currency, which is not negative.", ErrorKind.Invalid);

    public static readonly DomainError DestinationInvalid = new("destination_invalid", "A destination has 1 to 200 characters.", ErrorKind.Invalid);

    public static readonly DomainError ReasonInvalid = new("reason_invalid", "A reason has 1 to 500 characters.", ErrorKind.Invalid);

    public static readonly DomainError ReferenceInvalid = new("reference_invalid", "A reference has 1 to 200 characters.", ErrorKind.Invalid);

    public static readonly DomainError NotByHand =
        new("payout_not_by_hand", "The provider itself says what becomes of this payout: only transfers by hand are recorded.", ErrorKind.Conflict);

    public static readonly DomainError PeriodInvalid = new("period_invalid", "The first day is after the last, or more than 400 days before it.", ErrorKind.Invalid);

    /// <summary>Somebody closed two periods between a look and a decision: the next look sees it.</summary>
    public static readonly DomainError LedgerMoved = new("ledger_moved", "The ledger has moved on. Try again.", ErrorKind.Busy);

    public static DomainError AdjustmentInvalid(string currency) =>
        new("adjustment_invalid", $"An adjustment is an amount in {currency} that is not zero.", ErrorKind.Invalid);

    public static DomainError ExceedsNet(Money net) =>
        new("adjustment_exceeds_net", $"Nothing would be left of {net} to pay.", Details: DomainError.DetailsOf(("net", net)));
}
