using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// A new account, member of nothing yet (IAM-01), to whose address a mail goes. Runs in the platform's tenant. Errors: email_taken (409); too many
/// attempts (429).
/// </summary>
public sealed record RegisterUser(string Email, string Password, string FullName, Client Client, string? Phone = null, UserId? UserId = null) : IRequest<UserReceipt>
{
    /// <summary>Without the password, because requests end up in logs.</summary>
    public override string ToString() => nameof(RegisterUser);
}

public sealed record UserReceipt(UserId UserId, int Version) : Committed(Version);

internal sealed class RegisterUserValidator : AbstractValidator<RegisterUser>
{
    public RegisterUserValidator()
    {
        RuleFor(c => c.Email).IsEmailAddress();
        RuleFor(c => c.Password).IsNewPassword();
    }
}

internal sealed class RegisterUserHandler(ILane lane, IPasswords passwords, IAttempts attempts, ITenantContext context) : IRequestHandler<RegisterUser, UserReceipt>
{
    public async Task<UserReceipt> Handle(RegisterUser command, CancellationToken cancellationToken)
    {
        var id = command.UserId ?? new UserId(Uuid.Named("user", context.CommandId.ToString()));
        await attempts.Reserve(Guess.Registration, command.Email, account: null, command.Client, cancellationToken);
        var hash = await passwords.Hash(command.Password, cancellationToken);
        return await lane.Run(
            streams => streams.Of<User>(id.Value),
            (log, now) =>
            {
                Check.That(log.Find<User>(id.Value) is null, IdentityErrors.UserExists);
                log.Append<User, UserEvent>(id.Value, User.Register(id, command.Email, command.FullName, command.Phone, hash, now));
                return new UserReceipt(id, log.Version(id.Value));
            },
            cancellationToken);
    }
}
