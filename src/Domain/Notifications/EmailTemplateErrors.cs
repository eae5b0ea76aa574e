namespace Mainstreet.Domain.Notifications;

public static class EmailTemplateErrors
{
    public static DomainError Invalid(string member) =>
        new("mail_words_invalid", "A subject is one line of at most 200 characters, a text at most 20,000, and neither is empty. Texts of other messages than mails have 1,000 characters at most and no HTML, and only mails and pushes have a subject.", ErrorKind.Invalid) { Place = member };

    public static DomainError PlaceholderUnknown(string name, string member, MailKind kind) =>
        new("placeholder_unknown", $"This mail knows no {name}. It knows: {string.Join(", ", kind.Placeholders)}.", Details: Named(name)) { Place = member };

    public static DomainError PlaceholderMissing(string name, string member) =>
        new("placeholder_missing", $"Without {name} the mail is of no use: write {{{{{name}}}}} where it belongs.", Details: Named(name)) { Place = member };

    private static Dictionary<string, object?> Named(string name) => new(StringComparer.Ordinal) { ["placeholder"] = name };
}
