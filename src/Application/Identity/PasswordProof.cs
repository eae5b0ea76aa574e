using Mainstreet.Application.Customers;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Application.Identity;

/// <summary>Asks somebody who is signed in for the password once more: an access token alone is not enough for what would outlive it.</summary>
public sealed class PasswordProof(IAggregates aggregates, IPasswords passwords, CustomerPasswords customers, IAttempts attempts)
{
    /// <summary>Errors: not_found (404) for an unknown user; password_wrong (403); too many attempts (429), counted with those at signing in.</summary>
    public async Task Check(UserId id, string password, Client client, CancellationToken cancellationToken)
    {
        var user = (await aggregates.Find<User, UserEvent>(id.Value, cancellationToken))?.State ?? throw new DomainException(DomainError.NotFound("user"));
        await Check(user.Email, id, client, () => passwords.Verify(user.PasswordHash, password, cancellationToken), cancellationToken);
    }

    /// <summary>The same of a customer, whose account it answers.</summary>
    public async Task<CustomerAccount> Check(AccountId id, string password, Client client, CancellationToken cancellationToken)
    {
        var account = (await aggregates.Find<CustomerAccount, CustomerAccountEvent>(id.Value, cancellationToken))?.State.Open()
            ?? throw new DomainException(CustomerErrors.NotFound);
        await Check(account.Email, id.SignsIn, client, () => customers.IsRight(account, password, cancellationToken), cancellationToken);
        return account;
    }

    private async Task Check(string email, UserId account, Client client, Func<Task<bool>> isRight, CancellationToken cancellationToken)
    {
        var attempt = await attempts.Reserve(Guess.Password, email, account, client, cancellationToken);
        Domain.Check.That(await isRight(), IdentityErrors.PasswordWrong);
        await attempt.Succeeded(cancellationToken);
    }
}
