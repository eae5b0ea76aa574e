using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mainstreet.Infrastructure.Archives;

/// <summary>
/// What an event's data must have. Stored events are read leniently, because they were good when they were recorded; what comes from
/// elsewhere could leave out what the folds rely on.
/// </summary>
internal static class RequiredMembers
{
    private static readonly ConcurrentDictionary<Type, Member[]> members = new();

    /// <summary>The first member that is missing, such as settings.currency; null: none is.</summary>
    public static string? Missing(Type type, JsonElement value)
    {
        foreach (var member in members.GetOrAdd(type, Describe))
        {
            var isThere = value.TryGetProperty(member.Name, out var inside) && inside.ValueKind != JsonValueKind.Null;
            if (!isThere && member.Required)
            {
                return member.Name;
            }

            if (isThere && member.Part is { } part && MissingInside(part, inside) is { } name)
            {
                return $"{member.Name}.{name}";
            }
        }

        return null;
    }

    private static string? MissingInside(Type part, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Object ? Missing(part, item) : null).FirstOrDefault(name => name is not null),
        JsonValueKind.Object => Missing(part, value),
        _ => null,
    };

    private static Member[] Describe(Type type)
    {
        var nullability = new NullabilityInfoContext();
        return
        [
            .. (type.GetConstructors() is [] ? [] : type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!.GetParameters()).Select(parameter => new Member(
                JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name!),
                !parameter.HasDefaultValue && nullability.Create(parameter).WriteState != NullabilityState.Nullable,
                Part(parameter.ParameterType))),
        ];
    }

    /// <summary>A record of the domain, alone or in an array; ids and the like are single values.</summary>
    private static Type? Part(Type type)
    {
        var part = type.GetElementType() ?? Nullable.GetUnderlyingType(type) ?? type;
        return part.Namespace?.StartsWith(nameof(Mainstreet), StringComparison.Ordinal) == true && !part.IsEnum && !part.IsDefined(typeof(JsonConverterAttribute)) ? part : null;
    }

    private sealed record Member(string Name, bool Required, Type? Part);
}
