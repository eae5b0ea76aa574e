namespace Mainstreet.Domain.Pos;

/// <summary>Why something is refused at a till.</summary>
public static class PosErrors
{
    public const int MaxReason = 500;

    public static readonly DomainError CodeInvalid = new("code_invalid", "A code is 1 to 10 capital letters and digits.", ErrorKind.Invalid) { Place = "/code" };

    public static readonly DomainError CodeTaken = new("code_taken", "Another register has this code.", ErrorKind.Conflict) { Place = "/code" };

    public static readonly DomainError NameInvalid = new("name_invalid", $"A name is 1 to {Register.MaxName} characters.", ErrorKind.Invalid) { Place = "/name" };

    public static readonly DomainError ReasonRequired = new("reason_required", $"A reason of 1 to {MaxReason} characters is needed.", ErrorKind.Invalid) { Place = "/reason" };

    public static readonly DomainError Retired = new("register_retired", "Nothing is sold at this register any more.", ErrorKind.Conflict);

    /// <summary>What the database answers should a decision ever miss it.</summary>
    public static readonly DomainError Open = AlreadyOpen(session: null);

    public static readonly DomainError Closed = new("session_closed", "The register session is closed: what comes now belongs to the next one.", ErrorKind.Conflict);

    public static readonly DomainError NotClosed = new("session_open", "The register session is not closed.", ErrorKind.Conflict);

    public static readonly DomainError Moved =
        new("register_moved", "The register stands at another location since: its goods belong to a new session.", ErrorKind.Conflict);

    public static readonly DomainError Followed = new("session_followed", "The register was opened again since: what is missing belongs to its later session.", ErrorKind.Conflict);

    public static readonly DomainError Overpaid = new("overpaid", "More was given than is due. Only cash is given change for.");

    public static readonly DomainError ReferenceRequired = new("reference_required", "A card payment names the reference of the terminal.");

    public static readonly DomainError NothingDue = new("nothing_due", "Nothing is due any more.", ErrorKind.Conflict);

    public static readonly DomainError DiscountExceedsPrice = new("discount_exceeds_price", "The discount is more than the goods cost.");

    public static readonly DomainError AmountOutOfRange = new("amount_out_of_range", $"An amount is below zero, or above {Money.MaxAmount} minor units.");

    public static readonly DomainError OtherSession =
        new("other_session", "A sale is voided in the session in which it was rung up and paid. Later its goods are returned.", ErrorKind.Conflict);

    public static readonly DomainError ReturnedAlready = new("goods_returned", "Some of the goods were returned already: return the others.", ErrorKind.Conflict);

    public static DomainError AlreadyOpen(RegisterSessionId? session) =>
        new("session_already_open", "The register is open.", ErrorKind.Conflict, session is { } id ? DomainError.DetailsOf(("session_id", id.Value)) : null);

    public static DomainError OtherCurrency(string currency) => new("currency_mismatch", $"The prices of this business are in {currency}.");

    public static DomainError NotEnoughCash(Money expected) =>
        new("not_enough_cash", $"There should be {expected} in the drawer.", Details: DomainError.DetailsOf(("expected", expected)));

    public static DomainError Unpaid(Money due) =>
        new("payment_incomplete", $"{due} is not paid. With pay_later it may be paid later.", Details: DomainError.DetailsOf(("due", due)));

    public static DomainError UnknownLine(int lineNo) => new("line_unknown", $"The sale has no line {lineNo}.", Details: DomainError.DetailsOf(("line_no", lineNo)));

    public static DomainError ReturnsTooMuch(int lineNo, decimal left) =>
        new("returns_too_much", $"Line {lineNo}: {left} can be returned.", Details: DomainError.DetailsOf(("line_no", lineNo), ("left", left)));

    public static DomainError RefundMismatch(Money refund) =>
        new("refund_mismatch", $"{refund} is to be refunded.", Details: DomainError.DetailsOf(("refund", refund)));

    public static DomainError RefundAbovePayment(TenderMethod method, Money left) =>
        new("refund_above_payment", $"At most {left} can be refunded in this way.", Details: DomainError.DetailsOf(("method", method), ("left", left)));
}
