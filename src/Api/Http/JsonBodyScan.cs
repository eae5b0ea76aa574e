using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Mainstreet.Api.Http;

/// <summary>
/// One pass over a JSON body before it is bound, which refuses what neither .NET types nor PostgreSQL can hold, wherever
/// it stands: NUL and lone surrogates in texts and names, numbers beyond double, nulls in arrays, too much depth or length, broken syntax.
/// </summary>
internal static class JsonBodyScan
{
    /// <summary>Elements of one array; what takes fewer says so itself.</summary>
    public const int MaxElements = 10_000;

    /// <summary>Errors: invalid_json, json_too_deep, array_too_long, invalid_text, invalid_number, validation_failed (400), each with its JSON pointer.</summary>
    public static void Check(ReadOnlySpan<byte> body)
    {
        var path = new Stack<(string? Name, int Index)>();
        if (!Utf8.IsValid(body))
        {
            throw ProblemException.Body("", "The body is not UTF-8.", "invalid_text");
        }

        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = ApiJson.MaxDepth + 1 });
        try
        {
            while (reader.Read())
            {
                Step(ref reader, path);
            }
        }
        catch (JsonException e)
        {
            throw ProblemException.Body(Pointer(path), $"The JSON is broken in line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.", "invalid_json");
        }
    }

    private static void Step(ref Utf8JsonReader reader, Stack<(string? Name, int Index)> path)
    {
        if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            path.Pop();
            return;
        }

        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            path.Pop();
            path.Push((Text(ref reader, path), 0));
            return;
        }

        if (path.TryPop(out var place))
        {
            path.Push(place with { Index = place.Index + 1 });
            if (place is { Name: null, Index: >= MaxElements - 1 })
            {
                throw ProblemException.Body(Pointer(path), $"An array may have {MaxElements} elements at most.", "array_too_long");
            }
        }

        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth == ApiJson.MaxDepth)
        {
            throw ProblemException.Body(Pointer(path), $"The JSON may be {ApiJson.MaxDepth} levels deep at most.", "json_too_deep");
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                path.Push(("", -1));
                break;
            case JsonTokenType.StartArray:
                path.Push((null, -1));
                break;
            case JsonTokenType.String:
                Text(ref reader, path);
                break;
            case JsonTokenType.Null when path.TryPeek(out var owner) && owner.Name is null:
                throw new ProblemException(Problem.Of(400, "validation_failed", "Required fields are missing.",
                    new ProblemError("required", "An element may not be null.", Pointer(path))));
            case JsonTokenType.Number when !reader.TryGetDouble(out var number) || !double.IsFinite(number):
                throw ProblemException.Body(Pointer(path), "The number is too large.", "invalid_number");
        }
    }

    private static string Text(ref Utf8JsonReader reader, Stack<(string? Name, int Index)> path)
    {
        string text;
        try
        {
            text = reader.ValueIsEscaped || reader.TokenType == JsonTokenType.PropertyName ? reader.GetString()! : "";
        }
        catch (InvalidOperationException)
        {
            throw ProblemException.Body(Pointer(path), "The text contains half a surrogate pair.", "invalid_text");
        }

        return text.Contains('\0', StringComparison.Ordinal)
            ? throw ProblemException.Body(Pointer(path), "The text contains a NUL character.", "invalid_text")
            : text;
    }

    /// <summary>An index of -1 marks an object or array of which nothing has been read yet.</summary>
    private static string Pointer(Stack<(string? Name, int Index)> path) =>
        path.Reverse().Where(place => place.Index >= 0).Aggregate(new StringBuilder(), (pointer, place) =>
            Pointers.Append(pointer, place.Name ?? place.Index.ToString(CultureInfo.InvariantCulture))).ToString();
}
