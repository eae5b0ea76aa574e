namespace Mainstreet.Domain.Orders;

/// <summary>Why an order is refused.</summary>
public static class OrderErrors
{
    public static readonly DomainError AddressRequired = new("address_required", "A delivery needs an address.");

    public static readonly DomainError DiscountExceedsSubtotal = new("discount_exceeds_subtotal", "The discount is more than the goods cost.");

    public static readonly DomainError LinesNotNumbered = new("lines_not_numbered", "Lines are numbered 1, 2, 3 and so on.");

    public static DomainError LineCount(int count) =>
        new("line_count", $"An order has 1 to {OrderDraft.MaxLines} lines, this one has {count}.");

    public static DomainError InvalidQuantity(int lineNo, decimal quantity) =>
        new("invalid_quantity", $"Line {lineNo}: a quantity is above 0, at most {Quantities.Max} and has at most 3 decimals.",
            Details: Details(("line_no", lineNo), ("quantity", quantity)));

    public static DomainError AmountOutOfRange(string what) =>
        new("amount_out_of_range", $"{what} is negative or above {Money.MaxAmount} minor units.");

    public static DomainError TotalsMismatch(string what, Money stated, Money right) =>
        new("totals_mismatch", $"{what} does not add up to {stated}.", Details: Details(("stated", stated), ("calculated", right)));

    public static DomainError InThePast(string what) =>
        new("in_the_past", $"{what} must not be in the past.", Details: Details(("field", what)));

    public static DomainError CashMismatch(Money due, Money? collected) =>
        new("cash_mismatch", $"{due} is due in cash, {collected?.ToString() ?? "nothing"} was recorded.",
            Details: Details(("due", due), ("collected", collected)));

    private static Dictionary<string, object?> Details(params (string Name, object? Value)[] details) =>
        details.ToDictionary(detail => detail.Name, detail => detail.Value, StringComparer.Ordinal);
}
