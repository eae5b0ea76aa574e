namespace Mainstreet.Domain.Drivers;

public static class DriverErrors
{
    public static readonly DomainError NotFound = DomainError.NotFound("driver");
    public static readonly DomainError NameInvalid = Invalid("name_invalid", "A name has 1 to 200 characters.");
    public static readonly DomainError PhoneInvalid = Invalid("phone_invalid", "A phone number has at most 40 characters.");
    public static readonly DomainError DocumentInvalid = Invalid("document_invalid", "A plate or licence number has at most 50 characters.");
    public static readonly DomainError ReasonInvalid = Invalid("reason_invalid", "A reason has at most 500 characters.");
    public static readonly DomainError PriorityInvalid = Invalid("priority_invalid", "A priority is from 1, asked first, to 100.");
    public static readonly DomainError NotABusiness = Invalid("not_a_business", "Drivers are dedicated to businesses.");

    private static DomainError Invalid(string code, string message) => new(code, message, ErrorKind.Invalid);
}
