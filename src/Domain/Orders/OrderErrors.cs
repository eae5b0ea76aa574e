namespace Mainstreet.Domain.Orders;

/// <summary>Why an order is refused.</summary>
public static class OrderErrors
{
    public static readonly DomainError AddressRequired = new("address_required", "A delivery needs an address.");

    public static readonly DomainError DiscountExceedsPrice = new("discount_exceeds_price", "A discount is more than what it is taken off.");

    public static readonly DomainError LinesNotNumbered = new("lines_not_numbered", "Lines are numbered 1, 2, 3 and so on.");

    public static DomainError LineCount(int count) =>
        new("line_count", $"An order has 1 to {OrderDraft.MaxLines} lines, this one has {count}.");

    public static DomainError InvalidQuantity(int lineNo, decimal quantity) =>
        new("invalid_quantity", $"Line {lineNo}: a quantity is above 0, at most {Quantities.Max} and has at most 3 decimals.",
            Details: DomainError.DetailsOf(("line_no", lineNo), ("quantity", quantity)));

    public static DomainError AmountOutOfRange(string what) =>
        new("amount_out_of_range", $"{what} is negative or above {Money.MaxAmount} minor units.");

    public static DomainError TotalsMismatch(string what, Money stated, Money right) =>
        new("totals_mismatch", $"{what} does not add up to {stated}.", Details: DomainError.DetailsOf(("stated", stated), ("calculated", right)));

    public static DomainError InThePast(string what) =>
        new("in_the_past", $"{what} must not be in the past.", Details: DomainError.DetailsOf(("field", what)));

    public static DomainError CashMismatch(Money due, Money? collected) =>
        new("cash_mismatch", $"{due} is due in cash, {collected?.ToString() ?? "nothing"} was recorded.",
            Details: DomainError.DetailsOf(("due", due), ("collected", collected)));

    public static readonly DomainError NotHandedOver =
        new("goods_not_handed_over", "The goods have not left: there is nothing to put back on the shelf. Cancel the order instead.", ErrorKind.Conflict);

    /// <summary>What was held for the order is gone.</summary>
    public static readonly DomainError NotPaid = new("order_not_paid", "The customer's payment was withdrawn: reject the order, or have it placed anew.", ErrorKind.Conflict);

    public static readonly DomainError GoodsRefunded =
        new("goods_refunded", "Goods of this order were refunded: its lines say what for, and stay.", ErrorKind.Conflict);

    public static readonly DomainError WouldBeEmpty = new("order_would_be_empty", "An order has at least one line. Cancel it instead.");

    public static readonly DomainError NothingToCapture =
        new("nothing_to_capture", "Nothing would be left to be taken of what is held by card. Cancel the order instead.");

    /// <param name="most">What was authorized, or what was paid and not given back.</param>
    public static DomainError ExceedsPayment(Money most, Money total) =>
        new("amendment_exceeds_payment", $"{most} are paid by card at most, the order would come to {total}.", Details: DomainError.DetailsOf(("most", most), ("total", total)));

    public static DomainError ConsentRequired(Money before, Money total) => new(
        "consent_required", $"The order would come to {total} instead of {before}: the customer has to agree to that.",
        Details: DomainError.DetailsOf(("previous_total", before), ("total", total)));

    public static DomainError UnknownLine(int lineNo) =>
        new("line_unknown", $"The order has no line {lineNo}.", Details: DomainError.DetailsOf(("line_no", lineNo)));

    public static DomainError RefundsTooMuch(int lineNo, decimal left) =>
        new("refunds_too_much", $"Of line {lineNo} {left} are left that were not refunded, or put back on the shelf.",
            Details: DomainError.DetailsOf(("line_no", lineNo), ("left", left)));
}
