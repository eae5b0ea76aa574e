using System.Net;
using System.Text.RegularExpressions;

namespace Mainstreet.Domain.Notifications;

/// <summary>
/// The words of a mail, with places such as <c>{{code}}</c> for what differs from mail to mail. What is put into <paramref name="Html"/> is
/// escaped, so that nobody's name is markup.
/// </summary>
public sealed partial record MailWords(string Subject, string Text, string? Html = null)
{
    private const int LongestSubject = 200;
    private const int LongestText = 20_000;

    /// <summary>Errors: mail_words_invalid (400); placeholder_unknown, placeholder_missing (422), which name the member.</summary>
    internal void Validate(MailKind kind)
    {
        Check.That(Check.IsText(Subject, LongestSubject) && !Subject.AsSpan().ContainsAny('\r', '\n'), EmailTemplateErrors.Invalid("/subject"));
        Check.That(Check.IsText(Text, LongestText), EmailTemplateErrors.Invalid("/text"));
        Check.That(Html is null || Check.IsText(Html, LongestText), EmailTemplateErrors.Invalid("/html"));
        CheckPlaces(Subject, "/subject", kind, isWhole: false);
        CheckPlaces(Text, "/text", kind, isWhole: true);
        CheckPlaces(Html, "/html", kind, isWhole: true);
    }

    /// <param name="values">One for every place.</param>
    public MailWords Fill(IReadOnlyDictionary<string, string> values) => new(
        Fill(Subject, values, value => value.ReplaceLineEndings(" ")), Fill(Text, values, value => value), Html is null ? null : Fill(Html, values, WebUtility.HtmlEncode));

    private static string Fill(string words, IReadOnlyDictionary<string, string> values, Func<string, string> write) =>
        Places().Replace(words, place => write(values[NameOf(place)]));

    private static string NameOf(Match place) => place.Groups["name"].Value.Trim(' ');

    /// <param name="words">None: there is nothing to check.</param>
    /// <param name="member">The pointer of the words.</param>
    /// <param name="kind">What mails of this kind know.</param>
    /// <param name="isWhole">Without what they are sent for, a mail is of no use.</param>
    private static void CheckPlaces(string? words, string member, MailKind kind, bool isWhole)
    {
        if (words is null)
        {
            return;
        }

        var named = Places().Matches(words).Select(NameOf).ToHashSet(StringComparer.Ordinal);
        var unknown = named.FirstOrDefault(name => !kind.Placeholders.Contains(name, StringComparer.Ordinal)) ?? (Places().Replace(words, "").Contains("{{", StringComparison.Ordinal) ? "{{" : null);
        Check.That(unknown is null, EmailTemplateErrors.PlaceholderUnknown(unknown ?? "", member, kind));
        var missing = isWhole ? kind.Required.FirstOrDefault(name => !named.Contains(name)) : null;
        Check.That(missing is null, EmailTemplateErrors.PlaceholderMissing(missing ?? "", member));
    }

    /// <summary>With the blanks around it: two ways to read one would make a text of many blanks take forever.</summary>
    [GeneratedRegex(@"\{\{(?<name>[^{}]*)\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Places();
}

/// <summary>A sort of mail that customers get.</summary>
/// <param name="Name">As in <c>customer.verify_email</c>.</param>
/// <param name="Placeholders">What its words may name.</param>
/// <param name="Required">What text and HTML must name.</param>
public sealed record MailKind(string Name, IReadOnlyList<string> Placeholders, IReadOnlyList<string> Required)
{
    public const string VerifyEmail = "customer.verify_email";
    public const string ResetPassword = "customer.reset_password";

    public static IReadOnlyList<MailKind> All { get; } = [new(ResetPassword, ["shop", "email", "code"], ["code"]), new(VerifyEmail, ["shop", "email", "code"], ["code"])];

    /// <summary>Errors: not_found (404).</summary>
    public static MailKind Of(string name) => All.FirstOrDefault(kind => kind.Name == name) ?? throw new DomainException(DomainError.NotFound("mail"));
}
