using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Mainstreet.Api.Tests;

/// <summary>
/// What of a value contradicts a JSON Schema, by the words that the product's schemas use. A word that is not among them is
/// refused, so that none goes unchecked.
/// </summary>
internal static class SchemaCheck
{
    private static readonly string[] notes = ["$schema", "title", "description", "x-personal-data"];

    /// <summary>Each with the place, such as <c>/data/total: is not an integer</c>; none when all is well.</summary>
    public static IEnumerable<string> Violations(JsonObject schema, JsonElement value, string place = "") => schema
        .Where(word => !notes.Contains(word.Key, StringComparer.Ordinal))
        .SelectMany(word => word.Key switch
        {
            "type" => Says(IsOfType(word.Value!.GetValue<string>(), value), $"is not of type {word.Value}"),
            "const" => Says(JsonNode.DeepEquals(word.Value, Node(value)), $"is not {word.Value!.ToJsonString()}"),
            "enum" => Says(word.Value!.AsArray().Any(one => JsonNode.DeepEquals(one, Node(value))), "is not one of the allowed values"),
            "format" => Says(value.ValueKind is not JsonValueKind.String || HasFormat(word.Value!.GetValue<string>(), value), $"is not a {word.Value}"),
            "pattern" => Says(Regex.IsMatch(value.GetString()!, word.Value!.GetValue<string>(), RegexOptions.None, TimeSpan.FromSeconds(1)), $"does not match {word.Value}"),
            "required" => value.ValueKind is not JsonValueKind.Object ? [] : word.Value!.AsArray().Select(name => name!.GetValue<string>())
                .Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{place}/{name}: is missing"),
            "properties" => value.ValueKind is not JsonValueKind.Object ? [] : word.Value!.AsObject()
                .SelectMany(member => value.TryGetProperty(member.Key, out var inner) ? Violations(member.Value!.AsObject(), inner, $"{place}/{member.Key}") : []),
            "items" => value.ValueKind is not JsonValueKind.Array ? [] : value.EnumerateArray()
                .SelectMany((item, i) => Violations(word.Value!.AsObject(), item, $"{place}/{i}")),
            "additionalProperties" => value.ValueKind is not JsonValueKind.Object ? [] : value.EnumerateObject()
                .SelectMany(member => Violations(word.Value!.AsObject(), member.Value, $"{place}/{member.Name}")),
            _ => throw new NotSupportedException($"{place}: this check does not know the word {word.Key}."),
        })
        .Select(said => said.Contains(": ", StringComparison.Ordinal) ? said : $"{place}: {said}");

    private static string[] Says(bool holds, string otherwise) => holds ? [] : [otherwise];

    private static bool IsOfType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind is JsonValueKind.Object,
        "array" => value.ValueKind is JsonValueKind.Array,
        "string" => value.ValueKind is JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind is JsonValueKind.Number,
        "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new NotSupportedException($"This check does not know the type {type}."),
    };

    private static bool HasFormat(string format, JsonElement value) => format switch
    {
        "uuid" => value.TryGetGuid(out _),
        "date-time" => value.TryGetDateTimeOffset(out _),
        "date" => DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", out _),
        _ => throw new NotSupportedException($"This check does not know the format {format}."),
    };

    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText());
}
