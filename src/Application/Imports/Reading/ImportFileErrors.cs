using Mainstreet.Domain;

namespace Mainstreet.Application.Imports.Reading;

/// <summary>Why a whole file is refused: nothing of it can be trusted. All are 400.</summary>
internal static class ImportFileErrors
{
    public static DomainError Empty() => Error("import_file_empty", "There is no row in the file.", line: 1);

    public static DomainError NotText(long line) =>
        Error("import_file_not_text", $"Line {line} holds a NUL byte: this is no text. Save a spreadsheet as CSV in UTF-8, and send archives unpacked.", line);

    public static DomainError NotUtf8(long line) =>
        Error("import_file_not_utf8", $"Line {line} is not UTF-8. Save a spreadsheet as CSV in UTF-8, and send archives unpacked.", line);

    public static DomainError TooManyRows(long line, int max) =>
        Error("import_too_many_rows", $"A file has at most {max} rows; line {line} is the first too many.", line, ("max_rows", max));

    public static DomainError RowTooLarge(long line, int max) =>
        Error("import_row_too_large", $"The row that begins on line {line} is longer than {max} characters.", line, ("max_characters", max));

    public static DomainError TooManyColumns(long line, int max) =>
        Error("import_too_many_columns", $"The row that begins on line {line} has more than {max} cells.", line, ("max_columns", max));

    public static DomainError QuoteUnclosed(long line) =>
        Error("csv_quote_unclosed", $"A quoted cell of the row that begins on line {line} is never closed, so the rest of the file cannot be read.", line);

    public static DomainError ColumnsDuplicate(string[] columns) =>
        Error("import_columns_duplicate", $"The file has more than one column {string.Join(", ", columns)}.", line: 1, ("columns", columns));

    public static DomainError ColumnsUnknown(string[] columns, IEnumerable<string> known) => Error(
        "import_columns_unknown", $"This list has no column {string.Join(", ", columns)}.", line: 1, ("columns", columns), ("known_columns", known.ToArray()));

    public static DomainError ColumnsMissing(string[] keys) =>
        Error("import_columns_missing", $"The file needs a column that tells its rows apart: {string.Join(" or ", keys)}.", line: 1, ("columns", keys));

    public static DomainError DigestMismatch(string sha256) => new(
        "digest_mismatch", "The file is not the one whose digest was sent with it.", ErrorKind.Invalid, new Dictionary<string, object?>(StringComparer.Ordinal) { ["sha256"] = sha256 });

    private static DomainError Error(string code, string message, long line, params (string Key, object Value)[] details) =>
        new(code, message, ErrorKind.Invalid, details.Append(("line", line)).ToDictionary(d => d.Item1, d => (object?)d.Item2, StringComparer.Ordinal));
}
