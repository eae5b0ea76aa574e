using Mainstreet.Application.Notifications;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>The user has got the mail. Doing it again changes nothing. Runs in the platform's tenant. Errors: mail_token_invalid (400).</summary>
public sealed record VerifyEmail(string Token) : IRequest<Committed>
{
    public override string ToString() => nameof(VerifyEmail);
}

/// <summary>The mail once more. Runs in the platform's tenant. Errors: too many attempts (429).</summary>
public sealed record RequestEmailVerification(UserId UserId, Client Client) : IRequest<Committed>;

/// <summary>The mail itself; nothing for an address that was verified.</summary>
[Message("user.send_email_verification", Queues.Notifications)]
internal sealed record SendEmailVerification(UserId UserId) : IRequest<Committed>;

/// <summary>Whoever registers is sent a mail.</summary>
internal sealed class WelcomeMails : Policy
{
    public WelcomeMails() : base("welcome_mails") => On<UserRegistered>(e => Schedule(new SendEmailVerification(e.UserId), e.At));
}

internal sealed class VerifyEmailHandler(IAggregates aggregates, IMailTokens tokens, TimeProvider clock) : IRequestHandler<VerifyEmail, Committed>
{
    public async Task<Committed> Handle(VerifyEmail command, CancellationToken cancellationToken)
    {
        var id = tokens.SubjectOf(command.Token) ?? throw new DomainException(IdentityErrors.MailTokenInvalid);
        var user = await aggregates.Find<User, UserEvent>(id, cancellationToken);
        Check.That(user is not null && tokens.IsGood(MailPurpose.EmailVerification, TenantId.Platform, command.Token, user.State.Email, clock.GetUtcNow()), IdentityErrors.MailTokenInvalid);
        return await aggregates.Update<User, UserEvent>(id, expectedVersion: null, state => state.VerifyEmail(clock.GetUtcNow()), cancellationToken);
    }
}

internal sealed class RequestEmailVerificationHandler(ILane lane, IAttempts attempts) : IRequestHandler<RequestEmailVerification, Committed>
{
    public async Task<Committed> Handle(RequestEmailVerification command, CancellationToken cancellationToken)
    {
        await attempts.Reserve(Guess.Mail, command.UserId.ToString(), command.UserId, command.Client, cancellationToken);
        return await lane.Run(
            _ => { },
            (log, now) =>
            {
                log.Schedule(new SendEmailVerification(command.UserId), now, $"email-verification:{command.UserId}");
                return new Committed(0);
            },
            cancellationToken);
    }
}

internal sealed class SendEmailVerificationHandler(IAggregates aggregates, IMailTokens tokens, IEmailSender mail, ITenantContext context, TimeProvider clock)
    : IRequestHandler<SendEmailVerification, Committed>
{
    private static readonly TimeSpan Good = TimeSpan.FromDays(7);

    public async Task<Committed> Handle(SendEmailVerification command, CancellationToken cancellationToken)
    {
        var user = await aggregates.Find<User, UserEvent>(command.UserId.Value, cancellationToken);
        if (user is { State: { Active: true, EmailVerified: false } state } && EmailAddress.IsWellFormed(state.Email))
        {
            var token = tokens.Issue(MailPurpose.EmailVerification, TenantId.Platform, state.Id.Value, state.Email, clock.GetUtcNow() + Good);
            var text = $"""
                Welcome. Please confirm within a week that {state.Email} is yours, with this code:

                {tokens.Shown(MailPurpose.EmailVerification, token)}
                """;
            await mail.Send(new(state.Email, "Confirm your address", text, "account.verify_email", context.CommandId.ToString(), SubjectId: state.Id.Value), cancellationToken);
        }

        return new(0);
    }
}
