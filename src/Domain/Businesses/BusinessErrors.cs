namespace Mainstreet.Domain.Businesses;

public static class BusinessErrors
{
    public static readonly DomainError IdReserved = new("id_reserved", "This id belongs to the platform.", ErrorKind.Conflict);
    public static readonly DomainError NameInvalid = Invalid("name_invalid", "A name has 1 to 200 characters.");
    public static readonly DomainError SubdomainInvalid = OfSubdomain("subdomain_invalid", "A subdomain has 3 to 63 lower-case letters and digits, with single hyphens inside.", ErrorKind.Invalid);
    public static readonly DomainError SubdomainReserved = OfSubdomain("subdomain_reserved", "This subdomain is reserved.", ErrorKind.Conflict);
    public static readonly DomainError SubdomainTaken = OfSubdomain("subdomain_taken", "Another business has this subdomain, or had it before.", ErrorKind.Conflict);

    public static readonly DomainError FormerSubdomainsFull = new(
        "former_subdomains_full", $"A business keeps {Business.MostFormerSubdomains} former subdomains at most. It may go back to one of them.", ErrorKind.Conflict,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["limit"] = Business.MostFormerSubdomains });

    public static readonly DomainError AlreadyExists = new("already_exists", "There is a business with this id already.", ErrorKind.Conflict);
    public static readonly DomainError CountryInvalid = Invalid("country_invalid", "A country is two capital letters of ISO 3166-1.");
    public static readonly DomainError TestClockMismatch = Invalid("test_clock_mismatch", "A test business has a test clock, a live one has none.");

    public static readonly DomainError OwnerExists = new("owner_exists", "The business has an owner, who invites whom they want.", ErrorKind.Conflict);

    public static readonly DomainError StepDoneByDoing = new("step_done_by_doing", "This step is done by doing it: follow its link.", ErrorKind.Conflict);
    public static readonly DomainError StepNeeded = new("step_needed", "There is no business without this step.", ErrorKind.Conflict);

    public static readonly DomainError ProfileInvalid = Invalid("profile_invalid", "The members of a profile have at most 200 characters, its logo an http(s) address.");
    public static readonly DomainError AddressInvalid = Invalid("address_invalid", "An address has a line, a city, a country and, if known, both its latitude and its longitude in degrees.");
    public static readonly DomainError LocaleInvalid = Invalid("locale_invalid", "A locale is a language such as en, or with a region such as en-GB.");
    public static readonly DomainError TimeoutInvalid = Invalid("timeout_invalid", "Acceptance and payment wait from 1 to 1,440 minutes.");
    public static readonly DomainError DeliveryFeeInvalid = Invalid("delivery_fee_invalid", "A delivery fee is not negative and in the business's currency.");
    public static readonly DomainError OrderPrefixInvalid = Invalid("order_prefix_invalid", "An order prefix has at most 10 capital letters, digits and hyphens.");
    public static readonly DomainError TaxRateInvalid = Invalid("tax_rate_invalid", "A tax rate is from 0 to 100 percent with at most 3 decimals.");
    public static readonly DomainError OriginsInvalid = Invalid("origins_invalid", "Allowed origins are at most 20 different ones such as https://shop.example or https://shop.example:8443, without a path.");
    public static readonly DomainError OriginNotHttps = new("https_required", "Outside test businesses an allowed origin is an https one.");
    public static readonly DomainError CurrencyFixed = new("currency_fixed", "The currency is fixed once there are prices or orders in it.", ErrorKind.Conflict);

    /// <summary>business_suspended, business_closing or business_closed: it is not let through in this state.</summary>
    public static DomainError NotOpen(BusinessStatus status)
    {
        var name = status.ToString().ToLowerInvariant();
        return new($"business_{name}", $"The business is {name}.", ErrorKind.Locked);
    }

    private static DomainError OfSubdomain(string code, string message, ErrorKind kind) => new(code, message, kind) { Place = "/subdomain" };

    private static DomainError Invalid(string code, string message) => new(code, message, ErrorKind.Invalid);
}
