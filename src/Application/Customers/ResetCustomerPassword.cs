using FluentValidation;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>
/// Another password, by who got the mail, which proves the address too. The token is good once, because it goes with the password that it
/// replaces. All sessions of the customer end. Errors: mail_token_invalid (400).
/// </summary>
public sealed record ResetCustomerPassword(string Token, string NewPassword, Client Client) : IRequest<Committed>
{
    /// <summary>Without the secrets, because requests end up in logs.</summary>
    public override string ToString() => nameof(ResetCustomerPassword);
}

internal sealed class ResetCustomerPasswordValidator : AbstractValidator<ResetCustomerPassword>
{
    public ResetCustomerPasswordValidator() => RuleFor(c => c.NewPassword).IsNewPassword();
}

internal sealed class ResetCustomerPasswordHandler(
    IAggregates aggregates, IMailTokens tokens, CustomerPasswords passwords, IAttempts attempts, ITenantContext context, TimeProvider clock) : IRequestHandler<ResetCustomerPassword, Committed>
{
    public async Task<Committed> Handle(ResetCustomerPassword command, CancellationToken cancellationToken)
    {
        var id = new AccountId(tokens.SubjectOf(command.Token) ?? throw new DomainException(IdentityErrors.MailTokenInvalid));
        var account = await aggregates.Find<CustomerAccount, CustomerAccountEvent>(id.Value, cancellationToken) ?? throw new DomainException(IdentityErrors.MailTokenInvalid);
        CheckToken(account.State); // before any work that a guess could order
        var password = await passwords.Seal(id, command.NewPassword, cancellationToken);
        var committed = await aggregates.Update<CustomerAccount, CustomerAccountEvent>(
            id.Value,
            expectedVersion: null,
            state =>
            {
                CheckToken(state);
                return [.. state.ChangePassword(password, clock.GetUtcNow()), .. state.VerifyEmail(clock.GetUtcNow())];
            },
            cancellationToken);
        await attempts.Forget(Guess.Password, account.State.Email, command.Client, cancellationToken);
        return committed;

        void CheckToken(CustomerAccount state) => Check.That(
            !state.Closed && tokens.IsGood(MailPurpose.PasswordReset, context.Tenant, command.Token, state.SealedPassword, clock.GetUtcNow()), IdentityErrors.MailTokenInvalid);
    }
}
