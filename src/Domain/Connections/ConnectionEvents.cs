using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Connections;

/// <summary>Recorded in the business's log. Credentials are in none of them, not even sealed: logs are exported.</summary>
public abstract record ConnectionEvent : IEvent;

/// <param name="Id">Under which the secret is kept.</param>
public sealed record ConnectionSecret(string Name, Guid Id, DateTimeOffset ChangedAt);

[EventType("connection.requested.v1", Internal = true)]
public sealed record ConnectionRequested(ConnectionId ConnectionId, string Provider, string Account, DateTimeOffset At) : ConnectionEvent;

/// <param name="Secrets">All that are set from now on.</param>
/// <param name="TokenExpiresAt">Of the access token; null where the provider has none that expires.</param>
[EventType("connection.established.v1", Internal = true)]
public sealed record ConnectionEstablished(ConnectionId ConnectionId, ConnectionSecret[] Secrets, DateTimeOffset? TokenExpiresAt, DateTimeOffset At) : ConnectionEvent;

/// <param name="Secrets">Those that are new; the others stay.</param>
[EventType("connection.token_refreshed.v1", Internal = true)]
public sealed record TokenRefreshed(ConnectionId ConnectionId, ConnectionSecret[] Secrets, DateTimeOffset TokenExpiresAt, DateTimeOffset At) : ConnectionEvent;

/// <summary>The provider could not be asked, or not now. It is tried again.</summary>
[EventType("connection.token_refresh_failed.v1", Internal = true)]
public sealed record TokenRefreshFailed(ConnectionId ConnectionId, string Error, DateTimeOffset At) : ConnectionEvent;

/// <summary>The provider gives no more tokens: somebody has to connect it again.</summary>
/// <param name="Reason">As the provider calls it, such as invalid_grant.</param>
[EventType("connection.reauth_required.v1", Description = "A provider gives a connection no more tokens: somebody has to connect it anew.")]
public sealed record ReauthRequired(ConnectionId ConnectionId, string Provider, string Account, string Reason, DateTimeOffset At) : ConnectionEvent;

/// <param name="Reason">by_business, by_operator, or by_provider where the provider said so.</param>
[EventType("connection.revoked.v1", Internal = true)]
public sealed record ConnectionRevoked(ConnectionId ConnectionId, string Reason, DateTimeOffset At) : ConnectionEvent;

[JsonSerializable(typeof(ConnectionRequested))]
[JsonSerializable(typeof(ConnectionEstablished))]
[JsonSerializable(typeof(TokenRefreshed))]
[JsonSerializable(typeof(TokenRefreshFailed))]
[JsonSerializable(typeof(ReauthRequired))]
[JsonSerializable(typeof(ConnectionRevoked))]
internal sealed partial class ConnectionJson : JsonSerializerContext;
