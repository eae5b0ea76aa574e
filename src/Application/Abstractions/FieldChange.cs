using System.Text.Json.Nodes;

namespace Mainstreet.Application;

/// <summary>A field that an event changed.</summary>
/// <param name="Field">A JSON pointer, such as /settings/branding/company_name.</param>
/// <param name="Before">Null where it had no value.</param>
/// <param name="After">Null where it has none any more.</param>
public sealed record FieldChange(string Field, JsonNode? Before, JsonNode? After)
{
    /// <summary>What differs between two rows of a view, as they are shown; null is a row that is not there. Arrays differ as a whole.</summary>
    public static IReadOnlyList<FieldChange> Between(object? before, object? after)
    {
        var changes = new List<FieldChange>();
        if (!ReferenceEquals(before, after))
        {
            Compare("", before is null ? [] : ShownState.Of(before), after is null ? [] : ShownState.Of(after), changes);
        }

        return changes;
    }

    private static void Compare(string pointer, JsonObject before, JsonObject after, List<FieldChange> changes)
    {
        foreach (var name in before.Select(field => field.Key).Union(after.Select(field => field.Key), StringComparer.Ordinal))
        {
            var field = $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
            switch (before[name], after[name])
            {
                case (JsonObject left, JsonObject right):
                    Compare(field, left, right, changes);
                    break;
                case var (left, right) when !JsonNode.DeepEquals(left, right):
                    changes.Add(new(field, left?.DeepClone(), right?.DeepClone()));
                    break;
            }
        }
    }
}
