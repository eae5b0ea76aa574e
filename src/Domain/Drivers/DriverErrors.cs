using System.Text.Json;

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

    public static readonly DomainError NoApplication = DomainError.NotFound("application");
    public static readonly DomainError DocumentExpired =
        Invalid("document_expired", "A document needs a day until which it is good, from today on; only a vehicle's registration may have none.");

    public static readonly DomainError FileTypeUnknown = Invalid("file_type_unknown", "The file is neither PDF nor JPEG nor PNG.");

    public static readonly DomainError TooManyDocuments =
        new("too_many_documents", $"At most {Applicant.MaxSubmissions} documents can be handed in.", ErrorKind.Conflict);

    public static DomainError DocumentsMissing(DocumentKind[] missing) => new(
        "documents_missing", "Not all documents that are needed for the vehicle are approved and good.", ErrorKind.Conflict,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["documents"] = missing.Select(kind => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString())).ToArray() });

    private static DomainError Invalid(string code, string message) => new(code, message, ErrorKind.Invalid);
}
