using Mainstreet.Domain;

namespace Mainstreet.Application.Archives;

public static class ArchiveErrors
{
    public static readonly DomainError LogNotEmpty = new("log_not_empty", "Something has happened in this business already: a log is imported into an empty one.", ErrorKind.Conflict);

    /// <param name="line">Of the body, from 1.</param>
    /// <param name="field">Of the line; null: the line as a whole.</param>
    /// <param name="reason">Stable, snake_case.</param>
    /// <param name="message">For people.</param>
    public static DomainException Invalid(long line, string? field, string reason, string message) => new(new(
        "log_invalid", $"Line {line.ToString(System.Globalization.CultureInfo.InvariantCulture)}{(field is null ? "" : $", {field}")}: {message}", ErrorKind.Invalid,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["line"] = line, ["field"] = field, ["reason"] = reason }));
}
