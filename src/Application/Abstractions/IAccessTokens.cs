using Mainstreet.Domain;

namespace Mainstreet.Application;

/// <summary>What a valid access token or API key says: who acts, in which business, in which role (IAM-02, IAM-13).</summary>
/// <param name="UserId">Nobody's where a key acts.</param>
/// <param name="Role">One of <see cref="Identity.Roles"/>.</param>
/// <param name="SessionId">The session that it was issued in.</param>
/// <param name="Jti">The id of this very token.</param>
/// <param name="ValidUntil">When the token is refused from then on; known of a token that was checked.</param>
/// <param name="Key">Instead of a user.</param>
public sealed record AccessGrant(UserId UserId, TenantId TenantId, string Role, Guid SessionId, string Jti, DateTimeOffset? ValidUntil = null, ApiKeyId? Key = null)
{
    /// <summary>The id of who acts, the user or the key.</summary>
    public Guid ActorId => Key?.Value ?? UserId.Value;
}

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
