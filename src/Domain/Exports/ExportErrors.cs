namespace Mainstreet.Domain.Exports;

public static class ExportErrors
{
    public static readonly DomainError NotFound = DomainError.NotFound("export");
    public static readonly DomainError AlreadyExists = new("already_exists", "There is an export with this id already.", ErrorKind.Conflict);
    public static readonly DomainError Ended = new("export_ended", "The export has ended; its file is kept until it expires.", ErrorKind.Conflict);
    public static readonly DomainError TooMany = new("too_many_exports", "Several exports run already. Wait until one has ended, or cancel one.", ErrorKind.Conflict);
    public static readonly DomainError FileGone = new("export_file_gone", "The file is not there yet, or not any more.", ErrorKind.Conflict);

    /// <param name="permission">Without which the list cannot be read.</param>
    public static DomainError ListForbidden(string permission) => new(
        "export_list_forbidden", "Whoever exports a list may read it.", ErrorKind.Forbidden,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["permission"] = permission });
}
