using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Domain.Exports;

namespace Mainstreet.Infrastructure.Exports;

/// <summary>Rows as lines of text in UTF-8.</summary>
internal abstract class ExportText : IDisposable
{
    private static readonly UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly MemoryStream buffer = new();

    protected ExportText() => Writer = new StreamWriter(buffer, utf8) { NewLine = "\n" };

    protected StreamWriter Writer { get; }

    public static ExportText Of(ExportFormat format, Type row) => format switch
    {
        ExportFormat.Ndjson => new NdjsonText(),
        ExportFormat.Csv => new CsvText(row),
    };

    /// <summary>What has been written since the last time.</summary>
    public byte[] Take()
    {
        Writer.Flush();
        var taken = buffer.ToArray();
        buffer.SetLength(0);
        return taken;
    }

    /// <summary>Bytes to be taken, or a little less.</summary>
    public long Length => buffer.Length;

    public abstract void Write(JsonObject row);

    public void Dispose() => Writer.Dispose();
}

internal sealed class NdjsonText : ExportText
{
    public override void Write(JsonObject row) => Writer.WriteLine(row.ToJsonString(StoredJson.Options));
}

/// <summary>
/// A column for each scalar of a row, those of nested records by their path (total.amount); lists are JSON. Text that a
/// spreadsheet would run as a formula begins with an apostrophe (OWASP, CSV injection).
/// </summary>
internal sealed class CsvText : ExportText
{
    private static readonly char[] formula = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

    private readonly CsvWriter csv;
    private readonly string[][] columns;

    public CsvText(Type row)
    {
        csv = new CsvWriter(Writer, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" }, leaveOpen: true);
        columns = [.. ColumnsOf(row, [])];
        foreach (var column in columns)
        {
            csv.WriteField(string.Join('.', column));
        }

        csv.NextRecord();
        csv.Flush();
    }

    public override void Write(JsonObject row)
    {
        foreach (var column in columns)
        {
            csv.WriteField(Cell(column.Aggregate((JsonNode?)row, (node, step) => (node as JsonObject)?[step])));
        }

        csv.NextRecord();
        csv.Flush();
    }

    internal static string Harmless(string text) => text.Length > 0 && formula.Contains(text[0]) ? "'" + text : text;

    private static string? Cell(JsonNode? value) => value switch
    {
        null => null,
        JsonValue scalar when scalar.GetValueKind() is JsonValueKind.String => Harmless(scalar.GetValue<string>()),
        _ => value.ToJsonString(StoredJson.Options),
    };

    private static IEnumerable<string[]> ColumnsOf(Type record, string[] path) => ShownState.MembersOf(record).SelectMany(member =>
    {
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        string[] name = [.. path, JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name)];
        return IsRecord(type) ? ColumnsOf(type, name) : [name];
    });

    /// <summary>Of the product's own, and not an id or a choice.</summary>
    private static bool IsRecord(Type type) => type.Namespace?.StartsWith(nameof(Mainstreet), StringComparison.Ordinal) == true && !type.IsEnum && !type.IsArray
        && !Array.Exists(type.GetInterfaces(), face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>));
}
