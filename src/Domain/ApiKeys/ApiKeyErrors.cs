namespace Mainstreet.Domain.ApiKeys;

public static class ApiKeyErrors
{
    public static readonly DomainError NotFound = DomainError.NotFound("API key");
    public static readonly DomainError NameInvalid = Invalid("name_invalid", "The name of an API key has at most 100 characters.");
    public static readonly DomainError ScopesInvalid = Invalid("scopes_invalid", "A publishable key opens what everybody may do at the storefront; it takes no scopes.");
    public static readonly DomainError ExpiryInvalid = Invalid("expiry_invalid", "An API key expires at some later time, or never.");
    public static readonly DomainError OverlapInvalid = Invalid("overlap_invalid", "The key from before goes on for 0 to 7 days.");
    public static readonly DomainError Revoked = new("api_key_revoked", "The API key is revoked, and stays so.", ErrorKind.Conflict);
    public static readonly DomainError Expired = new("api_key_expired", "The API key has expired, and so would another secret of it. Create a new key.", ErrorKind.Conflict);
    public static readonly DomainError NotInPlan = new("api_access_not_in_plan", "The plan of this business does not include access by API keys.", ErrorKind.Forbidden);

    public static DomainError ScopesAboveYours(params string[] scopes) => new(
        "scopes_above_yours", $"Nobody gives a key what they do not hold themselves: {string.Join(", ", scopes)}.", ErrorKind.Forbidden,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["scopes"] = scopes });

    private static DomainError Invalid(string code, string message) => new(code, message, ErrorKind.Invalid);
}
