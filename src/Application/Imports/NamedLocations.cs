using Mainstreet.Application.Stock;
using Mainstreet.Domain;
using Mainstreet.Domain.Stock;

namespace Mainstreet.Application.Imports;

/// <summary>Which locations the rows of a file mean: by their id, or by their name or id in the column <c>location</c>.</summary>
internal sealed class NamedLocations(IReadOnlyDictionary<string, LocationId> byName)
{
    /// <summary>Only looked up where a row names one.</summary>
    public static async Task<NamedLocations> Find(IReadStore reads, IReadOnlyCollection<StockRow> rows, CancellationToken cancellationToken)
    {
        string[] keys = [.. rows.Where(row => row.LocationId is null).Select(row => row.Location).OfType<string>().Select(SearchText.Fold).Distinct(StringComparer.Ordinal)];
        if (keys.Length == 0)
        {
            return new(new Dictionary<string, LocationId>(StringComparer.Ordinal));
        }

        var known = await reads.List<Known>(
            $"select location_id, name_key from {LocationView.All} l where not retired and name_key = any (@keys)",
            new { Keys = keys, DefaultId = LocationId.Default, DefaultName = Location.Default.Name, LocationView.DefaultKey }, cancellationToken);
        return new(known.ToDictionary(location => location.NameKey, location => location.LocationId, StringComparer.Ordinal));
    }

    /// <summary>Null: the default location. What is unknown has an id that no location has.</summary>
    public LocationId? Of(StockRow row) =>
        row.LocationId is { } id ? LocationId.Further(id.Value)
        : row.Location is not { } name ? null
        : byName.TryGetValue(SearchText.Fold(name), out var named) ? LocationId.Further(named.Value)
        : LocationId.Further(Guid.TryParse(name, out var said) ? said : Uuid.Named("no location", name));

    private sealed record Known(LocationId LocationId, string NameKey);
}
