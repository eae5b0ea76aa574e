using Mainstreet.Domain;
using Mainstreet.Domain.Stock;

namespace Mainstreet.Application.Stock;

/// <summary>One row per location that was created, and of the default one when it was named (STK-07).</summary>
/// <param name="NameKey">The name as lists are ordered by it, without regard to case and accents: of two locations it is never the same.</param>
public sealed record LocationView(
    [property: Key] LocationId LocationId, int Version, string Name, [property: NotShown] string NameKey, string? Address, bool Retired, DateTimeOffset? UpdatedAt)
{
    /// <summary>All of them, the default one also before it was named.</summary>
    internal const string All = """
        (select location_id, version, name, name_key, address, retired, updated_at from rm.locations
         union all
         select @default_id::uuid, 0, @default_name, @default_key, null, false, null where not exists (select from rm.locations where location_id = @default_id))
        """;

    internal static string DefaultKey { get; } = SearchText.Fold(Location.Default.Name);
}

internal sealed class LocationsProjection : Projection<LocationView>
{
    public LocationsProjection() : base("locations", version: 1, inline: true)
    {
        Unique(LocationErrors.NameTaken, "not retired", "name_key");
        On<LocationCreated>(e => Empty(e.LocationId), (_, e, context) => new(e.LocationId, context.Version, e.Name, SearchText.Fold(e.Name), e.Address, Retired: false, e.At));
        On<LocationRenamed>(
            e => Empty(e.LocationId),
            (row, e, context) => row with { Version = context.Version, Name = e.Name, NameKey = SearchText.Fold(e.Name), Address = e.Address, UpdatedAt = e.At });
        On<LocationRetired>(e => Empty(e.LocationId), (row, e, context) => row with { Version = context.Version, Retired = true, UpdatedAt = e.At });
    }

    private static LocationView Empty(LocationId id) => new(id, 0, "", "", null, Retired: false, null);
}
