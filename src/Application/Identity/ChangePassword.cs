using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// Another password, by who knows the present one. All sessions of the user end with it, also the one that asked. Runs in the platform's
/// tenant. Errors: password_wrong (403); too many attempts (429).
/// </summary>
public sealed record ChangePassword(UserId UserId, string Password, string NewPassword, Client Client) : IRequest<Committed>
{
    /// <summary>Without the passwords, because requests end up in logs.</summary>
    public override string ToString() => nameof(ChangePassword);
}

internal sealed class ChangePasswordValidator : AbstractValidator<ChangePassword>
{
    public ChangePasswordValidator() => RuleFor(c => c.NewPassword).IsNewPassword();
}

internal sealed class ChangePasswordHandler(IAggregates aggregates, PasswordProof proof, IPasswords passwords, TimeProvider clock)
    : IRequestHandler<ChangePassword, Committed>
{
    public async Task<Committed> Handle(ChangePassword command, CancellationToken cancellationToken)
    {
        await proof.Check(command.UserId, command.Password, command.Client, cancellationToken);
        var hash = await passwords.Hash(command.NewPassword, cancellationToken);
        return await aggregates.Update<User, UserEvent>(
            command.UserId.Value, expectedVersion: null, user => user.ChangePassword(hash, clock.GetUtcNow()), cancellationToken);
    }
}
