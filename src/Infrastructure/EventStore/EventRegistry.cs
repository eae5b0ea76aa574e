using System.Collections;
using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>One stored event type.</summary>
/// <param name="Present">What a reader meets: the record itself, or that which took the place of a former shape.</param>
/// <param name="Subject">Reads whose personal data the event carries; null for a type without personal data.</param>
/// <param name="PersonalPaths">JSON paths of the encrypted members; "*" stands for every item of an array.</param>
internal sealed record EventKind(
    string Name,
    Type ClrType,
    Type Present,
    JsonTypeInfo Json,
    bool Internal,
    Func<IEvent, Guid>? Subject,
    IReadOnlyList<string[]> PersonalPaths);

/// <summary>All event types of the domain by their stored names and by their records.</summary>
internal sealed class EventRegistry
{
    private readonly FrozenDictionary<string, EventKind> byName;
    private readonly FrozenDictionary<Type, EventKind> byType;

    public EventRegistry() : this([], EventJson.Options)
    {
    }

    /// <param name="others">Event types of another assembly than the domain's.</param>
    /// <param name="json">How all of them are stored.</param>
    internal EventRegistry(IEnumerable<Type> others, JsonSerializerOptions json)
    {
        var kinds = typeof(IEvent).Assembly.GetTypes()
            .Where(type => typeof(IEvent).IsAssignableFrom(type) && !type.IsAbstract && !type.IsInterface)
            .Concat(others)
            .Select(type => Describe(type, json))
            .ToArray();
        byName = kinds.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);
        byType = kinds.ToFrozenDictionary(kind => kind.ClrType);
    }

    public IEnumerable<EventKind> All => byType.Values.OrderBy(kind => kind.Name, StringComparer.Ordinal);

    public EventKind Of(IEvent e) => Of(e.GetType());

    public EventKind Of(Type type) => byType[type];

    public EventKind? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Errors: UnknownTypeException.</summary>
    public EventKind Named(string name) => Find(name) ?? throw new UnknownTypeException("event", name);

    private static EventKind Describe(Type type, JsonSerializerOptions json)
    {
        var attribute = type.GetCustomAttribute<EventTypeAttribute>()
            ?? throw new InvalidOperationException($"{type.Name} has no [EventType].");
        var paths = PersonalPaths(type).ToArray();
        return new(attribute.Name, type, PresentOf(type), json.GetTypeInfo(type), attribute.Internal, paths.Length == 0 ? null : SubjectOf(type), paths);
    }

    private static Type PresentOf(Type type) =>
        type.GetInterfaces().SingleOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IFormerShape<>)) is { } former
            ? PresentOf(former.GetGenericArguments()[0])
            : type;

    private static Func<IEvent, Guid> SubjectOf(Type type)
    {
        var property = type.GetProperties().SingleOrDefault(p => p.IsDefined(typeof(DataSubjectAttribute)))
            ?? throw new InvalidOperationException($"{type.Name} carries personal data but no [DataSubject].");
        if (property.PropertyType == typeof(Guid))
        {
            return e => (Guid)property.GetValue(e)!;
        }

        var value = property.PropertyType.GetProperty("Value")!;
        return e => (Guid)value.GetValue(property.GetValue(e))!;
    }

    private static IEnumerable<string[]> PersonalPaths(Type type)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            if (property.IsDefined(typeof(PersonalDataAttribute)))
            {
                yield return [name];
                continue;
            }

            var item = ItemType(property.PropertyType);
            var nested = item ?? property.PropertyType;
            if (nested.IsClass && nested.Namespace?.StartsWith("Mainstreet", StringComparison.Ordinal) == true)
            {
                foreach (var path in PersonalPaths(nested))
                {
                    yield return item is null ? [name, .. path] : [name, "*", .. path];
                }
            }
        }
    }

    private static Type? ItemType(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) && type.GetGenericArguments() is [var item] ? item
        : null;
}
