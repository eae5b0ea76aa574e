using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>
/// Opens a session for who knows the password (IAM-07). Errors: invalid_credentials (401), the same and after the same work whether or not
/// the address has an account at this business; too many attempts (429).
/// </summary>
public sealed record SignInCustomer(string Email, string Password, Client Client) : IRequest<CustomerSession>
{
    /// <summary>Without the password, because requests end up in logs.</summary>
    public override string ToString() => nameof(SignInCustomer);
}

internal sealed class SignInCustomerHandler(IReadStore reads, IAggregates aggregates, CustomerPasswords passwords, IAttempts attempts, IMediator mediator)
    : IRequestHandler<SignInCustomer, CustomerSession>
{
    public async Task<CustomerSession> Handle(SignInCustomer command, CancellationToken cancellationToken)
    {
        var email = command.Email.Trim().ToLowerInvariant();
        var known = await reads.Find<CustomerAccountView>("select * from rm.customer_accounts where email = @email", new { email }, cancellationToken);
        var attempt = await attempts.Reserve(Guess.Password, email, known?.AccountId.SignsIn, command.Client, cancellationToken);
        var account = (await aggregates.Find<CustomerAccount, CustomerAccountEvent>(known?.AccountId.Value ?? Guid.Empty, cancellationToken))?.State;
        Check.That(await passwords.IsRight(account, command.Password, cancellationToken) && !account!.Closed, IdentityErrors.InvalidCredentials);
        await attempt.Succeeded(cancellationToken);
        return await mediator.Send(new OpenCustomerSession(account!.Id, command.Client), cancellationToken);
    }
}
