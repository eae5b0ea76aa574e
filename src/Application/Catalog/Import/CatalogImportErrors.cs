using Mainstreet.Domain;

namespace Mainstreet.Application.Catalog.Import;

/// <summary>Why a whole product file is refused: nothing of it can be trusted. All are 400.</summary>
internal static class CatalogImportErrors
{
    public static DomainError Empty() => Error("csv_empty", "The file is empty.", 1);

    public static DomainError NulByte(int line) =>
        Error("csv_nul_byte", $"Line {line} holds a NUL byte: this is not a CSV text. Save it as CSV in UTF-8.", line);

    public static DomainError WrongSeparator(char separator, int line) =>
        Error("csv_separator", $"The columns seem to be separated by '{(separator == '\t' ? "tab" : separator)}'; this format separates them by commas.", line);

    public static DomainError HeaderMalformed(int line, string column) =>
        Error("csv_header_malformed", $"The header on line {line} holds a stray quotation mark.", line, ("columns", new[] { column }));

    public static DomainError ColumnsMissing(int line, string[] columns) =>
        Error("csv_columns_missing", $"The file lacks the columns {string.Join(", ", columns)}.", line, ("columns", columns));

    public static DomainError ColumnsDuplicate(int line, string[] columns) =>
        Error("csv_columns_duplicate", $"The file has more than one column {string.Join(", ", columns)}.", line, ("columns", columns));

    public static DomainError QuoteUnclosed(int line) =>
        Error("csv_quote_unclosed", $"A quoted cell of the row that starts on line {line} is never closed, so the rest of the file cannot be read.", line);

    public static DomainError TooManyRows(int line, int max) =>
        Error("csv_too_many_rows", $"The file has more than {max} rows; line {line} is the first too many.", line, ("max_rows", max));

    public static DomainError CellTooLarge(int line, int max) =>
        Error("csv_cell_too_large", $"A cell of the row that starts on line {line} is longer than {max} characters.", line, ("max_characters", max));

    private static DomainError Error(string code, string message, int line, params (string Key, object Value)[] details) =>
        new(code, message, ErrorKind.Invalid, details.Append(("line", line)).ToDictionary(d => d.Item1, d => (object?)d.Item2, StringComparer.Ordinal));
}
