using FluentValidation;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Notifications;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Notifications;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>
/// A mail with which the password can be set anew, if there is such an account; it is told neither by the answer nor by its time. Errors:
/// too many attempts (429).
/// </summary>
public sealed record RequestCustomerPasswordReset(string Email, Client Client) : IRequest<Committed>
{
    public override string ToString() => nameof(RequestCustomerPasswordReset);
}

internal sealed class RequestCustomerPasswordResetValidator : AbstractValidator<RequestCustomerPasswordReset>
{
    public RequestCustomerPasswordResetValidator() => RuleFor(c => c.Email).IsEmailAddress();
}

internal sealed class RequestCustomerPasswordResetHandler(ILane lane, IReadStore reads, IAttempts attempts) : IRequestHandler<RequestCustomerPasswordReset, Committed>
{
    public async Task<Committed> Handle(RequestCustomerPasswordReset command, CancellationToken cancellationToken)
    {
        var email = command.Email.Trim().ToLowerInvariant();
        var known = await reads.Find<CustomerAccountView>("select * from rm.customer_accounts where email = @email", new { email }, cancellationToken);
        await attempts.Reserve(Guess.Mail, email, known?.AccountId.SignsIn, command.Client, cancellationToken);
        var account = known?.AccountId ?? new AccountId(Uuid.New()); // a message for nobody costs as much as one for somebody
        return await lane.Run(
            _ => { },
            (log, now) =>
            {
                log.Schedule(new SendCustomerPasswordReset(account), now, $"customer-password-reset:{account}");
                return new Committed(0);
            },
            cancellationToken);
    }
}

/// <summary>The mail itself.</summary>
[Message("customer.send_password_reset", Queues.Notifications, Purpose.Attend)]
internal sealed record SendCustomerPasswordReset(AccountId AccountId) : IRequest<Committed>;

internal sealed class SendCustomerPasswordResetHandler(
    IAggregates aggregates, CustomerMails mails, IMailTokens tokens, IEmailSender mail, ITenantContext context, TimeProvider clock) : IRequestHandler<SendCustomerPasswordReset, Committed>
{
    public async Task<Committed> Handle(SendCustomerPasswordReset command, CancellationToken cancellationToken)
    {
        var account = await aggregates.Find<CustomerAccount, CustomerAccountEvent>(command.AccountId.Value, cancellationToken);
        if (account is { State: { Closed: false } state })
        {
            var code = tokens.Issue(MailPurpose.PasswordReset, context.Tenant, state.Id.Value, state.SealedPassword, clock.GetUtcNow().AddHours(1));
            var words = await mails.Write(MailKind.ResetPassword, state.Locale, state.Email, code, cancellationToken);
            await mail.Send(
                new(state.Email, words.Subject, words.Text, MailKind.ResetPassword, context.CommandId.ToString(), words.Html, state.CustomerId.Value), cancellationToken);
        }

        return new(0);
    }
}
