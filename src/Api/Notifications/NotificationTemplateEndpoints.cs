using Mainstreet.Api.Http;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Notifications;
using Mainstreet.Domain.Notifications;
using MediatR;

namespace Mainstreet.Api.Notifications;

/// <summary>What customers are told of their orders in the business's own words, per kind, channel and language (ORD-10, WL-07). Mails stand among the e-mail templates, too.</summary>
internal static class NotificationTemplateEndpoints
{
    public static void MapNotificationTemplates(this IEndpointRouteBuilder api)
    {
        var templates = api.MapGroup("/business/notification-templates").WithTags("Notifications");
        templates.MapGet("/", List).WithName("ListNotificationTemplates").RequirePermission(Permissions.BusinessRead);
        templates.MapPut("/{notification}/{channel}/{language}", Set).WithName("SetNotificationTemplate").RequirePermission(Permissions.BusinessWrite)
            .Refuses(400, "mail_words_invalid").Refuses(403, "custom_email_templates_not_in_plan").Refuses(422, "placeholder_unknown");
        templates.MapDelete("/{notification}/{channel}/{language}", Clear).WithName("ClearNotificationTemplate").RequirePermission(Permissions.BusinessWrite);
        templates.MapPost("/{notification}/{channel}/{language}/preview", Preview).WithName("PreviewNotificationTemplate").RequirePermission(Permissions.BusinessRead)
            .Refuses(400, "mail_words_invalid").Refuses(422, "placeholder_unknown");
    }

    private static async Task<OkAnswer<NotificationTemplateListBody>> List(IMediator mediator, CancellationToken cancellationToken) => Answers.Ok(new NotificationTemplateListBody(
        [.. (await mediator.Send(new ListEmailTemplates(), cancellationToken)).Where(entry => NotificationKind.IsKnown(entry.Kind.OrderKind)).Select(NotificationTemplateBody.Of)]));

    private static async Task<NoContentAnswer> Set(
        string notification, Choice<NotificationChannel> channel, string language, NotificationWordsRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SetEmailTemplate(MailKind.NameOf(notification, channel.Value), language, request.ToWords(), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Clear(
        string notification, Choice<NotificationChannel> channel, string language, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ClearEmailTemplate(MailKind.NameOf(notification, channel.Value), language, ifMatch.Version), cancellationToken));

    private static async Task<OkAnswer<MailWords>> Preview(
        string notification, Choice<NotificationChannel> channel, string language, NotificationWordsRequest? request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(await mediator.Send(new PreviewEmailTemplate(MailKind.NameOf(notification, channel.Value), language, request?.ToWords()), cancellationToken));
}

/// <summary>Words with places such as {{number}}; GET /business/notification-templates tells which ones a kind knows.</summary>
/// <param name="Text">At most 20,000 characters of a mail, 1,000 of anything else.</param>
/// <param name="Subject">Of a mail, and the title of a push: one line of at most 200 characters. Nothing else has one.</param>
/// <param name="Html">Of a mail, beside the text. What is put into its places is escaped.</param>
internal sealed record NotificationWordsRequest(string Text, string? Subject = null, string? Html = null)
{
    public MailWords ToWords() => new(Subject ?? "", Text, Html);
}

internal sealed record NotificationTemplateListBody(NotificationTemplateBody[] Data);

/// <param name="IsOwn">Whether the words are the business's; else they are the product's.</param>
/// <param name="Placeholders">What the words may name.</param>
internal sealed record NotificationTemplateBody(
    string Kind, NotificationChannel Channel, string Language, string? Subject, string Text, string? Html, bool IsOwn, IReadOnlyList<string> Placeholders, int Version)
{
    public static NotificationTemplateBody Of(EmailTemplateEntry entry) => new(
        entry.Kind.OrderKind, entry.Kind.Channel, entry.Language, entry.Kind.HasSubject ? entry.Words.Subject : null, entry.Words.Text, entry.Words.Html, entry.IsOwn,
        entry.Kind.Placeholders, entry.Version);
}
