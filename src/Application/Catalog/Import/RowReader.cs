using System.Globalization;
using System.Text;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;

namespace Mainstreet.Application.Catalog.Import;

/// <summary>
/// Reads the cells of one row and collects what is wrong with them. A cell with an error reads as null.
/// </summary>
/// <remarks>
/// Text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a carriage return) is refused in names, handles,
/// options, tags, codes and alternative texts: nobody means it, and whoever exports these again hands it on. Descriptions may begin so
/// ("- fits most windows"): they are prose, and they are kept as HTML.
/// </remarks>
internal sealed class RowReader(CsvRecord record, CatalogColumns columns)
{
    public const int MaxText = 200;
    public const int MaxCode = 100;

    // Longer numbers would be rounded in silence on their way to a decimal.
    private const int MaxNumberLength = 24;

    private readonly List<RowIssue> _errors = [];

    public int Line => record.Line;

    public IReadOnlyList<RowIssue> Errors => _errors;

    public bool Has(string column) => !string.IsNullOrWhiteSpace(columns.Cell(record.Cells, column));

    public string Raw(string column) => columns.Cell(record.Cells, column);

    public void Fail(string? column, string code, string message) => _errors.Add(new(Line, column, code, message));

    /// <summary>A line of text in Unicode's composed form, runs of blanks as one space; null when blank or faulty.</summary>
    public string? Text(string column, int max = MaxText)
    {
        var raw = Raw(column);
        var text = string.Join(' ', raw.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Normalize(NormalizationForm.FormC);
        var (code, problem) = text switch
        {
            "" => ("", ""),
            _ when raw[0] is '\t' or '\r' || text[0] is '=' or '+' or '-' or '@' => (RowErrors.FormulaCell, "begins like a spreadsheet formula"),
            _ when text.Any(char.IsControl) => (RowErrors.ControlCharacter, "holds a control character"),
            _ when text.Length > max => (RowErrors.TooLong, $"is longer than {max} characters"),
            _ => ("", ""),
        };
        if (code.Length > 0)
        {
            Fail(column, code, $"{column} {problem}.");
            return null;
        }

        return text.Length > 0 ? text : null;
    }

    public string? RequiredText(string column, int max = MaxText)
    {
        if (Has(column))
        {
            return Text(column, max);
        }

        Fail(column, RowErrors.Required, $"{column} is missing.");
        return null;
    }

    /// <summary>Spreadsheets keep a code's leading zeros by an apostrophe in front of it, which is not part of the code.</summary>
    public string? Code(string column) => Text(column, MaxCode) is { } code ? code.TrimStart('\'') is { Length: > 0 } trimmed ? trimmed : null : null;

    /// <summary>One of the words, compared without regard to case; <paramref name="blank"/> when the cell is blank.</summary>
    public string? OneOf(string column, string blank, params string[] words)
    {
        var word = Has(column) ? Raw(column).Trim() : blank;
        if (Array.Find(words, w => string.Equals(w, word, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return found;
        }

        Fail(column, RowErrors.NotOneOf, $"{column} is one of {string.Join(", ", words)}.");
        return null;
    }

    /// <summary>An amount of money, exactly as written; null when blank or faulty.</summary>
    public Money? Amount(string column, string currency)
    {
        var digits = Currencies.DigitsOf(currency);
        return Number(column, digits, Product.MaxPrice / Shift(digits)) is { } number ? Currencies.FromMajorUnits(number, currency) : null;
    }

    /// <summary>A number from 0 to <paramref name="max"/> with a decimal point, without thousands separators, with at most that many places (zeros at its end do not count).</summary>
    public decimal? Number(string column, int places, decimal max)
    {
        if (!Has(column))
        {
            return null;
        }

        var cell = Raw(column).Trim();
        var isNumber = decimal.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        var (code, problem) = number switch
        {
            _ when !isNumber || cell.Length > MaxNumberLength => (RowErrors.NumberInvalid, "is not a number such as 1299.50"),
            < 0 => (RowErrors.NumberNegative, "is negative"),
            _ when number > max => (RowErrors.NumberTooLarge, $"is more than {max.ToString(CultureInfo.InvariantCulture)}"),
            _ when decimal.Truncate(number * Shift(places)) != number * Shift(places) =>
                (RowErrors.NumberPlaces, places == 0 ? "has decimal places" : $"has more than {places.ToString(CultureInfo.InvariantCulture)} decimal places"),
            _ => ("", ""),
        };
        if (code.Length > 0)
        {
            Fail(column, code, $"{column} {problem}.");
            return null;
        }

        return number / 1.000000000000000000000000000000m; // drops zeros at the end, so that 2.50 and 2.5 are stored alike
    }

    /// <summary>An absolute http or https URL; null when blank or faulty.</summary>
    public string? Url(string column)
    {
        var cell = Raw(column).Trim();
        if (cell.Length == 0)
        {
            return null;
        }

        if (Check.IsAbsoluteWebAddress(cell) && new Uri(cell) is { UserInfo: "" } url && Check.IsAbsoluteWebAddress(url.AbsoluteUri))
        {
            return url.AbsoluteUri;
        }

        Fail(column, RowErrors.UrlInvalid, $"{column} is not an http or https URL of at most 2048 characters without a password.");
        return null;
    }

    private static decimal Shift(int places) => (decimal)Math.Pow(10, places);
}
