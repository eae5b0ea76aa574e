using FluentValidation;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>
/// Another password, by who knows the present one. The customer's other sessions end with it, in the same commit. Errors: not_found (404);
/// password_wrong (403); too many attempts (429).
/// </summary>
/// <param name="SessionId">The one that asked, and goes on.</param>
public sealed record ChangeCustomerPassword(AccountId AccountId, Guid SessionId, string CurrentPassword, string NewPassword, Client Client) : IRequest<Committed>
{
    /// <summary>Without the passwords, because requests end up in logs.</summary>
    public override string ToString() => nameof(ChangeCustomerPassword);
}

internal sealed class ChangeCustomerPasswordValidator : AbstractValidator<ChangeCustomerPassword>
{
    public ChangeCustomerPasswordValidator() => RuleFor(c => c.NewPassword).IsNewPassword();
}

internal sealed class ChangeCustomerPasswordHandler(IAggregates aggregates, PasswordProof proof, CustomerPasswords passwords, TimeProvider clock)
    : IRequestHandler<ChangeCustomerPassword, Committed>
{
    public async Task<Committed> Handle(ChangeCustomerPassword command, CancellationToken cancellationToken)
    {
        await proof.Check(command.AccountId, command.CurrentPassword, command.Client, cancellationToken);
        var password = await passwords.Seal(command.AccountId, command.NewPassword, cancellationToken);
        return await aggregates.Update<CustomerAccount, CustomerAccountEvent>(
            command.AccountId.Value, expectedVersion: null, account => account.ChangePassword(password, clock.GetUtcNow(), command.SessionId), cancellationToken);
    }
}
