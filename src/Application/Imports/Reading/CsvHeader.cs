using System.Globalization;
using System.Text.Json.Nodes;
using Mainstreet.Application.Exports;
using Mainstreet.Domain;

namespace Mainstreet.Application.Imports.Reading;

/// <summary>Which columns a file has, and what its cells mean. A blank cell is null; a column that is not there says nothing.</summary>
/// <param name="commas">Numbers have decimal commas: so do spreadsheets that separate by semicolons.</param>
internal sealed class CsvHeader(ListColumn[] columns, bool commas)
{
    private static readonly HashSet<Type> numbers = [typeof(int), typeof(long), typeof(decimal)];
    private static readonly HashSet<Type> texts = [typeof(string), typeof(DateTimeOffset)];

    /// <summary>Errors: import_columns_unknown, import_columns_duplicate, import_columns_missing (400).</summary>
    public static CsvHeader Read(CsvLine header, ImportedList list, char? separator)
    {
        var names = Array.ConvertAll(header.Cells, cell => cell.Trim().ToLowerInvariant());
        string[] duplicate = [.. names.CountBy(name => name, StringComparer.Ordinal).Where(name => name.Value > 1).Select(name => name.Key)];
        Check.That(duplicate.Length == 0, ImportFileErrors.ColumnsDuplicate(duplicate));
        string[] unknown = [.. names.Where(name => !list.Columns.ContainsKey(name))];
        Check.That(unknown.Length == 0, ImportFileErrors.ColumnsUnknown(unknown, list.Columns.Keys));
        Check.That(list.Keys.Any(key => names.Contains(key)), ImportFileErrors.ColumnsMissing(list.Keys));
        return new(Array.ConvertAll(names, name => list.Columns[name]), commas: separator is ';');
    }

    public (JsonObject? Value, ImportFault? Fault) Row(CsvLine line)
    {
        if (line.StrayQuote is { } stray)
        {
            return (null, new(Pointer(columns[Math.Min(stray, columns.Length - 1)]), "quote_stray", "A quotation mark inside the cell is not doubled, or the cell is not closed where it ends."));
        }

        if (line.Cells.Length != columns.Length)
        {
            return (null, new("", line.Cells.Length < columns.Length ? "row_too_short" : "row_too_long", $"The row has {line.Cells.Length} cells; the header names {columns.Length} columns."));
        }

        var row = new JsonObject();
        foreach (var (column, cell) in columns.Zip(line.Cells))
        {
            if (!TryRead(column.Type, cell, out var value))
            {
                return (null, new(Pointer(column), "cell_invalid", $"The cell {column.Name} does not hold what belongs there."));
            }

            Put(row, column.Path, value);
        }

        return (row, null);
    }

    private bool TryRead(Type type, string cell, out JsonNode? value)
    {
        var trimmed = cell.Trim();
        value = trimmed.Length == 0 ? null
            : type == typeof(bool) ? bool.TryParse(trimmed, out var choice) ? JsonValue.Create(choice) : null
            : numbers.Contains(type) ? Number(trimmed)
            : texts.Contains(type) ? JsonValue.Create(SpreadsheetText.Meant(cell))
            : type.IsValueType ? JsonValue.Create(trimmed)
            : ImportRows.Json(trimmed);
        return value is not null || trimmed.Length == 0;
    }

    private JsonValue? Number(string cell) =>
        decimal.TryParse(commas ? cell.Replace(',', '.') : cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : null;

    private static void Put(JsonObject row, string[] path, JsonNode? value)
    {
        var record = path[..^1].Aggregate(row, (parent, step) => (JsonObject)(parent[step] ??= new JsonObject()));
        record[path[^1]] = value;
    }

    private static string Pointer(ListColumn column) => "/" + string.Join('/', column.Path);
}
