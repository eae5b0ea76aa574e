namespace Mainstreet.Domain.Deliveries;

public static class DeliveryErrors
{
    /// <summary>A driver must not learn that another driver's delivery exists.</summary>
    public static readonly DomainError NotFound = DomainError.NotFound("delivery");

    public static readonly DomainError OrderNumberMissing = Invalid("order_number_missing", "A delivery names its order's number.");
    public static readonly DomainError PickupInvalid = Invalid("pickup_invalid", "A pickup has a name of at most 200 and a phone number of at most 200 characters.");
    public static readonly DomainError DropOffInvalid = Invalid("address_required", "A delivery needs an address.");
    public static readonly DomainError AmountInvalid = Invalid("amount_invalid", "Cash to collect is more than nothing, a fee is not negative, and both have one currency.");
    public static readonly DomainError ReasonInvalid = Invalid("reason_invalid", "A reason or note has at most 500 characters.");
    public static readonly DomainError FailureReasonMissing = Invalid("failure_reason_missing", "A failed delivery has a reason.");
    public static readonly DomainError ProofInvalid = Invalid("proof_invalid", "A proof has a photo, a signature or a code, and possibly a note and a position.");

    public static readonly DomainError NotForDelivery = new("not_for_delivery", "The customer collects this order.");
    public static readonly DomainError NotAssigned = new("not_assigned", "The order was not given to a driver.", ErrorKind.Conflict);
    public static readonly DomainError TooManyDeliveries = new("too_many_deliveries", $"An order is driven at most {Delivery.MostPerOrder} times.");
    public static readonly DomainError ProofRequired = new("proof_required", "A delivery is completed after its proof was submitted.");
    public static readonly DomainError NoCashDue = new("no_cash_due", "Nothing is due at the door.");
    public static readonly DomainError CashCollectedAlready = new("cash_collected_already", "Another amount was collected before.", ErrorKind.Conflict);

    /// <summary>The driver is there, the goods are not.</summary>
    public static DomainError OrderNotReady(string orderStatus) => new(
        "order_not_ready", "The order is not ready to be picked up.", ErrorKind.Conflict,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["current_status"] = orderStatus, ["allowed_transitions"] = (string[])["failed"] });

    public static DomainError CashDue(Money due) => new("cash_due", $"At least {due} is to be collected at the door.",
        Details: new Dictionary<string, object?>(StringComparer.Ordinal) { ["due"] = due });

    private static DomainError Invalid(string code, string message) => new(code, message, ErrorKind.Invalid);
}
