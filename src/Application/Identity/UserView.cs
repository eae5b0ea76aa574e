using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Application.Identity;

/// <summary>Who signs in with an address. It holds no more of a person than that: the rest is read from the stream.</summary>
internal sealed record UserView([property: Key] UserId UserId, string Email);

internal sealed class UsersProjection : Projection<UserView>
{
    public UsersProjection() : base("users", version: 1, inline: true)
    {
        // an erased address is no address: its account is gone from here when the view is rebuilt
        On<UserRegistered>(e => new(e.UserId, e.Email), (user, _) => EmailAddress.IsWellFormed(user.Email) ? user : null);
        Unique(IdentityErrors.EmailTaken, where: null, "email");
    }
}

internal static class UserLookup
{
    /// <summary>Whose account the address is. Runs in the platform's tenant.</summary>
    /// <param name="email">Normalised.</param>
    public static Task<UserView?> FindUser(this IReadStore reads, string email, CancellationToken cancellationToken) =>
        reads.Find<UserView>("select user_id, email from rm.users where email = @email", new { email }, cancellationToken);
}
