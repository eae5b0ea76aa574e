using Mainstreet.Domain.Notifications;

namespace Mainstreet.Domain.Tests.Notifications;

public class WordsOfMails
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly MailWords Words = new("Hello from {{shop}}", "Your code: {{code}}", "<b>{{ code }}</b> for {{email}}");
    private static readonly EmailTemplateSet Set = new(MailKind.VerifyEmail, "he", Words, Now);

    internal static EmailTemplateEvent[][] Streams => [[Set, new EmailTemplateCleared(MailKind.VerifyEmail, "he", Now), Set with { Words = Words with { Html = null } }]];

    [Fact]
    public void They_are_set_and_cleared()
    {
        EmailTemplate.Set(null, MailKind.VerifyEmail, "he", Words, Now).ShouldBe([Set]);
        var template = EmailTemplate.Evolve(null, Set);
        EmailTemplate.Set(template, MailKind.VerifyEmail, "he", Words, Now).ShouldBeEmpty();
        var cleared = EmailTemplate.Evolve(template, template.Clear(Now).Single());
        cleared.Clear(Now).ShouldBeEmpty();
        EmailTemplate.Set(cleared, MailKind.VerifyEmail, "he", Words, Now).ShouldBe([Set]);
    }

    [Fact]
    public void What_is_put_into_html_is_no_markup()
    {
        var filled = Words.Fill(new Dictionary<string, string>(StringComparer.Ordinal) { ["shop"] = "A & B\r\nBcc: x", ["code"] = "<script>", ["email"] = "\"a\"@b.example" });
        filled.ShouldBe(new("Hello from A & B Bcc: x", "Your code: <script>", "<b>&lt;script&gt;</b> for &quot;a&quot;@b.example"));
    }

    [Theory]
    [InlineData("{{shop}} {{name}}", "{{code}}", null, "placeholder_unknown", "/subject")]
    [InlineData("x", "{{code}} {{password}}", null, "placeholder_unknown", "/text")]
    [InlineData("x", "{{code}} {{", null, "placeholder_unknown", "/text")]
    [InlineData("x", "{{code}} {{}}", null, "placeholder_unknown", "/text")]
    [InlineData("x", "{{code}}", "{{code}} {{Code}}", "placeholder_unknown", "/html")]
    [InlineData("x", "no code", null, "placeholder_missing", "/text")]
    [InlineData("x", "{{code}}", "<b>no code</b>", "placeholder_missing", "/html")]
    [InlineData("x\ny", "{{code}}", null, "mail_words_invalid", "/subject")]
    [InlineData(" ", "{{code}}", null, "mail_words_invalid", "/subject")]
    [InlineData("x", " ", null, "mail_words_invalid", "/text")]
    [InlineData("x", "{{code}}", "", "mail_words_invalid", "/html")]
    public void What_no_mail_could_say_is_refused(string subject, string text, string? html, string code, string place)
    {
        var error = Should.Throw<DomainException>(() => EmailTemplate.Set(null, MailKind.VerifyEmail, "he", new(subject, text, html), Now)).Error;
        (error.Code, error.Place).ShouldBe((code, place));
    }

    [Fact]
    public void Of_other_mails_and_languages_there_are_none()
    {
        Should.Throw<DomainException>(() => EmailTemplate.Set(null, "customer.spam", "he", Words, Now)).Error.Code.ShouldBe("not_found");
        Should.Throw<DomainException>(() => EmailTemplate.Set(null, MailKind.VerifyEmail, "tlh", Words, Now)).Error.Code.ShouldBe("not_found");
    }

    [Fact]
    public void Languages_are_read_from_where_they_begin()
    {
        (Languages.IsRightToLeft("he-IL"), Languages.IsRightToLeft("ar"), Languages.IsRightToLeft("ms"), Languages.IsRightToLeft("en-GB")).ShouldBe((true, true, false, false));
        (Languages.Spoken(null, "he-IL"), Languages.Spoken("ms", "he"), Languages.Spoken("de", "he"), Languages.Spoken("de", "fr")).ShouldBe(("he", "ms", "he", "en"));
    }
}
