namespace Mainstreet.Domain.Notifications;

/// <summary>A business's own words for a sort of mail in a language (WL-03, WL-07). Without them the mail has the product's.</summary>
public sealed record EmailTemplate(string Mail, string Language, MailWords? Words) : IAggregate<EmailTemplate, EmailTemplateEvent>
{
    public static Guid StreamOf(TenantId business, string mail, string language) => Uuid.Named("email_template", business.ToString(), mail, language);

    /// <param name="template">Null: there has never been one.</param>
    /// <param name="mail">A <see cref="MailKind"/>.</param>
    /// <param name="language">One of <see cref="Languages.Known"/>.</param>
    /// <param name="words">From now on.</param>
    /// <param name="now">When they are set.</param>
    public static EmailTemplateEvent[] Set(EmailTemplate? template, string mail, string language, MailWords words, DateTimeOffset now)
    {
        Check.That(Languages.IsKnown(language), DomainError.NotFound("language"));
        words.Validate(MailKind.Of(mail));
        return template?.Words == words ? [] : [new EmailTemplateSet(mail, language, words, now)];
    }

    public EmailTemplateEvent[] Clear(DateTimeOffset now) => Words is null ? [] : [new EmailTemplateCleared(Mail, Language, now)];

    public static EmailTemplate Evolve(EmailTemplate? template, EmailTemplateEvent e) => (template, e) switch
    {
        (_, EmailTemplateSet set) => new(set.Mail, set.Language, set.Words),
        ({ }, EmailTemplateCleared) => template with { Words = null },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot begin a template."),
    };
}
