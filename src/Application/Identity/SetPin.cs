using System.Text;
using FluentValidation;
using FluentValidation.Results;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// The PIN with which the user confirms sensitive steps (IAM-05), chosen or changed by who knows the password. Runs in the platform's
/// tenant. Errors: password_wrong (403); too many attempts (429).
/// </summary>
public sealed record SetPin(UserId UserId, string Password, string Pin, Client Client) : IRequest<Committed>
{
    /// <summary>Without the secrets, because requests end up in logs.</summary>
    public override string ToString() => nameof(SetPin);
}

internal sealed class SetPinValidator : AbstractValidator<SetPin>
{
    public SetPinValidator() => RuleFor(c => c.Pin).IsPin();
}

internal sealed class SetPinHandler(IAggregates aggregates, PasswordProof proof, IPasswords passwords, ISecretBox secrets, TimeProvider clock)
    : IRequestHandler<SetPin, Committed>
{
    public async Task<Committed> Handle(SetPin command, CancellationToken cancellationToken)
    {
        await proof.Check(command.UserId, command.Password, command.Client, cancellationToken);
        var hash = await passwords.Hash(command.Pin, cancellationToken);
        var sealedPin = secrets.Seal(Encoding.UTF8.GetBytes(hash), StepUpHandler.Purpose(command.UserId));
        return await aggregates.Update<User, UserEvent>(
            command.UserId.Value, expectedVersion: null, user => user.SetPin(sealedPin, clock.GetUtcNow()), cancellationToken);
    }
}
