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

    /// <summary>Nobody gets a key to what they may not do themselves. Errors: scopes_above_yours (403).</summary>
    public static void CheckHolds(IReadOnlySet<string> held, IEnumerable<string> scopes)
    {
        string[] above = [.. scopes.Where(scope => !held.Contains(scope))];
        Check.That(above is [], ScopesAboveYours(above));
    }

    private static DomainError ScopesAboveYours(string[] scopes) => new(
        "scopes_above_yours", $"Nobody gets a key to what they may not do themselves: {string.Join(", ", scopes)}.", ErrorKind.Forbidden,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["scopes"] = scopes });

    private static DomainError Invalid(string code, string message) => new(code, message, ErrorKind.Invalid);
}
