using Mainstreet.Application.Notifications;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Identity;
using Mainstreet.Domain.Notifications;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>
/// The customer who is signed in has got the mail. Both are needed: whoever registers with somebody else's address has no mail, and the
/// other one, confirming it by mistake, would show their orders. Doing it again changes nothing. Errors: mail_token_invalid (400).
/// </summary>
public sealed record VerifyCustomerEmail(AccountId AccountId, string Token) : IRequest<Committed>
{
    public override string ToString() => nameof(VerifyCustomerEmail);
}

/// <summary>The mail once more. Errors: too many attempts (429).</summary>
public sealed record RequestCustomerEmailVerification(AccountId AccountId, Client Client) : IRequest<Committed>;

/// <summary>The mail itself; nothing for an address that was verified.</summary>
[Message("customer.send_email_verification", Queues.Notifications)]
internal sealed record SendCustomerEmailVerification(AccountId AccountId) : IRequest<Committed>;

/// <summary>Whoever registers is sent a mail.</summary>
internal sealed class CustomerWelcomeMails : Policy
{
    public CustomerWelcomeMails() : base("customer_welcome_mails") => On<CustomerRegistered>(e => Schedule(new SendCustomerEmailVerification(e.AccountId), e.At));
}

internal sealed class VerifyCustomerEmailHandler(IAggregates aggregates, IMailTokens tokens, ITenantContext context, TimeProvider clock) : IRequestHandler<VerifyCustomerEmail, Committed>
{
    public Task<Committed> Handle(VerifyCustomerEmail command, CancellationToken cancellationToken) => aggregates.Update<CustomerAccount, CustomerAccountEvent>(
        command.AccountId.Value,
        expectedVersion: null,
        account =>
        {
            Check.That(
                tokens.SubjectOf(command.Token) == account.Id.Value
                && tokens.IsGood(MailPurpose.EmailVerification, context.Tenant, command.Token, account.Email, clock.GetUtcNow()), IdentityErrors.MailTokenInvalid);
            return account.VerifyEmail(clock.GetUtcNow());
        },
        cancellationToken);
}

internal sealed class RequestCustomerEmailVerificationHandler(ILane lane, IAttempts attempts) : IRequestHandler<RequestCustomerEmailVerification, Committed>
{
    public async Task<Committed> Handle(RequestCustomerEmailVerification command, CancellationToken cancellationToken)
    {
        await attempts.Reserve(Guess.Mail, command.AccountId.ToString(), command.AccountId.SignsIn, command.Client, cancellationToken);
        return await lane.Run(
            _ => { },
            (log, now) =>
            {
                log.Schedule(new SendCustomerEmailVerification(command.AccountId), now, $"customer-email-verification:{command.AccountId}");
                return new Committed(0);
            },
            cancellationToken);
    }
}

internal sealed class SendCustomerEmailVerificationHandler(
    IAggregates aggregates, CustomerMails mails, IMailTokens tokens, IEmailSender mail, ITenantContext context, TimeProvider clock)
    : IRequestHandler<SendCustomerEmailVerification, Committed>
{
    private static readonly TimeSpan Good = TimeSpan.FromDays(7);

    public async Task<Committed> Handle(SendCustomerEmailVerification command, CancellationToken cancellationToken)
    {
        var account = await aggregates.Find<CustomerAccount, CustomerAccountEvent>(command.AccountId.Value, cancellationToken);
        if (account is { State: { Closed: false, EmailVerified: false } state })
        {
            var code = tokens.Issue(MailPurpose.EmailVerification, context.Tenant, state.Id.Value, state.Email, clock.GetUtcNow() + Good);
            var words = await mails.Write(MailKind.VerifyEmail, state.Locale, state.Email, code, cancellationToken);
            await mail.Send(
                new(state.Email, words.Subject, words.Text, MailKind.VerifyEmail, context.CommandId.ToString(), words.Html, state.CustomerId.Value), cancellationToken);
        }

        return new(0);
    }
}
