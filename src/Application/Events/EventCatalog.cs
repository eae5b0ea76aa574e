using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mainstreet.Domain;

namespace Mainstreet.Application.Events;

/// <summary>A kind of event that leaves the product, such as order.placed.</summary>
/// <param name="SchemaVersion">Older events are read in this shape too.</param>
/// <param name="Description">What it means to whoever receives it.</param>
/// <param name="Data">The record that is its data.</param>
public sealed record PublicEventType(string Type, int SchemaVersion, string Description, Type Data)
{
    private readonly Lazy<JsonObject> schema = new(() => EventSchemas.Of(Type, SchemaVersion, Description, Data));
    private readonly Lazy<JsonElement> example = new(() => EventExamples.Of($"{Type}.v{SchemaVersion}", Data));

    /// <summary>Of the whole body, as JSON Schema 2020-12. A thin body is the same without its data.</summary>
    public JsonObject Schema => schema.Value;

    /// <summary>A whole body.</summary>
    public JsonElement Example => example.Value;
}

/// <summary>The public event types (requirements part 13), read from the domain's own declarations.</summary>
public static class EventCatalog
{
    /// <summary>By name.</summary>
    public static IReadOnlyList<PublicEventType> All { get; } =
    [
        .. typeof(IEvent).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<EventTypeAttribute>() is { Internal: false })
            .Select(Declared)
            .GroupBy(type => type.Type, (_, versions) => versions.MaxBy(type => type.SchemaVersion)!, StringComparer.Ordinal)
            .OrderBy(type => type.Type, StringComparer.Ordinal),
    ];

    private static readonly FrozenDictionary<string, PublicEventType> byName = All.ToFrozenDictionary(type => type.Type, StringComparer.Ordinal);

    private static readonly FrozenSet<string> known =
        All.SelectMany(type => (string[])[type.Type, EventEnvelope.SubjectOf(type.Type) + ".*"]).Append("*").ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether some event type can match: <c>order.placed</c>, <c>order.*</c> or <c>*</c>.</summary>
    public static bool Knows(string pattern) => known.Contains(pattern);

    /// <summary>The type of this name, such as order.placed; null where there is none.</summary>
    public static PublicEventType? Find(string type) => byName.GetValueOrDefault(type);

    private static PublicEventType Declared(Type data)
    {
        var declared = data.GetCustomAttribute<EventTypeAttribute>()!;
        return new(EventEnvelope.PublicTypeOf(declared.Name), EventEnvelope.SchemaVersionOf(declared.Name), declared.Description ?? "", data);
    }
}
