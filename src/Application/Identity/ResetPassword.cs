using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// Another password, by who got the mail. The token is good once, because it goes with the password that it replaces. All sessions of the
/// user end. Runs in the platform's tenant. Errors: mail_token_invalid (400).
/// </summary>
public sealed record ResetPassword(string Token, string NewPassword, Client Client) : IRequest<Committed>
{
    /// <summary>Without the secrets, because requests end up in logs.</summary>
    public override string ToString() => nameof(ResetPassword);
}

internal sealed class ResetPasswordValidator : AbstractValidator<ResetPassword>
{
    public ResetPasswordValidator() => RuleFor(c => c.NewPassword).IsNewPassword();
}

internal sealed class ResetPasswordHandler(
    IAggregates aggregates, IMailTokens tokens, IPasswords passwords, IAttempts attempts, TimeProvider clock) : IRequestHandler<ResetPassword, Committed>
{
    public async Task<Committed> Handle(ResetPassword command, CancellationToken cancellationToken)
    {
        var id = tokens.SubjectOf(command.Token) ?? throw new DomainException(IdentityErrors.MailTokenInvalid);
        var user = await aggregates.Find<User, UserEvent>(id, cancellationToken) ?? throw new DomainException(IdentityErrors.MailTokenInvalid);
        CheckToken(user.State); // before any work that a guess could order
        var hash = await passwords.Hash(command.NewPassword, cancellationToken);
        var committed = await aggregates.Update<User, UserEvent>(
            id,
            expectedVersion: null,
            state =>
            {
                CheckToken(state);
                return state.ChangePassword(hash, clock.GetUtcNow());
            },
            cancellationToken);
        await attempts.Forget(Guess.Password, user.State.Email, command.Client, cancellationToken);
        return committed;

        void CheckToken(User state) =>
            Check.That(tokens.IsGood(MailPurpose.PasswordReset, TenantId.Platform, command.Token, state.PasswordHash, clock.GetUtcNow()), IdentityErrors.MailTokenInvalid);
    }
}
