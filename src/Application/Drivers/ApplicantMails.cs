using Mainstreet.Application.Notifications;
using Mainstreet.Domain;
using Mainstreet.Domain.Drivers;
using MediatR;

namespace Mainstreet.Application.Drivers;

internal enum ApplicantMail
{
    Received,
    DocumentRejected,
    DocumentExpires,
    Approved,
    Rejected,
    Suspended,
    Reinstated,
}

/// <summary>Whoever applies hears of each step.</summary>
internal sealed class ApplicantMails : Policy
{
    public ApplicantMails() : base("driver_applicant_mails")
    {
        On<ApplicantApplied>(e => Mail(e.ApplicantId, ApplicantMail.Received, e.At));
        On<DocumentRejected>(e => Mail(e.ApplicantId, ApplicantMail.DocumentRejected, e.At));
        On<DocumentReminded>(e => Mail(e.ApplicantId, ApplicantMail.DocumentExpires, e.At));
        On<ApplicantApproved>(e => Mail(e.ApplicantId, ApplicantMail.Approved, e.At));
        On<ApplicantRejected>(e => Mail(e.ApplicantId, ApplicantMail.Rejected, e.At));
        On<ApplicantSuspended>(e => Mail(e.ApplicantId, ApplicantMail.Suspended, e.At));
        On<ApplicantReinstated>(e => Mail(e.ApplicantId, ApplicantMail.Reinstated, e.At));
    }

    private static ScheduledCommand Mail(ApplicantId applicant, ApplicantMail mail, DateTimeOffset at) => Schedule(new SendApplicantMail(applicant, mail), at);
}

/// <summary>The mail itself, with a code where there is something to hand in; nothing for who was erased.</summary>
[Message("driver_applicant.send_mail", Queues.Notifications)]
internal sealed record SendApplicantMail(ApplicantId ApplicantId, ApplicantMail Mail) : IRequest<Committed>;

internal sealed class SendApplicantMailHandler(IAggregates aggregates, IReadStore reads, ApplicantTokens tokens, IEmailSender mail, ITenantContext context)
    : IRequestHandler<SendApplicantMail, Committed>
{
    public async Task<Committed> Handle(SendApplicantMail command, CancellationToken cancellationToken)
    {
        var found = await aggregates.Find<Applicant, ApplicantEvent>(command.ApplicantId.Value, cancellationToken);
        if (found is { State: var applicant } && applicant.Decided is not ApplicantStatus.Closed && EmailAddress.IsWellFormed(applicant.Email))
        {
            var shop = (await reads.Find<Shop>("select name from rm.business_profile", null, cancellationToken))!.Name;
            var (subject, text, withCode) = Of(command.Mail, shop);
            if (withCode)
            {
                text += $"\n\nHand documents in, and see how far it is, with this code:\n\n{tokens.Issue(applicant)}\n";
            }

            var template = $"driver_application.{System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(command.Mail.ToString())}";
            await mail.Send(new(applicant.Email, subject, text, template, context.CommandId.ToString(), SubjectId: applicant.Id.Value), cancellationToken);
        }

        return new(0);
    }

    private static (string Subject, string Text, bool WithCode) Of(ApplicantMail mail, string shop) => mail switch
    {
        ApplicantMail.Received => ($"Driving for {shop}", $"{shop} has your application to drive. If it is not from you, do nothing.", true),
        ApplicantMail.DocumentRejected => ($"A document for {shop}", $"{shop} could not accept a document of yours. Please hand it in again.", true),
        ApplicantMail.DocumentExpires => ($"A document for {shop} expires", $"A document of yours expires soon. Without another one you cannot drive for {shop} any more.", true),
        ApplicantMail.Suspended => ($"You cannot drive for {shop} at present", "A document of yours has expired. Hand another one in to drive again.", true),
        ApplicantMail.Approved => ($"You drive for {shop}", $"{shop} has approved your application. Sign in with your account; if you have none yet, another mail says how to choose a password.", false),
        ApplicantMail.Rejected => ($"Your application to {shop}", $"{shop} has rejected your application. You may apply again.", false),
        ApplicantMail.Reinstated => ($"You drive for {shop} again", "Your documents are in order again.", false),
    };

    /// <summary>In whose name is written.</summary>
    private sealed record Shop(string Name);
}
