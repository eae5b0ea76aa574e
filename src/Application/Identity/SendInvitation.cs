using Mainstreet.Application.Businesses;
using Mainstreet.Application.Notifications;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>The mail of an invitation. It is the business's, so that a test business mails nobody.</summary>
[Message("invitation.send", Queues.Notifications)]
internal sealed record SendInvitation(InvitationId InvitationId) : IRequest<Committed>;

/// <summary>What the mail says; null where the invitation is over. Runs in the platform's tenant.</summary>
internal sealed record WriteInvitation(InvitationId InvitationId, string IdempotencyKey) : IRequest<EmailMessage?>;

internal sealed class SendInvitationHandler(ITenantScopes scopes, IEmailSender mail, ITenantContext context) : IRequestHandler<SendInvitation, Committed>
{
    public async Task<Committed> Handle(SendInvitation command, CancellationToken cancellationToken)
    {
        if (await scopes.Send(TenantId.Platform, new WriteInvitation(command.InvitationId, context.CommandId.ToString()), cancellationToken) is { } message)
        {
            await mail.Send(message, cancellationToken);
        }

        return new(0);
    }
}

internal sealed class WriteInvitationHandler(IAggregates aggregates, IReadStore reads, IMailTokens tokens, TimeProvider clock) : IRequestHandler<WriteInvitation, EmailMessage?>
{
    public async Task<EmailMessage?> Handle(WriteInvitation query, CancellationToken cancellationToken)
    {
        var invitation = (await aggregates.Find<Invitation, InvitationEvent>(query.InvitationId.Value, cancellationToken))?.State;
        if (invitation is null || !invitation.IsGood(clock.GetUtcNow()) || !EmailAddress.IsWellFormed(invitation.Email))
        {
            return null;
        }

        var business = await reads.Find<BusinessEntry>("select * from rm.businesses where business_id = @business", new { Business = invitation.TenantId }, cancellationToken);
        var text = $"""
            {business!.Name} invites you to join its team. Accept within a week with this code, as the user you are or as a new one:

            {tokens.Shown(MailPurpose.Invitation, tokens.Issue(MailPurpose.Invitation, TenantId.Platform, invitation.Id.Value, AcceptInvitation.StateOf(invitation), invitation.ExpiresAt))}

            If you do not know {business.Name}, do nothing.
            """;
        return new(invitation.Email, $"Join {business.Name}", text, SandboxMessage.Invitation, query.IdempotencyKey, SubjectId: invitation.Id.Value);
    }
}
