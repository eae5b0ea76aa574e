using FluentValidation;
using Mainstreet.Application.Notifications;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// A mail with which the password can be set anew, if there is such an account; it is told neither by the answer nor by its time. Runs in
/// the platform's tenant. Errors: too many attempts (429).
/// </summary>
public sealed record RequestPasswordReset(string Email, Client Client) : IRequest<Committed>
{
    public override string ToString() => nameof(RequestPasswordReset);
}

internal sealed class RequestPasswordResetValidator : AbstractValidator<RequestPasswordReset>
{
    public RequestPasswordResetValidator() => RuleFor(c => c.Email).IsEmailAddress();
}

internal sealed class RequestPasswordResetHandler(ILane lane, IReadStore reads, IAttempts attempts) : IRequestHandler<RequestPasswordReset, Committed>
{
    public async Task<Committed> Handle(RequestPasswordReset command, CancellationToken cancellationToken)
    {
        var email = command.Email.Trim().ToLowerInvariant();
        var known = await reads.FindUser(email, cancellationToken);
        await attempts.Reserve(Guess.Mail, email, known?.UserId, command.Client, cancellationToken);
        var user = known?.UserId ?? new UserId(Uuid.New()); // a message for nobody costs as much as one for somebody
        return await lane.Run(
            _ => { },
            (log, now) =>
            {
                log.Schedule(new SendPasswordReset(user), now, $"password-reset:{user}");
                return new Committed(0);
            },
            cancellationToken);
    }
}

/// <summary>The mail itself.</summary>
[Message("user.send_password_reset", Queues.Notifications)]
internal sealed record SendPasswordReset(UserId UserId) : IRequest<Committed>;

internal sealed class SendPasswordResetHandler(IAggregates aggregates, IMailTokens tokens, IEmailSender mail, ITenantContext context, TimeProvider clock)
    : IRequestHandler<SendPasswordReset, Committed>
{
    public async Task<Committed> Handle(SendPasswordReset command, CancellationToken cancellationToken)
    {
        var user = await aggregates.Find<User, UserEvent>(command.UserId.Value, cancellationToken);
        if (user is { State: { Active: true } state } && EmailAddress.IsWellFormed(state.Email))
        {
            var token = tokens.Issue(MailPurpose.PasswordReset, TenantId.Platform, state.Id.Value, state.PasswordHash, clock.GetUtcNow().AddHours(1));
            var text = $"""
                Somebody asked for a new password for {state.Email}. If it was you, set it within an hour with this code:

                {tokens.Shown(MailPurpose.PasswordReset, token)}

                If it was not, do nothing: the password stays as it is.
                """;
            await mail.Send(new(state.Email, "A new password", text, "account.reset_password", context.CommandId.ToString(), SubjectId: state.Id.Value), cancellationToken);
        }

        return new(0);
    }
}
