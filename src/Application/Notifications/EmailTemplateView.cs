using Mainstreet.Domain;
using Mainstreet.Domain.Notifications;

namespace Mainstreet.Application.Notifications;

/// <param name="Words">Null: they were cleared.</param>
internal sealed record EmailTemplateView([property: Key] Guid TemplateId, string Mail, string Language, MailWords? Words, int Version);

internal sealed class EmailTemplatesProjection : Projection<EmailTemplateView>
{
    public EmailTemplatesProjection() : base("email_templates", version: 1, inline: true)
    {
        On<EmailTemplateSet>((e, context) => new(context.StreamId, e.Mail, e.Language, null, 0), (row, e, context) => row with { Words = e.Words, Version = context.Version });
        On<EmailTemplateCleared>((e, context) => new(context.StreamId, e.Mail, e.Language, null, 0), (row, _, context) => row with { Words = null, Version = context.Version });
    }
}
