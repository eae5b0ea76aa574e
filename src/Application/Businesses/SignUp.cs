using FluentValidation;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>
/// Somebody without an account starts a business (TEN-11, TEN-12): account, business and ownership in one commit, so there is never one
/// without the other, then the steps of <see cref="BusinessStart"/>. Runs in the platform's tenant. Errors: email_taken, subdomain_taken,
/// subdomain_reserved (409), and 400 for what is malformed; too many attempts (429).
/// </summary>
/// <param name="Subdomain">Null: one is made from the business's name.</param>
public sealed record SignUp(
    string BusinessName, string? Subdomain, string Currency, string Timezone, BusinessMode Mode, string? Country, string Email, string Password, string FullName,
    string? Phone, Client Client) : IRequest<SignUpReceipt>
{
    /// <summary>Without the password, because requests end up in logs.</summary>
    public override string ToString() => nameof(SignUp);
}

public sealed record SignUpReceipt(TenantId BusinessId, UserId UserId, string Subdomain, Guid? TestClockId, int Version) : Committed(Version);

internal sealed class SignUpValidator : AbstractValidator<SignUp>
{
    public SignUpValidator()
    {
        RuleFor(c => c.Email).IsEmailAddress();
        RuleFor(c => c.Password).IsNewPassword();
    }
}

internal sealed class SignUpHandler(ILane lane, ITenantScopes scopes, IPasswords passwords, IAttempts attempts, ITenantContext context) : IRequestHandler<SignUp, SignUpReceipt>
{
    public async Task<SignUpReceipt> Handle(SignUp command, CancellationToken cancellationToken)
    {
        var id = new TenantId(Uuid.Named("business", context.CommandId.ToString()));
        var owner = new UserId(Uuid.Named("user", context.CommandId.ToString()));
        await attempts.Reserve(Guess.Registration, command.Email, account: null, command.Client, cancellationToken);
        var account = new NewAccount(command.Email, command.FullName, command.Phone, await passwords.Hash(command.Password, cancellationToken));
        var registration = new BusinessRegistration(
            id, command.BusinessName, command.Subdomain ?? "", command.Currency, command.Timezone, owner, command.Mode,
            command.Mode is BusinessMode.Test ? Uuid.Named("test_clock", id.ToString()) : null, command.Country, Origin: BusinessOrigin.SignUp);
        return await lane.Start(
            scopes, registration, command.Subdomain, new(account),
            started => new SignUpReceipt(id, owner, started.Subdomain, started.TestClockId, started.Version), cancellationToken);
    }
}
