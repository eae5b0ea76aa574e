using Mainstreet.Domain;

namespace Mainstreet.Application.ApiKeys;

/// <summary>What a key that was shown is worth.</summary>
/// <param name="Scopes">Permissions in its business; none of a publishable one.</param>
/// <param name="Over">Why it is good for nothing any more, although it is the right one; null: it is good.</param>
public sealed record ApiKeyWorth(ApiKeyText Key, IReadOnlySet<string> Scopes, ApiKeyEnd? Over);

public enum ApiKeyEnd
{
    Revoked,
    Expired,

    /// <summary>Another secret has taken its place, and the time of both is over.</summary>
    Rotated,
}

/// <summary>The keys of all businesses, as the edge asks for them, and when each was used.</summary>
public interface IApiKeys
{
    /// <summary>Looked up at every request, so that a revoked key is refused at once. Null: no business has such a key.</summary>
    Task<ApiKeyWorth?> Find(string text, CancellationToken cancellationToken);

    /// <summary>Whether a key that was found is not over yet, for requests that stay.</summary>
    ValueTask<bool> IsGood(TenantId business, ApiKeyId key, CancellationToken cancellationToken);

    /// <summary>By the wall clock, to the minute; those that were never used are left out.</summary>
    Task<IReadOnlyDictionary<ApiKeyId, DateTimeOffset>> LastUsed(TenantId business, IReadOnlyCollection<ApiKeyId> keys, CancellationToken cancellationToken);
}
