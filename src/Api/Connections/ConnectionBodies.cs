using Mainstreet.Api.Http;
using Mainstreet.Application.Connections;
using Mainstreet.Domain;
using Mainstreet.Domain.Connections;

namespace Mainstreet.Api.Connections;

/// <param name="Account">What the provider's notifications call the business by; connected once, among all businesses.</param>
/// <param name="Credentials">Left out: the connection is pending until they are set.</param>
internal sealed record RequestConnectionRequest(string Provider, string Account, CredentialsRequest? Credentials = null);

internal sealed record SetCredentialsRequest(CredentialsRequest Credentials);

/// <summary>Which of them a provider has, and which it needs, is told by GET /connection-providers. No answer shows any.</summary>
/// <param name="ExpiresIn">Seconds for which access_token is good from now on. Left out, it is refreshed at once.</param>
internal sealed record CredentialsRequest(
    string? AccessToken = null, string? RefreshToken = null, int? ExpiresIn = null, string? WebhookSecret = null, string? VerifyToken = null, string? ApiKey = null,
    string? ApiSecret = null, string? PushAudience = null, string? PushServiceAccount = null, string? PublishableKey = null)
{
    private const int LongestLife = 400 * 24 * 60 * 60;

    public GivenCredentials Read()
    {
        if (ExpiresIn is < 0 or > LongestLife)
        {
            throw new DomainException(ConnectionErrors.CredentialInvalid("expires_in"));
        }

        (string Name, string? Value)[] given =
        [
            (ConnectionProvider.AccessToken, AccessToken), (ConnectionProvider.RefreshToken, RefreshToken), (ConnectionProvider.WebhookSecret, WebhookSecret),
            (ConnectionProvider.VerifyToken, VerifyToken), (ConnectionProvider.Key, ApiKey), ("api_secret", ApiSecret), (ConnectionProvider.PushAudience, PushAudience),
            (ConnectionProvider.PushAccount, PushServiceAccount), (ConnectionProvider.PublishableKey, PublishableKey),
        ];
        return new(
            given.Where(credential => credential.Value is not null).ToDictionary(credential => credential.Name, credential => credential.Value!, StringComparer.Ordinal),
            ExpiresIn is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
    }

    /// <summary>Without them, because requests end up in logs.</summary>
    public override string ToString() => nameof(CredentialsRequest);
}

internal sealed record ConnectionProvidersBody(IReadOnlyList<ConnectionProviderBody> Data);

/// <param name="Account">What the account of a connection is.</param>
/// <param name="HasTokens">Its access tokens expire, and are refreshed in time.</param>
internal sealed record ConnectionProviderBody(string Name, string Account, bool HasTokens, IReadOnlyList<CredentialFieldBody> Credentials)
{
    public static ConnectionProviderBody Of(ConnectionProvider provider) => new(
        provider.Name, provider.Account, provider.HasTokens, [.. provider.Credentials.Select(field => new CredentialFieldBody(field.Name, field.Required, field.Description))]);
}

internal sealed record CredentialFieldBody(string Name, bool Required, string Description);

/// <param name="WebhookPath">Where the provider is to send its notifications.</param>
internal sealed record ConnectionCreatedBody(Guid Id, string WebhookPath);

/// <param name="Status">expiring: the access token has less than five minutes left.</param>
/// <param name="WebhookPath">Where the provider is to send its notifications.</param>
/// <param name="Credentials">Which are set, and since when.</param>
/// <param name="LastError">Why the last refresh of its token did not succeed.</param>
internal sealed record ConnectionBody(
    Guid Id, string Provider, string Account, ConnectionStatus Status, string WebhookPath, IReadOnlyList<CredentialBody> Credentials, DateTimeOffset? TokenExpiresAt,
    DateTimeOffset? RefreshedAt, string? LastError, DateTimeOffset RequestedAt, DateTimeOffset? ConnectedAt, int Version)
{
    public static ConnectionBody Of(ConnectionView view, DateTimeOffset now) => new(
        view.ConnectionId.Value, view.Provider, view.Account, view.StatusAt(now), AddressOf(view.Provider, view.ConnectionId),
        [.. view.Secrets.Select(secret => new CredentialBody(secret.Name, secret.ChangedAt))], view.TokenExpiresAt, view.RefreshedAt, view.Fault, view.RequestedAt,
        view.ConnectedAt, view.Version);

    public static string AddressOf(string provider, ConnectionId connection) => $"{ApiRoot.Base}/webhooks/{provider}/{connection}";
}

internal sealed record CredentialBody(string Name, DateTimeOffset ChangedAt);
