using Mainstreet.Domain;
using Mainstreet.Domain.Connections;

namespace Mainstreet.Application.Connections;

/// <summary>One connection of the business, without what it is let in with.</summary>
/// <param name="Fault">Why the last refresh of its token did not succeed.</param>
public sealed record ConnectionView(
    [property: Key] ConnectionId ConnectionId, string Provider, string Account, ConnectionStatus Status, ConnectionSecret[] Secrets, DateTimeOffset? TokenExpiresAt,
    DateTimeOffset? RefreshedAt, string? Fault, DateTimeOffset RequestedAt, DateTimeOffset? ConnectedAt, int Version)
{
    /// <summary>As it is at this time: time alone makes a token expire.</summary>
    public ConnectionStatus StatusAt(DateTimeOffset now) =>
        Status is ConnectionStatus.Connected && TokenExpiresAt - now <= Connection.RefreshBefore ? ConnectionStatus.Expiring : Status;
}

internal sealed class ConnectionsProjection : Projection<ConnectionView>
{
    public ConnectionsProjection() : base("connections", version: 1, inline: true)
    {
        Fold<ConnectionRequested>((row, e) => row with { Provider = e.Provider, Account = e.Account, RequestedAt = e.At });
        Fold<ConnectionEstablished>((row, e) => row with
        {
            Status = ConnectionStatus.Connected,
            Secrets = e.Secrets,
            TokenExpiresAt = e.TokenExpiresAt,
            Fault = null,
            ConnectedAt = e.At,
        });
        Fold<TokenRefreshed>((row, e) => row with
        {
            Secrets = Connection.Replaced(row.Secrets, e.Secrets),
            TokenExpiresAt = e.TokenExpiresAt,
            RefreshedAt = e.At,
            Fault = null,
        });
        Fold<TokenRefreshFailed>((row, e) => row with { Fault = e.Error });
        Fold<ReauthRequired>((row, e) => row with { Status = ConnectionStatus.ReauthRequired, Fault = e.Reason });
        Fold<ConnectionRevoked>((row, _) => row with { Status = ConnectionStatus.Revoked, Secrets = [], TokenExpiresAt = null, Fault = null });
        Index("requested_at", "connection_id");
    }

    private void Fold<TEvent>(Func<ConnectionView, TEvent, ConnectionView> fold) where TEvent : ConnectionEvent => On<TEvent>(
        (_, context) => new(new(context.StreamId), "", "", ConnectionStatus.Pending, [], null, null, null, default, null, 0),
        (row, e, context) => fold(row, e) with { Version = context.Version });
}
