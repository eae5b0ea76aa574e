namespace Mainstreet.Domain;

/// <summary>How a person can be reached. Whoever stores it names the person with <see cref="DataSubjectAttribute"/>.</summary>
public sealed record Contact(
    [property: PersonalData] string? Name,
    [property: PersonalData] string? Email,
    [property: PersonalData] string? Phone);

/// <summary>Where a person is. Country is ISO 3166-1 alpha-2; latitude and longitude are degrees (WGS 84).</summary>
public sealed record Address(
    [property: PersonalData] string Line,
    [property: PersonalData] string City,
    [property: PersonalData] string? PostalCode,
    [property: PersonalData] string Country,
    [property: PersonalData] double? Latitude = null,
    [property: PersonalData] double? Longitude = null,
    [property: PersonalData] string? Instructions = null);
