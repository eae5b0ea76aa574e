using Mainstreet.Domain;

namespace Mainstreet.Application;

/// <summary>What a valid access token says: who acts, in which business, in which role (IAM-02).</summary>
/// <param name="Role">One of <see cref="Identity.Roles"/>.</param>
/// <param name="SessionId">The session that it was issued in.</param>
/// <param name="Jti">The id of this very token.</param>
/// <param name="ValidUntil">When the token is refused from then on; known of a token that was checked.</param>
public sealed record AccessGrant(UserId UserId, TenantId TenantId, string Role, Guid SessionId, string Jti, DateTimeOffset? ValidUntil = null);

/// <summary>Signs and checks the access tokens of this product.</summary>
public interface IAccessTokens
{
    /// <summary>How long a token is valid from its issue.</summary>
    TimeSpan Lifetime { get; }

    /// <summary>A signed token, valid from <paramref name="now"/> for <see cref="Lifetime"/>.</summary>
    string Issue(AccessGrant grant, DateTimeOffset now);

    /// <summary>Null for a token that is malformed, forged, expired or not yet valid.</summary>
    AccessGrant? Validate(string token, DateTimeOffset now);
}
