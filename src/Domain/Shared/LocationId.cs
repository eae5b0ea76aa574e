using System.Text.Json.Serialization;

namespace Mainstreet.Domain;

/// <summary>Where goods are kept (STK-07).</summary>
[JsonConverter(typeof(IdJsonConverter<LocationId>))]
public readonly record struct LocationId(Guid Value) : IId<LocationId>
{
    /// <summary>Of the location that every business has from its beginning, the same in all of them; events of goods that are there name none.</summary>
    public static LocationId Default { get; } = new(Uuid.Named("default_location"));

    /// <summary>As events name it: null is the default location, by its id too.</summary>
    public static LocationId? Further(Guid? id) => id is { } value && value != Default.Value ? new(value) : null;

    public static LocationId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
