namespace Mainstreet.Domain.Imports;

public static class ImportErrors
{
    public static readonly DomainError NotFound = DomainError.NotFound("import");
    public static readonly DomainError Ended = new("import_ended", "The import has ended. Make another one.", ErrorKind.Conflict);
    public static readonly DomainError HasFile = new("import_has_file", "The import has another file already. Make another import for this one.", ErrorKind.Conflict);
    public static readonly DomainError TooMany = new("too_many_imports", "Several imports wait or run already. Wait until one has ended, or cancel one.", ErrorKind.Conflict);
    public static readonly DomainError ErrorsGone = new("import_errors_gone", "The errors of an import are kept for 7 days.", ErrorKind.Gone);

    /// <param name="permission">Without which the list cannot be written.</param>
    public static DomainError ListForbidden(string permission) => new(
        "import_list_forbidden", "Whoever imports a list may change it.", ErrorKind.Forbidden,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["permission"] = permission });
}
