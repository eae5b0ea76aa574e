using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Notifications;
using Mainstreet.Domain.Notifications;
using MediatR;

namespace Mainstreet.Api.Notifications;

/// <summary>The words of mails to customers, which a business may replace by its own (WL-03, WL-07).</summary>
internal static class EmailTemplateEndpoints
{
    public static void MapEmailTemplates(this IEndpointRouteBuilder api)
    {
        var templates = api.MapGroup("/business/email-templates").WithTags("Email templates");
        templates.MapGet("/", List).WithName("ListEmailTemplates").RequirePermission(Permissions.BusinessRead);
        templates.MapPut("/{mail}/{language}", Set).WithName("SetEmailTemplate").RequirePermission(Permissions.BusinessWrite)
            .Refuses(400, "mail_words_invalid").Refuses(403, "custom_email_templates_not_in_plan").Refuses(422, "placeholder_unknown", "placeholder_missing");
        templates.MapDelete("/{mail}/{language}", Clear).WithName("ClearEmailTemplate").RequirePermission(Permissions.BusinessWrite);
        templates.MapPost("/{mail}/{language}/preview", Preview).WithName("PreviewEmailTemplate").RequirePermission(Permissions.BusinessRead)
            .Refuses(400, "mail_words_invalid").Refuses(422, "placeholder_unknown", "placeholder_missing");
    }

    private static async Task<OkAnswer<EmailTemplateListBody>> List(IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(new EmailTemplateListBody([.. (await mediator.Send(new ListEmailTemplates(), cancellationToken)).Where(entry => entry.Kind.Channel is NotificationChannel.Email).Select(EmailTemplateBody.Of)]));

    private static async Task<NoContentAnswer> Set(
        string mail, string language, MailWordsRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SetEmailTemplate(mail, language, request.ToWords(), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Clear(string mail, string language, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ClearEmailTemplate(mail, language, ifMatch.Version), cancellationToken));

    private static async Task<OkAnswer<MailWords>> Preview(
        string mail, string language, MailWordsRequest? request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(await mediator.Send(new PreviewEmailTemplate(mail, language, request?.ToWords()), cancellationToken));
}

/// <summary>Words with places such as {{code}}; GET /business/email-templates tells which ones a mail knows and which ones it needs.</summary>
/// <param name="Subject">One line of at most 200 characters.</param>
/// <param name="Text">At most 20,000 characters.</param>
/// <param name="Html">Beside the text. What is put into its places is escaped.</param>
internal sealed record MailWordsRequest(string Subject, string Text, string? Html = null)
{
    public MailWords ToWords() => new(Subject, Text, Html);
}

internal sealed record EmailTemplateListBody(EmailTemplateBody[] Data);

/// <param name="IsOwn">Whether the words are the business's; else they are the product's.</param>
/// <param name="Placeholders">What the words may name.</param>
/// <param name="Required">What text and HTML must name.</param>
internal sealed record EmailTemplateBody(
    string Mail, string Language, string Subject, string Text, string? Html, bool IsOwn, IReadOnlyList<string> Placeholders, IReadOnlyList<string> Required, int Version)
{
    public static EmailTemplateBody Of(EmailTemplateEntry entry) => new(
        entry.Kind.Name, entry.Language, entry.Words.Subject, entry.Words.Text, entry.Words.Html, entry.IsOwn, entry.Kind.Placeholders, entry.Kind.Required, entry.Version);
}
