using Mainstreet.Domain;

namespace Mainstreet.Application.Stock;

/// <summary>Rows of one location alone.</summary>
internal static class StockLocations
{
    /// <summary>A condition of SQL on the parameter <c>@location</c>, in words by which partial indexes are found; nothing for all locations.</summary>
    public static string Filter(string table, LocationId? location) =>
        location is null ? ""
        : location == LocationId.Default ? $"and {table}.location_id is null"
        : $"and {table}.location_id = @location";

    /// <summary>A condition of SQL: not where nothing is kept any more.</summary>
    public static string InUse(string table) => $"not exists (select from rm.locations l where l.location_id = {table}.location_id and l.retired)";
}
