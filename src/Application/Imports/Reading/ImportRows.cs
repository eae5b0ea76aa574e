using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mainstreet.Domain;
using Mainstreet.Domain.Imports;

namespace Mainstreet.Application.Imports.Reading;

/// <summary>The rows of a file, each as the JSON object that it means.</summary>
internal static class ImportRows
{
    private const int MaxRows = 100_000;
    private const int MaxDepth = 16;

    /// <summary>
    /// A faulty row carries its fault; it takes no other with it. Errors: those of <see cref="ImportFileErrors"/> (400) where the file as a
    /// whole cannot be read.
    /// </summary>
    public static async IAsyncEnumerable<ImportRow> Read(
        CheckedText text, ImportFormat format, ImportedList list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;
        await foreach (var (line, value, fault) in format is ImportFormat.Csv ? Csv(text, list, cancellationToken) : Ndjson(text, list, cancellationToken))
        {
            if (++number > MaxRows)
            {
                throw new DomainException(ImportFileErrors.TooManyRows(line, MaxRows));
            }

            yield return new(number, (int)line, value, fault);
        }

        Check.That(number > 0, ImportFileErrors.Empty());
    }

    private static async IAsyncEnumerable<(long Line, JsonObject? Value, ImportFault? Fault)> Csv(
        CheckedText text, ImportedList list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new CsvLines(text);
        CsvHeader? header = null;
        await foreach (var line in lines.Read(cancellationToken))
        {
            if (header is null)
            {
                header = CsvHeader.Read(line, list, lines.Separator);
                continue;
            }

            var (value, fault) = header.Row(line);
            yield return (line.Number, value, fault);
        }
    }

    private static async IAsyncEnumerable<(long Line, JsonObject? Value, ImportFault? Fault)> Ndjson(
        CheckedText text, ImportedList list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        int next;
        var number = 0L;
        do
        {
            line.Clear();
            number++;
            while ((next = await text.Next(cancellationToken)) is >= 0 and not '\n')
            {
                if (line.Length == CsvLines.MaxRow)
                {
                    throw new DomainException(ImportFileErrors.RowTooLarge(number, CsvLines.MaxRow));
                }

                line.Append((char)next);
            }

            if (line.ToString() is var row && !string.IsNullOrWhiteSpace(row))
            {
                var (value, fault) = Parse(row, list);
                yield return (number, value, fault);
            }
        }
        while (next >= 0);
    }

    private static (JsonObject? Value, ImportFault? Fault) Parse(string row, ImportedList list)
    {
        if (Json(row) is not JsonObject value)
        {
            return (null, new("", "row_invalid", "The line is not one JSON object, with each member once."));
        }

        return value.FirstOrDefault(member => !list.Knows(member.Key)).Key is { } unknown
            ? (null, new("/" + ImportFault.Step(unknown), "member_unknown", "The rows of this list have no such member."))
            : (value, null);
    }

    /// <summary>Null for what is no JSON, or holds text that nothing could keep: halves of surrogate pairs, NUL.</summary>
    public static JsonNode? Json(string text)
    {
        try
        {
            var node = JsonNode.Parse(text, documentOptions: new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return IsKept(node) ? node : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsKept(JsonNode? node) => node switch
    {
        JsonObject members => members.All(member => IsKept(member.Key) && IsKept(member.Value)),
        JsonArray elements => elements.All(IsKept),
        JsonValue value when value.GetValueKind() is JsonValueKind.String => IsKept(value.GetValue<string>()),
        _ => true,
    };

    private static bool IsKept(string text) => !text.Contains('\0', StringComparison.Ordinal);
}
