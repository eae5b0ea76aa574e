namespace Mainstreet.Domain.Businesses;

/// <summary>Who a business is. Requirement TEN-04.</summary>
public sealed record BusinessDetails(
    string Name,
    string? Type = null,
    string? RegistrationNumber = null,
    string? TaxNumber = null,
    BusinessAddress? Address = null,
    string? LogoUrl = null,
    string? Email = null,
    string? Phone = null)
{
    internal void Validate()
    {
        Check.That(Check.IsText(Name, 200), BusinessErrors.NameInvalid);
        Check.That(
            new[] { Type, RegistrationNumber, TaxNumber, Email, Phone }.All(text => Check.IsOptionalText(text, 200))
            && (LogoUrl is null || Check.IsWebAddress(LogoUrl)),
            BusinessErrors.ProfileInvalid);
        Address?.Validate();
    }
}

/// <summary>
/// Where a business is: public, unlike the <see cref="Address"/> of a person. Country is ISO 3166-1 alpha-2; latitude and
/// longitude are degrees (WGS 84).
/// </summary>
public sealed record BusinessAddress(string Line, string City, string? PostalCode, string Country, double? Latitude = null, double? Longitude = null)
{
    internal void Validate() => Check.That(
        Check.IsText(Line, 200) && Check.IsText(City, 200) && Check.IsOptionalText(PostalCode, 20)
        && Country is not null && Check.IsOptionalCountry(Country)
        && Latitude is null == Longitude is null && Latitude is null or (>= -90 and <= 90) && Longitude is null or (>= -180 and <= 180),
        BusinessErrors.AddressInvalid);
}
