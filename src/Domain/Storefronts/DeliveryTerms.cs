using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Storefronts;

/// <summary>
/// Delivers to places at most <paramref name="RadiusKm"/> kilometres from <paramref name="Location"/>. Without a
/// <paramref name="Fee"/> the one of the business's settings is charged.
/// </summary>
/// <param name="Zones">Where there are some, nothing is delivered beyond them; the first one that holds a place says on what terms it is. Null: all of the area is one.</param>
public sealed record DeliveryTerms(GeoPoint Location, double RadiusKm, Money? Fee = null, DeliveryZone[]? Zones = null)
{
    public const int MaxZones = 50;

    /// <summary>Of all zones: every order looks at them.</summary>
    public const int MaxCorners = 2_000;

    /// <summary>Whether the place has to be known before anything is brought there.</summary>
    [JsonIgnore]
    public bool HasZones => Zones is [_, ..];

    /// <summary>Whether its terms are in some currency.</summary>
    [JsonIgnore]
    public bool HasAmounts => Fee is not null || Zones?.Any(zone => zone.Fee is not null || zone.MinimumOrder is not null) is true;

    public bool Reaches(GeoPoint place) => Location.DistanceKm(place) <= RadiusKm && (!HasZones || ZoneOf(place) is not null);

    /// <summary>Null where there are no zones, or the place is in none.</summary>
    public DeliveryZone? ZoneOf(GeoPoint place) => Zones is null ? null : Array.Find(Zones, zone => zone.Holds(place, Location));

    public bool SameAs(DeliveryTerms other) =>
        this with { Zones = other.Zones } == other && (Zones ?? []).SequenceEqual(other.Zones ?? [], DeliveryZone.SameTerms);

    internal void Validate(string currency)
    {
        Check.That(Location.IsOnEarth() && RadiusKm is > 0 and <= 500, StorefrontErrors.DeliveryInvalid);
        Check.That(StorefrontSettings.IsAmount(Fee, currency), StorefrontErrors.AmountInvalid);
        var zones = Zones ?? [];
        Check.That(zones.Length <= MaxZones && zones.All(zone => zone.IsValid), StorefrontErrors.ZoneInvalid);
        Check.That(zones.Sum(zone => zone.Area?.Length ?? 0) <= MaxCorners, StorefrontErrors.ZoneInvalid);
        Check.That(zones.DistinctBy(zone => zone.Name.Trim(), StringComparer.OrdinalIgnoreCase).Count() == zones.Length, StorefrontErrors.ZoneInvalid);
        Check.That(zones.All(zone => zone.HasAmountsIn(currency)), StorefrontErrors.AmountInvalid);
    }
}

/// <summary>A part of the area with terms of its own: a ring of the city, or a quarter.</summary>
/// <param name="RadiusKm">It holds what is so near to where deliveries start; null: it has an <paramref name="Area"/>.</param>
/// <param name="Area">The corners of what it holds, in turn, the first one once; no side crosses another or the 180th meridian.</param>
/// <param name="Fee">Null: as everywhere.</param>
/// <param name="MinimumOrder">Of the goods; null: as everywhere.</param>
public sealed record DeliveryZone(string Name, double? RadiusKm = null, GeoPoint[]? Area = null, Money? Fee = null, Money? MinimumOrder = null)
{
    public const int MaxCorners = 200;

    internal static readonly IEqualityComparer<DeliveryZone> SameTerms = EqualityComparer<DeliveryZone>.Create(
        (one, other) => one is not null && other is not null && one with { Area = other.Area } == other && (one.Area ?? []).SequenceEqual(other.Area ?? []),
        zone => zone.Name.GetHashCode(StringComparison.Ordinal));

    internal bool IsValid => Check.IsText(Name, 100) && (RadiusKm, Area) switch
    {
        ({ } radius, null) => radius is > 0 and <= 500,
        (null, { Length: >= 3 and <= MaxCorners } corners) => corners.All(corner => corner.IsOnEarth()),
        _ => false,
    };

    internal bool HasAmountsIn(string currency) => StorefrontSettings.IsAmount(Fee, currency) && StorefrontSettings.IsAmount(MinimumOrder, currency);

    internal bool Holds(GeoPoint place, GeoPoint from) => RadiusKm is { } radius ? from.DistanceKm(place) <= radius : IsWithin(place, Area!);

    /// <summary>Whether a line from the place to the east leaves the area once more than it enters it (the even-odd rule). Degrees are taken for a plane, which they are for a city.</summary>
    private static bool IsWithin(GeoPoint place, GeoPoint[] corners)
    {
        var within = false;
        var from = corners[^1];
        foreach (var to in corners)
        {
            if (from.Latitude > place.Latitude != to.Latitude > place.Latitude
                && place.Longitude < from.Longitude + ((place.Latitude - from.Latitude) / (to.Latitude - from.Latitude) * (to.Longitude - from.Longitude)))
            {
                within = !within;
            }

            from = to;
        }

        return within;
    }
}
