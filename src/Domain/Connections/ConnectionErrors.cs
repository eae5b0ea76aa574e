namespace Mainstreet.Domain.Connections;

public static class ConnectionErrors
{
    public static readonly DomainError NotFound = DomainError.NotFound("connection");

    public static readonly DomainError ProviderUnknown =
        new("provider_unknown", "There is no such provider: GET /connection-providers lists them.", ErrorKind.Invalid) { Place = "/provider" };

    public static readonly DomainError AccountInvalid =
        new("account_invalid", "An account is 1 to 200 visible ASCII characters, as the provider names it.", ErrorKind.Invalid) { Place = "/account" };

    public static readonly DomainError AccountTaken =
        new("account_connected", "This account of the provider is connected already, here or at another business.", ErrorKind.Conflict) { Place = "/account" };

    public static readonly DomainError TooMany = new(
        "connection_limit_reached", $"A business has {Connection.Most} connections at most. Revoke one first.", ErrorKind.Conflict,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["limit"] = Connection.Most });

    public static readonly DomainError ReauthRequired =
        new("connection_reauth_required", "The provider gives this connection no more tokens. Connect it again with new credentials.", ErrorKind.Conflict);

    public static readonly DomainError NotConnected = new("connection_pending", "The connection has no credentials yet.", ErrorKind.Conflict);

    public static readonly DomainError Revoked = new("connection_revoked", "The connection was ended. Make a new one.", ErrorKind.Conflict);

    public static readonly DomainError ProviderNotConfigured = new(
        "provider_not_configured", "This installation is not registered with the provider, so it cannot refresh tokens: an operator sets its client id and secret.");

    public static readonly DomainError WithoutToken = new("connection_without_token", "The connection has no access token: the provider gives none.", ErrorKind.Conflict);

    public static DomainError CredentialRequired(string name) =>
        new("credential_required", $"This provider needs {name}.", ErrorKind.Invalid) { Place = $"/credentials/{name}" };

    public static DomainError CredentialUnknown(string name) =>
        new("credential_unknown", $"This provider has no {name}.", ErrorKind.Invalid) { Place = $"/credentials/{name}" };

    public static DomainError CredentialInvalid(string name) =>
        new("credential_invalid", $"{name} is 1 to 8,192 characters.", ErrorKind.Invalid) { Place = $"/credentials/{name}" };
}
