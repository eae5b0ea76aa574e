namespace Mainstreet.Domain.CustomDomains;

public static class CustomDomainErrors
{
    public static readonly DomainError Invalid = OfDomain("domain_invalid", "A domain is a host name such as shop.example.com, without scheme, port and path.", ErrorKind.Invalid);
    public static readonly DomainError Reserved = OfDomain("domain_reserved", "This domain is the platform's own, or one that nobody can have.", ErrorKind.Conflict);
    public static readonly DomainError NotForTests = OfDomain("domain_not_for_tests", "A domain of a test business ends with .test, which is nobody's outside.", ErrorKind.Conflict);
    public static readonly DomainError Exists = OfDomain("domain_exists", "The business has this domain already.", ErrorKind.Conflict);
    public static readonly DomainError Taken = new("domain_taken", "Another business has proved that this domain is its own.", ErrorKind.Conflict);
    public static readonly DomainError ChallengeExpired = new("domain_challenge_expired", "The record was not found in time. Add the domain again for another one.", ErrorKind.Conflict);
    public static readonly DomainError NotVerified = new("domain_not_verified", "There are certificates for verified domains only.", ErrorKind.Conflict);

    public static readonly DomainError TooMany = new(
        "domain_limit_reached", $"A business has {CustomDomain.Most} domains at most.", ErrorKind.Conflict,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["limit"] = CustomDomain.Most });

    private static DomainError OfDomain(string code, string message, ErrorKind kind) => new(code, message, kind) { Place = "/domain" };
}
