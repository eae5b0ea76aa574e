using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Stock;

/// <summary>
/// Where goods are kept (STK-07): in use, then retired. The default one is there from the beginning of the business; its stream begins when somebody names it.
/// </summary>
public sealed record Location(LocationId Id, string Name, string? Address, bool Retired) : IAggregate<Location, LocationEvent>
{
    public const int MaxName = 100;

    public const int MaxAddress = 500;

    /// <summary>The location of every business, before anybody has named it.</summary>
    public static Location Default { get; } = new(LocationId.Default, "Main location", null, Retired: false);

    /// <summary>Rejects <c>name_invalid</c> and <c>address_invalid</c>.</summary>
    public static LocationEvent[] Create(LocationId id, string name, string? address, DateTimeOffset now)
    {
        CheckTexts(name, address);
        return [new LocationCreated(id, name, address, now)];
    }

    /// <summary>Rejects <c>name_invalid</c> and <c>address_invalid</c>.</summary>
    public LocationEvent[] Rename(string name, string? address, DateTimeOffset now)
    {
        CheckTexts(name, address);
        return string.Equals(name, Name, StringComparison.Ordinal) && string.Equals(address, Address, StringComparison.Ordinal)
            ? []
            : [new LocationRenamed(Id, name, address, now)];
    }

    /// <summary>Nothing is kept there any more. Rejects <c>default_location</c> and <c>location_in_use</c>.</summary>
    /// <param name="hasGoods">Something is there, owed or promised.</param>
    /// <param name="hasRegister">A till stands there.</param>
    /// <param name="now">When.</param>
    public LocationEvent[] Retire(bool hasGoods, bool hasRegister, DateTimeOffset now)
    {
        Check.That(Id != LocationId.Default, LocationErrors.IsDefault);
        Check.That(Retired || !(hasGoods || hasRegister), LocationErrors.InUse(hasGoods, hasRegister));
        return Retired ? [] : [new LocationRetired(Id, now)];
    }

    /// <summary>Rejects <c>location_retired</c>.</summary>
    public Location InUse()
    {
        Check.That(!Retired, LocationErrors.Retired);
        return this;
    }

    public static Location Evolve(Location? state, LocationEvent e) => (state, e) switch
    {
        (null, LocationCreated created) => new(created.LocationId, created.Name, created.Address, Retired: false),
        (null, LocationRenamed renamed) when renamed.LocationId == LocationId.Default => Default with { Name = renamed.Name, Address = renamed.Address },
        ({ }, LocationRenamed renamed) => state with { Name = renamed.Name, Address = renamed.Address },
        ({ }, LocationRetired) => state with { Retired = true },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(state is null ? "an empty stream" : state.Name)}."),
    };

    private static void CheckTexts(string name, string? address)
    {
        Check.That(Check.IsText(name, MaxName), LocationErrors.NameInvalid);
        Check.That(Check.IsOptionalText(address, MaxAddress), LocationErrors.AddressInvalid);
    }
}

public abstract record LocationEvent : IEvent;

[EventType("location.created.v1", Description = "Goods can be kept at a further location.")]
public sealed record LocationCreated(LocationId LocationId, string Name, string? Address, DateTimeOffset At) : LocationEvent;

[EventType("location.renamed.v1", Description = "A location has another name or address.")]
public sealed record LocationRenamed(LocationId LocationId, string Name, string? Address, DateTimeOffset At) : LocationEvent;

[EventType("location.retired.v1", Description = "Nothing is kept at a location any more.")]
public sealed record LocationRetired(LocationId LocationId, DateTimeOffset At) : LocationEvent;

[JsonSerializable(typeof(LocationCreated))]
[JsonSerializable(typeof(LocationRenamed))]
[JsonSerializable(typeof(LocationRetired))]
internal sealed partial class LocationJson : JsonSerializerContext;
