using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mainstreet.Application;

/// <summary>Marks members of a view record that are kept to find or to check a row, and are not shown with it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotShownAttribute : Attribute;

/// <summary>What is shown of a view's row: its members in snake_case, but for those that are <see cref="NotShownAttribute"/>.</summary>
public static class ShownState
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Members = new();

    public static JsonObject Of(object view)
    {
        var shown = new JsonObject();
        foreach (var member in Members.GetOrAdd(view.GetType(), MembersOf))
        {
            if (member.GetValue(view) is { } value)
            {
                shown[JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name)] = JsonSerializer.SerializeToNode(value, member.PropertyType, StoredJson.Options);
            }
        }

        return shown;
    }

    /// <summary>Which members of a view's rows are shown, in the order in which the record has them.</summary>
    public static PropertyInfo[] MembersOf(Type view) =>
    [
        .. view.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!.GetParameters()
            .Select(parameter => view.GetProperty(parameter.Name!)!)
            .Where(property => !property.IsDefined(typeof(NotShownAttribute))),
    ];
}
