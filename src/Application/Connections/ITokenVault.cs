using Mainstreet.Domain;
using Mainstreet.Domain.Connections;

namespace Mainstreet.Application.Connections;

/// <summary>What opens a provider, for handlers of messages that call it. Never to be kept: the next call may need another one.</summary>
public interface ITokenVault
{
    /// <summary>
    /// An access token that is good for more than five minutes, as far as the provider says so. It is refreshed first where it is not, by one at a time of
    /// all processes. Errors: not_found (404); connection_pending, connection_reauth_required, connection_revoked (409); token_unavailable (503) when the
    /// provider cannot be reached and the token has expired.
    /// </summary>
    Task<string> AccessToken(ConnectionId connection, CancellationToken cancellationToken);
}

/// <summary>A provider's answer to a refresh token: one of the three.</summary>
/// <param name="Tokens">It gave new ones.</param>
/// <param name="Refused">It never will, and why.</param>
/// <param name="Unavailable">Not now, and why.</param>
public sealed record TokenAnswer(NewTokens? Tokens, string? Refused = null, string? Unavailable = null);

/// <param name="RefreshToken">Null: the one before stays good.</param>
public sealed record NewTokens(string AccessToken, string? RefreshToken, TimeSpan ExpiresIn)
{
    public override string ToString() => $"tokens for {ExpiresIn}";
}

/// <summary>Asks a provider for the next tokens; never throws for what it answers.</summary>
public interface ITokenProvider
{
    Task<TokenAnswer> Refresh(string refreshToken, CancellationToken cancellationToken);
}

public interface ITokenProviders
{
    /// <summary>A test business has simulated ones. Errors: provider_not_configured (422).</summary>
    ITokenProvider Of(string provider);
}
