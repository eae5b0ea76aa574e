namespace Mainstreet.Domain;

/// <summary>A place on earth, in degrees (WGS 84).</summary>
public sealed record GeoPoint(double Latitude, double Longitude)
{
    private const double EarthRadiusKm = 6371.0088;

    public bool IsOnEarth() => Latitude is >= -90 and <= 90 && Longitude is >= -180 and <= 180;

    /// <summary>As the crow flies (haversine), in kilometres.</summary>
    public double DistanceKm(GeoPoint other)
    {
        var (from, to) = (double.DegreesToRadians(Latitude), double.DegreesToRadians(other.Latitude));
        var north = Math.Sin((to - from) / 2);
        var east = Math.Sin(double.DegreesToRadians(other.Longitude - Longitude) / 2);
        return 2 * EarthRadiusKm * Math.Asin(Math.Min(1, Math.Sqrt((north * north) + (Math.Cos(from) * Math.Cos(to) * east * east))));
    }
}
