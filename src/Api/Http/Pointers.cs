using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mainstreet.Api.Http;

/// <summary>JSON pointers (RFC 6901) from the ways in which .NET names a place in a document.</summary>
internal static partial class Pointers
{
    public static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    /// <summary>$.lines[0].quantity becomes /lines/0/quantity.</summary>
    public static string FromJsonPath(string? path)
    {
        var pointer = new StringBuilder();
        foreach (Match step in JsonPathStep().Matches(path ?? ""))
        {
            Append(pointer, step.Groups["name"].Value);
        }

        return pointer.ToString();
    }

    /// <summary>Lines[0].ProductId.Value, as a validator names it, becomes /lines/0/product_id.</summary>
    public static string FromProperty(string? property)
    {
        var pointer = new StringBuilder();
        foreach (Match step in PropertyStep().Matches(TypedIdValue().Replace(property ?? "", "")))
        {
            Append(pointer, SnakeCase(step.Value));
        }

        return pointer.ToString();
    }

    public static StringBuilder Append(StringBuilder pointer, string step) =>
        pointer.Append('/').Append(step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));

    [GeneratedRegex(@"\.(?<name>[^.\[]+)|\['(?<name>.*?)'\]|\[(?<name>\d+)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex JsonPathStep();

    [GeneratedRegex(@"[^.\[\]]+", RegexOptions.None, 1000)]
    private static partial Regex PropertyStep();

    /// <summary>A typed id is one value in JSON, though its property is called Value.</summary>
    [GeneratedRegex(@"(?<=Ids?(\[\d+\])?)\.Value(?=\.|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypedIdValue();
}
