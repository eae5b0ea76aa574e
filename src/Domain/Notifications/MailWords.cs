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
    private const int LongestShortText = 1_000;

    /// <summary>Errors: mail_words_invalid (400); placeholder_unknown, placeholder_missing (422), which name the member.</summary>
    internal void Validate(MailKind kind)
    {
        Check.That(
            kind.HasSubject ? Check.IsText(Subject, LongestSubject) && !Subject.AsSpan().ContainsAny('\r', '\n') : Subject.Length == 0, EmailTemplateErrors.Invalid("/subject"));
        Check.That(Check.IsText(Text, kind.HasHtml ? LongestText : LongestShortText), EmailTemplateErrors.Invalid("/text"));
        Check.That(Html is null || (kind.HasHtml && Check.IsText(Html, LongestText)), EmailTemplateErrors.Invalid("/html"));
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
