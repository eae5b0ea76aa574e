using Mainstreet.Application.Flags;
using Mainstreet.Domain;
using Mainstreet.Domain.Flags;
using Mainstreet.Domain.Notifications;

namespace Mainstreet.Application.Notifications;

/// <summary>
/// What a customer is written: in the customer's language, else the business's, else English; in the business's own words where it has some for
/// that language and its plan lets it.
/// </summary>
public sealed class CustomerMails(IReadStore reads, IFeatures features, ITenantContext context)
{
    /// <param name="mail">A <see cref="MailKind"/>.</param>
    /// <param name="locale">The customer's; null: not known.</param>
    /// <param name="email">To whom it goes.</param>
    /// <param name="code">What it brings.</param>
    /// <param name="cancellationToken">Ends the reads.</param>
    public Task<MailWords> Write(string mail, string? locale, string email, string code, CancellationToken cancellationToken) =>
        Write(mail, locale, new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = email, ["code"] = code }, cancellationToken);

    /// <param name="mail">A <see cref="MailKind"/>.</param>
    /// <param name="locale">The customer's; null: not known.</param>
    /// <param name="values">One for every place that the kind knows, but the business's name.</param>
    /// <param name="cancellationToken">Ends the reads.</param>
    public async Task<MailWords> Write(string mail, string? locale, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken)
    {
        var shop = (await reads.Find<Shop>("select name, settings ->> 'locale' as locale from rm.business_profile", null, cancellationToken))!;
        var language = Languages.Spoken(locale, shop.Locale);
        var words = await Own(mail, language, cancellationToken) ?? MailTexts.Of(mail, language);
        return words.Fill(new Dictionary<string, string>(values, StringComparer.Ordinal) { ["shop"] = shop.Name });
    }

    private async Task<MailWords?> Own(string mail, string language, CancellationToken cancellationToken)
    {
        var business = context.Tenant;
        var own = await reads.Find<EmailTemplateView>(
            "select * from rm.email_templates where template_id = @id", new { Id = EmailTemplate.StreamOf(business, mail, language) }, cancellationToken);
        return own?.Words is { } words && await features.Has(business, PlanFeature.CustomEmailTemplates, subject: null, cancellationToken) ? words : null;
    }

    private sealed record Shop(string Name, string Locale);
}
