namespace Mainstreet.Domain.Privacy;

/// <summary>Why an erasure is refused.</summary>
public static class PrivacyErrors
{
    public static readonly DomainError UnknownCustomer = DomainError.NotFound("customer");

    /// <summary>Of what was bought or said before an erasure.</summary>
    public static readonly DomainError CustomerErased =
        new("customer_erased", "The customer was erased since then: nothing is written down about them any more.", ErrorKind.Conflict);

    /// <summary>Says no more to anybody: the customer is told it too.</summary>
    public static readonly DomainError OnLegalHold =
        new("legal_hold", "Retention duties stand against it: the data cannot be erased at present.", ErrorKind.Conflict);

    public static readonly DomainError HoldReasonInvalid =
        new("reason_invalid", $"A reason has 1 to {LegalHold.MaxReason} characters.", ErrorKind.Invalid) { Place = "/reason" };

    public static readonly DomainError HoldUntilInvalid =
        new("until_invalid", "A legal hold ends in the future, or when it is lifted.", ErrorKind.Invalid) { Place = "/until" };

    public static DomainError OpenOrders(IReadOnlyList<string> numbers) => new(
        "customer_has_open_orders", "Orders that are not finished still need the customer's name and address: finish or cancel them first.", ErrorKind.Conflict,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["orders"] = numbers });
}
