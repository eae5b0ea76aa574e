namespace Mainstreet.Domain.ApiKeys;

public enum ApiKeyKind
{
    /// <summary>For a program of an integrator's own, where nobody else reads it.</summary>
    Secret,

    /// <summary>For pages that everybody can read.</summary>
    Publishable,
}

/// <summary>
/// What a program shows instead of signing in. Active -> revoked, for good; an expired one can be named and revoked, and nothing else. A
/// rotation gives another secret, and the one before it goes on for a while: one at most. Requirement IAM-13.
/// <code>
///          rename    rotate           revoke
/// active   renamed   rotated          revoked
/// expired  renamed   api_key_expired  revoked
/// revoked  api_key_revoked (both)     nothing
/// </code>
/// </summary>
public sealed record ApiKey(ApiKeyId Id, ApiKeyKind Kind, string? Name, string[] Scopes, string SecretHash, DateTimeOffset? ExpiresAt, bool Revoked)
    : IAggregate<ApiKey, ApiKeyEvent>
{
    public static readonly TimeSpan DefaultOverlap = TimeSpan.FromHours(24);
    public static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(7);

    /// <param name="id">Stands in the key itself.</param>
    /// <param name="kind">Which cannot change.</param>
    /// <param name="name">For people.</param>
    /// <param name="scopes">Which permissions there are, and who may give them, is the application's to know.</param>
    /// <param name="secretHash">Of the whole key.</param>
    /// <param name="expiresAt">Null: never.</param>
    /// <param name="now">The business's time.</param>
    public static ApiKeyEvent[] Create(ApiKeyId id, ApiKeyKind kind, string? name, string[] scopes, string secretHash, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        Check.That(Check.IsOptionalText(name, 100), ApiKeyErrors.NameInvalid);
        Check.That(kind is ApiKeyKind.Secret || scopes is [], ApiKeyErrors.ScopesInvalid);
        Check.That(expiresAt is not { } end || end > now, ApiKeyErrors.ExpiryInvalid);
        return [new ApiKeyCreated(id, kind, name, scopes, secretHash, expiresAt, now)];
    }

    public ApiKeyEvent[] Rename(string? name, DateTimeOffset now)
    {
        Check.That(!Revoked, ApiKeyErrors.Revoked);
        Check.That(Check.IsOptionalText(name, 100), ApiKeyErrors.NameInvalid);
        return name == Name ? [] : [new ApiKeyRenamed(Id, name, now)];
    }

    /// <param name="secretHash">Of the new key.</param>
    /// <param name="overlap">How long the key from before goes on.</param>
    /// <param name="now">The business's time.</param>
    public ApiKeyEvent[] Rotate(string secretHash, TimeSpan overlap, DateTimeOffset now)
    {
        Check.That(!Revoked, ApiKeyErrors.Revoked);
        Check.That(ExpiresAt is not { } end || end > now, ApiKeyErrors.Expired);
        Check.That(overlap >= TimeSpan.Zero && overlap <= LongestOverlap, ApiKeyErrors.OverlapInvalid);
        return [new ApiKeyRotated(Id, secretHash, now + overlap, now)];
    }

    public ApiKeyEvent[] Revoke(DateTimeOffset now) => Revoked ? [] : [new ApiKeyRevoked(Id, now)];

    public static ApiKey Evolve(ApiKey? key, ApiKeyEvent e) => (key, e) switch
    {
        (null, ApiKeyCreated created) => new(created.ApiKeyId, created.Kind, created.Name, created.Scopes, created.SecretHash, created.ExpiresAt, Revoked: false),
        ({ }, ApiKeyRenamed renamed) => key with { Name = renamed.Name },
        ({ }, ApiKeyRotated rotated) => key with { SecretHash = rotated.SecretHash },
        ({ }, ApiKeyRevoked) => key with { Revoked = true },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(key is null ? "an empty stream" : "an API key")}."),
    };
}
