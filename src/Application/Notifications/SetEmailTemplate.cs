using Mainstreet.Application.Flags;
using Mainstreet.Domain;
using Mainstreet.Domain.Flags;
using Mainstreet.Domain.Notifications;
using MediatR;

namespace Mainstreet.Application.Notifications;

/// <summary>
/// From now on the business's mails of this sort have its own words (WL-03). Errors: mail_words_invalid (400); custom_email_templates_not_in_plan
/// (403); not_found (404) for an unknown mail or language; stale_version (412); placeholder_unknown, placeholder_missing (422).
/// </summary>
public sealed record SetEmailTemplate(string Mail, string Language, MailWords Words, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>From now on they have the product's words again. Errors: not_found (404), stale_version (412).</summary>
public sealed record ClearEmailTemplate(string Mail, string Language, int? ExpectedVersion) : IRequest<Committed>;

internal sealed class SetEmailTemplateHandler(ILane lane, IFeatures features, ITenantContext context) : IRequestHandler<SetEmailTemplate, Committed>
{
    public async Task<Committed> Handle(SetEmailTemplate command, CancellationToken cancellationToken)
    {
        var business = context.Tenant;
        await features.Require(business, PlanFeature.CustomEmailTemplates, context.Actor, cancellationToken);
        var id = EmailTemplate.StreamOf(business, command.Mail, command.Language);
        return await lane.Change<EmailTemplate, EmailTemplateEvent>(
            id, command.ExpectedVersion, (known, now) => EmailTemplate.Set(known, command.Mail, command.Language, command.Words, now), cancellationToken);
    }
}

internal sealed class ClearEmailTemplateHandler(IAggregates aggregates, ITenantContext context, TimeProvider clock) : IRequestHandler<ClearEmailTemplate, Committed>
{
    public Task<Committed> Handle(ClearEmailTemplate command, CancellationToken cancellationToken) => aggregates.Update<EmailTemplate, EmailTemplateEvent>(
        EmailTemplate.StreamOf(context.Tenant, command.Mail, command.Language), command.ExpectedVersion, template => template.Clear(clock.GetUtcNow()), cancellationToken);
}
