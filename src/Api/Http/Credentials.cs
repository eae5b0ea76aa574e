using System.Collections.Frozen;
using Mainstreet.Application;
using Mainstreet.Application.ApiKeys;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.ApiKeys;

namespace Mainstreet.Api.Http;

/// <summary>A publishable key came with the request: whoever calls is a guest of this business's storefront, and no more than that.</summary>
internal sealed record StorefrontKey(TenantId Business);

/// <summary>
/// Reads who calls: a bearer token, or an API key in its place or in X-Api-Key. Errors: invalid_token, invalid_api_key, api_key_revoked,
/// api_key_expired, api_key_rotated (401); api_access_not_in_plan (403); two_credentials (400).
/// </summary>
internal sealed class Credentials(IAccessTokens tokens, ISessionGuard sessions, IRolePermissions roles, IApiKeys keys, IEntitlements entitlements)
{
    public const string KeyHeader = "X-Api-Key";

    private const string Scheme = "Bearer ";

    /// <summary>Null: a guest. What was shown is noted even where it is refused.</summary>
    public async Task<Caller?> Read(HttpContext http)
    {
        var (header, key) = (http.Request.Headers.Authorization.ToString(), http.Request.Headers[KeyHeader].ToString());
        if (header.Length > 0 && key.Length > 0)
        {
            throw ProblemException.Parameter(KeyHeader, "Show one thing, either a token or key in Authorization or a key here.", "two_credentials");
        }

        var shown = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "";
        return (header, key) switch
        {
            ("", "") => null,
            ("", _) => await OfKey(http, key),
            _ => ApiKeyText.IsMeant(shown) ? await OfKey(http, shown) : await OfToken(http, shown),
        };
    }

    /// <summary>Whether what let the caller in still does, with the same permissions, for requests that stay.</summary>
    public async ValueTask<bool> Accept(Caller caller, CancellationToken cancellationToken)
    {
        var grant = caller.Grant;
        return grant.Key is { } key
            ? await keys.IsGood(grant.TenantId, key, cancellationToken)
            : await sessions.Accepts(grant, cancellationToken) && caller.Permissions.SetEquals(await roles.Of(grant.TenantId, grant.Role, cancellationToken));
    }

    /// <summary>Tokens live by the wall clock, also those of a test tenant whose own clock was moved.</summary>
    private async Task<Caller> OfToken(HttpContext http, string token)
    {
        if (tokens.Validate(token, TimeProvider.System.GetUtcNow()) is not { } grant || !await sessions.Accepts(grant, http.RequestAborted))
        {
            throw Refused("invalid_token", "The access token is not valid (any more). Sign in, or refresh it.");
        }

        http.Features.Set(new Presented(grant));
        return new(grant, await roles.Of(grant.TenantId, grant.Role, http.RequestAborted));
    }

    private async Task<Caller?> OfKey(HttpContext http, string text)
    {
        var worth = await keys.Find(text, http.RequestAborted) ?? throw Refused("invalid_api_key", "There is no such API key.");
        if (worth.Key.Kind is ApiKeyKind.Publishable)
        {
            CheckGood(worth);
            http.Features.Set(new StorefrontKey(worth.Key.Business));
            return null;
        }

        // long requests end as those of tokens do, so that a key is looked at again
        var grant = new AccessGrant(
            default, worth.Key.Business, Roles.Integrator, default, "", TimeProvider.System.GetUtcNow() + tokens.Lifetime, worth.Key.KeyId);
        http.Features.Set(new Presented(grant));
        CheckGood(worth);
        Check.That((await entitlements.Of(grant.TenantId, http.RequestAborted)).OpensTo(worth.Key.Kind), ApiKeyErrors.NotInPlan);
        return new(grant, worth.Scopes.Where(PermissionCatalog.IsForKeys).ToFrozenSet(StringComparer.Ordinal));
    }

    private static void CheckGood(ApiKeyWorth worth)
    {
        if (worth.Over is { } end)
        {
            throw end switch
            {
                ApiKeyEnd.Revoked => Refused("api_key_revoked", "The API key was revoked."),
                ApiKeyEnd.Expired => Refused("api_key_expired", "The API key has expired."),
                ApiKeyEnd.Rotated => Refused("api_key_rotated", "Another key has taken the place of this one, and the time of both is over."),
            };
        }
    }

    private static ProblemException Refused(string code, string why) => new(Problem.Of(401, code, why) with { Challenge = "Bearer error=\"invalid_token\"" });
}
