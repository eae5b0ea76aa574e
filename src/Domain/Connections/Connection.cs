namespace Mainstreet.Domain.Connections;

public enum ConnectionStatus
{
    /// <summary>Its credentials are not known yet.</summary>
    Pending,
    Connected,

    /// <summary>Connected, and its access token has less than five minutes left.</summary>
    Expiring,

    /// <summary>The provider gives no more tokens, until it is connected anew.</summary>
    ReauthRequired,
    Revoked,
}

/// <summary>
/// What a business has at a provider (REV-10): pending -> connected &lt;-> reauth_required -> revoked, which is for good. What it is let in with is
/// kept elsewhere, sealed; here are the ids. The access token is refreshed five minutes before it expires.
/// </summary>
public sealed record Connection(
    ConnectionId Id, string Provider, string Account, ConnectionStatus Status, ConnectionSecret[] Secrets, DateTimeOffset? TokenExpiresAt = null, string? Fault = null)
    : IAggregate<Connection, ConnectionEvent>
{
    public const int LongestAccount = 200;

    /// <summary>How many a business has that are not revoked: an account that it connects is taken from all others.</summary>
    public const int Most = 50;

    /// <summary>How much an access token has left when it is given out, at least.</summary>
    public static readonly TimeSpan RefreshBefore = TimeSpan.FromMinutes(5);

    /// <summary>When the token is to be refreshed; null: never.</summary>
    public DateTimeOffset? RefreshAt => Status is ConnectionStatus.Connected ? TokenExpiresAt - RefreshBefore : null;

    public static ConnectionEvent[] Request(ConnectionId id, ConnectionProvider provider, string account, DateTimeOffset now)
    {
        Check.That(account.Length is > 0 and <= LongestAccount && account.All(character => character is > ' ' and <= '~'), ConnectionErrors.AccountInvalid);
        return [new ConnectionRequested(id, provider.Name, account, now)];
    }

    /// <param name="secrets">All of them.</param>
    /// <param name="tokenExpiresAt">Null: it is not known, so a provider with tokens is asked for a new one at once.</param>
    /// <param name="now">When.</param>
    public ConnectionEvent[] Establish(ConnectionSecret[] secrets, DateTimeOffset? tokenExpiresAt, DateTimeOffset now)
    {
        Check.That(Status is not ConnectionStatus.Revoked, ConnectionErrors.Revoked);
        return [new ConnectionEstablished(Id, secrets, ConnectionProvider.Get(Provider).HasTokens ? tokenExpiresAt ?? now : null, now)];
    }

    /// <summary>Whether the access token has enough left to be given out. Errors: connection_pending, connection_reauth_required, connection_revoked (409).</summary>
    public bool HasFreshToken(DateTimeOffset now)
    {
        RequireConnected();
        return TokenExpiresAt is not { } expires || expires - now > RefreshBefore;
    }

    /// <summary>Nothing for one that was ended, or connected anew, while the provider was asked.</summary>
    /// <param name="before">The refresh token that was shown to the provider.</param>
    /// <param name="secrets">What it gave instead.</param>
    /// <param name="expiresAt">Of the access token.</param>
    /// <param name="now">When.</param>
    public ConnectionEvent[] RecordRefresh(Guid before, ConnectionSecret[] secrets, DateTimeOffset expiresAt, DateTimeOffset now) =>
        IsOf(before) ? [new TokenRefreshed(Id, secrets, expiresAt, now)] : [];

    /// <summary>Once for each sort of fault in a row.</summary>
    public ConnectionEvent[] RecordFailure(Guid before, string error, DateTimeOffset now) =>
        IsOf(before) && Fault != error ? [new TokenRefreshFailed(Id, error, now)] : [];

    public ConnectionEvent[] RequireReauth(Guid before, string reason, DateTimeOffset now) =>
        IsOf(before) ? [new ReauthRequired(Id, Provider, Account, reason, now)] : [];

    public ConnectionEvent[] Revoke(string reason, DateTimeOffset now) => Status is ConnectionStatus.Revoked ? [] : [new ConnectionRevoked(Id, reason, now)];

    /// <summary>Errors: connection_pending, connection_reauth_required, connection_revoked (409).</summary>
    public void RequireConnected()
    {
        Check.That(Status is not ConnectionStatus.Pending, ConnectionErrors.NotConnected);
        Check.That(Status is not ConnectionStatus.ReauthRequired, ConnectionErrors.ReauthRequired);
        Check.That(Status is not ConnectionStatus.Revoked, ConnectionErrors.Revoked);
    }

    /// <summary>Under which a credential is kept; null: it was not given.</summary>
    public Guid? SecretOf(string name) => Array.Find(Secrets, secret => secret.Name == name)?.Id;

    public static Connection Evolve(Connection? connection, ConnectionEvent e) => (connection, e) switch
    {
        (null, ConnectionRequested requested) => new(requested.ConnectionId, requested.Provider, requested.Account, ConnectionStatus.Pending, []),
        ({ }, ConnectionEstablished established) => connection with
        {
            Status = ConnectionStatus.Connected,
            Secrets = established.Secrets,
            TokenExpiresAt = established.TokenExpiresAt,
            Fault = null,
        },
        ({ }, TokenRefreshed refreshed) => connection with
        {
            Secrets = Replaced(connection.Secrets, refreshed.Secrets),
            TokenExpiresAt = refreshed.TokenExpiresAt,
            Fault = null,
        },
        ({ }, TokenRefreshFailed failed) => connection with { Fault = failed.Error },
        ({ }, ReauthRequired reauth) => connection with { Status = ConnectionStatus.ReauthRequired, Fault = reauth.Reason },
        ({ }, ConnectionRevoked) => connection with { Status = ConnectionStatus.Revoked, Secrets = [], TokenExpiresAt = null, Fault = null },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(connection is null ? "an empty stream" : connection.Status)}."),
    };

    public static ConnectionSecret[] Replaced(ConnectionSecret[] before, ConnectionSecret[] changed) =>
        [.. before.Where(secret => !Array.Exists(changed, other => other.Name == secret.Name)), .. changed];

    private bool IsOf(Guid refreshToken) => Status is ConnectionStatus.Connected && SecretOf(ConnectionProvider.RefreshToken) == refreshToken;
}
