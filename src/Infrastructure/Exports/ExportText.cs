using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using Mainstreet.Application;
using Mainstreet.Application.Exports;
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

/// <inheritdoc cref="ListColumns" />
/// <remarks>See <see cref="SpreadsheetText"/> for what a spreadsheet would run.</remarks>
internal sealed class CsvText : ExportText
{
    private readonly CsvWriter csv;
    private readonly ListColumn[] columns;

    public CsvText(Type row)
    {
        csv = new CsvWriter(Writer, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" }, leaveOpen: true);
        columns = ListColumns.Of(row);
        foreach (var column in columns)
        {
            csv.WriteField(column.Name);
        }

        csv.NextRecord();
    }

    public override void Write(JsonObject row)
    {
        foreach (var column in columns)
        {
            csv.WriteField(Cell(column.Path.Aggregate((JsonNode?)row, (node, step) => (node as JsonObject)?[step])));
        }

        csv.NextRecord();
    }

    private static string? Cell(JsonNode? value) => value switch
    {
        null => null,
        JsonValue scalar when scalar.GetValueKind() is JsonValueKind.String => SpreadsheetText.Harmless(scalar.GetValue<string>()),
        _ => value.ToJsonString(StoredJson.Options),
    };
}
