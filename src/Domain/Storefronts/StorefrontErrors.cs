namespace Mainstreet.Domain.Storefronts;

public static class StorefrontErrors
{
    public static readonly DomainError OpeningHoursInvalid = Invalid("opening_hours_invalid", "Opening hours are at most 50 periods between whole minutes of weekdays.");
    public static readonly DomainError ImageInvalid = Invalid("image_invalid", "A logo or banner has an http(s) address.");
    public static readonly DomainError ColorInvalid = Invalid("color_invalid", "A colour is # and six hexadecimal digits.");
    public static readonly DomainError CompanyNameInvalid = Invalid("company_name_invalid", "A company name has at most 200 characters.");
    public static readonly DomainError DeliveryInvalid = Invalid("delivery_invalid", "Delivery starts at a place on earth and reaches up to 500 km.");
    public static readonly DomainError ZoneInvalid = Invalid(
        "zone_invalid", $"There are at most {DeliveryTerms.MaxZones} zones, each with a name of its own and either a radius of up to 500 km or an area of 3 to {DeliveryZone.MaxCorners} corners on earth, {DeliveryTerms.MaxCorners} in all.");
    public static readonly DomainError AmountInvalid = Invalid("amount_invalid", "A fee or minimum is not negative and in the business's currency.");

    /// <summary><c>missing</c> names everything that is still needed.</summary>
    public static DomainError NotReady(IReadOnlyCollection<string> missing) =>
        new("storefront_not_ready", $"Before it is published, the storefront needs: {string.Join(", ", missing)}.",
            Details: new Dictionary<string, object?>(StringComparer.Ordinal) { ["missing"] = missing });

    private static DomainError Invalid(string code, string message) => new(code, message, ErrorKind.Invalid);
}
