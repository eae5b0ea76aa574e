using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Mainstreet.Domain;

namespace Mainstreet.Application.Catalog.Import;

/// <summary>One record of a CSV file.</summary>
/// <param name="Line">The physical line on which it starts.</param>
/// <param name="StrayQuote">The index of the first cell whose quotation marks do not match, or null.</param>
internal sealed record CsvRecord(int Line, string[] Cells, int? StrayQuote)
{
    public bool IsBlank => Array.TrueForAll(Cells, string.IsNullOrWhiteSpace);
}

/// <summary>Splits a CSV text (RFC 4180, any line ending) into records with their lines, within limits.</summary>
internal static class CsvRecords
{
    public const int MaxRows = 10_000;
    public const int MaxCell = 100_000;

    /// <summary>The records but for blank lines; the first one is the header.</summary>
    public static IReadOnlyList<CsvRecord> Read(string text)
    {
        var records = new List<CsvRecord>();
        using var reader = new StringReader(text);
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = null,
            HasHeaderRecord = false,
            IgnoreBlankLines = false,
            Mode = CsvMode.RFC4180,
        });
        for (var line = 1; parser.Read(); line = parser.RawRow + 1)
        {
            var stray = StrayQuote(parser.RawRecord, line);
            var record = new CsvRecord(line, parser.Record!, stray);
            if (record.Cells is [var only] && string.IsNullOrWhiteSpace(only))
            {
                continue;
            }

            if (Array.Exists(record.Cells, cell => cell.Length > MaxCell))
            {
                throw new DomainException(CatalogImportErrors.CellTooLarge(line, MaxCell));
            }

            if (records.Count > MaxRows)
            {
                throw new DomainException(CatalogImportErrors.TooManyRows(line, MaxRows));
            }

            records.Add(record);
        }

        return records.Count > 0 ? records : throw new DomainException(CatalogImportErrors.Empty());
    }

    // The parser repairs wrong quotation marks in silence, by merging cells and lines: a row that needed it is not to be trusted.
    private static int? StrayQuote(string record, int line)
    {
        if (!record.Contains('"', StringComparison.Ordinal))
        {
            return null;
        }

        int? stray = null;
        var cell = 0;
        var state = Quoting.CellStart;
        foreach (var c in record)
        {
            (state, var isStray) = (state, c) switch
            {
                (Quoting.CellStart, '"') => (Quoting.Inside, false),
                (Quoting.Inside, '"') => (Quoting.InsideAfterQuote, false),
                (Quoting.Inside, _) => (Quoting.Inside, false),
                (Quoting.InsideAfterQuote, '"') => (Quoting.Inside, false),
                (_, ',') => (Quoting.CellStart, false),
                (Quoting.InsideAfterQuote, not ('\r' or '\n')) => (Quoting.Outside, true),
                (_, '"') => (Quoting.Outside, true),
                _ => (Quoting.Outside, false),
            };
            stray ??= isStray ? cell : null;
            cell += state == Quoting.CellStart ? 1 : 0;
        }

        return state == Quoting.Inside ? throw new DomainException(CatalogImportErrors.QuoteUnclosed(line)) : stray;
    }

    private enum Quoting
    {
        CellStart,
        Outside,
        Inside,
        InsideAfterQuote,
    }
}
