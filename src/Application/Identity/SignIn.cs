using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;

namespace Mainstreet.Application.Identity;

/// <summary>
/// Opens a session for who knows the password, in the named business or else in the one joined first. Runs in the
/// platform's tenant. Errors: invalid_credentials (401), the same and after the same work whether or not the address has
/// an account; not_found (404) for a business in which the user is no member.
/// </summary>
public sealed record SignIn(string Email, string Password, TenantId? Business = null) : IRequest<Session>
{
    /// <summary>Without the password, because requests end up in logs.</summary>
    public override string ToString() => nameof(SignIn);
}

internal sealed class SignInHandler(IReadStore reads, IAggregates aggregates, IPasswords passwords, IMediator mediator) : IRequestHandler<SignIn, Session>
{
    public async Task<Session> Handle(SignIn command, CancellationToken cancellationToken)
    {
        var known = await reads.Find<UserView>(
            "select user_id, email from rm.users where email = @email", new { Email = command.Email.Trim().ToLowerInvariant() }, cancellationToken);
        var user = await aggregates.Find<User, UserEvent>(known?.UserId.Value ?? Guid.Empty, cancellationToken);
        Check.That(passwords.Verify(user?.State.PasswordHash, command.Password) && user!.State.Active, IdentityErrors.InvalidCredentials);
        return await mediator.Send(new OpenSession(user!.State.Id, command.Business), cancellationToken);
    }
}
