using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using Mainstreet.Domain;

namespace Mainstreet.Application.Events;

/// <summary>A kind of event that leaves the product, such as order.placed.</summary>
/// <param name="SchemaVersion">Older events are read in this shape too.</param>
public sealed record PublicEventType(string Type, int SchemaVersion);

/// <summary>The public event types (requirements part 13), read from the domain's own declarations.</summary>
public static class EventCatalog
{
    /// <summary>By name.</summary>
    public static IReadOnlyList<PublicEventType> All { get; } =
    [
        .. typeof(IEvent).Assembly.GetTypes()
            .Select(type => type.GetCustomAttribute<EventTypeAttribute>())
            .Where(attribute => attribute is { Internal: false })
            .Select(attribute => Parse(attribute!.Name))
            .GroupBy(type => type.Type, (_, versions) => versions.MaxBy(type => type.SchemaVersion)!, StringComparer.Ordinal)
            .OrderBy(type => type.Type, StringComparer.Ordinal),
    ];

    private static readonly FrozenSet<string> known =
        All.SelectMany(type => (string[])[type.Type, type.Type[..type.Type.IndexOf('.', StringComparison.Ordinal)] + ".*"]).Append("*").ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether some event type can match: <c>order.placed</c>, <c>order.*</c> or <c>*</c>.</summary>
    public static bool Knows(string pattern) => known.Contains(pattern);

    private static PublicEventType Parse(string name)
    {
        var dot = name.LastIndexOf('.');
        return new(name[..dot], int.Parse(name.AsSpan(dot + 2), CultureInfo.InvariantCulture));
    }
}
