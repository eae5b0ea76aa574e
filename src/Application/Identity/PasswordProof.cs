using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Application.Identity;

/// <summary>Asks somebody who is signed in for the password once more: an access token alone is not enough for what would outlive it.</summary>
public sealed class PasswordProof(IAggregates aggregates, IPasswords passwords, IAttempts attempts)
{
    /// <summary>Errors: not_found (404) for an unknown user; password_wrong (403); too many attempts (429), counted with those at signing in.</summary>
    public async Task Check(UserId id, string password, Client client, CancellationToken cancellationToken)
    {
        var user = (await aggregates.Find<User, UserEvent>(id.Value, cancellationToken))?.State ?? throw new DomainException(DomainError.NotFound("user"));
        var attempt = await attempts.Reserve(Guess.Password, user.Email, id, client, cancellationToken);
        Domain.Check.That(await passwords.Verify(user.PasswordHash, password, cancellationToken), IdentityErrors.PasswordWrong);
        await attempt.Succeeded(cancellationToken);
    }
}
