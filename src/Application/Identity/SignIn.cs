using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// Opens a session for who knows the password, in the named business or else in the one joined first. Runs in the
/// platform's tenant. Errors: invalid_credentials (401), the same and after the same work whether or not the address has
/// an account; too many attempts (429); not_found (404) for a business in which the user is no member.
/// </summary>
public sealed record SignIn(string Email, string Password, Client Client, TenantId? Business = null) : IRequest<Session>
{
    /// <summary>Without the password, because requests end up in logs.</summary>
    public override string ToString() => nameof(SignIn);
}

internal sealed class SignInHandler(IReadStore reads, IAggregates aggregates, IPasswords passwords, IAttempts attempts, IMediator mediator)
    : IRequestHandler<SignIn, Session>
{
    public async Task<Session> Handle(SignIn command, CancellationToken cancellationToken)
    {
        var email = command.Email.Trim().ToLowerInvariant();
        var known = await reads.FindUser(email, cancellationToken);
        var attempt = await attempts.Reserve(Guess.Password, email, known?.UserId, command.Client, cancellationToken);
        var user = await aggregates.Find<User, UserEvent>(known?.UserId.Value ?? Guid.Empty, cancellationToken);
        Check.That(await passwords.Verify(user?.State.PasswordHash, command.Password, cancellationToken) && user!.State.Active, IdentityErrors.InvalidCredentials);
        await attempt.Succeeded(cancellationToken);
        return await mediator.Send(new OpenSession(user!.State.Id, command.Client, command.Business), cancellationToken);
    }
}
