using System.Net;
using Mainstreet.Domain;

namespace Mainstreet.Application;

/// <summary>From where somebody signs in.</summary>
/// <param name="Device">What it says of itself; may be empty.</param>
public sealed record Client(string Device, IPAddress Address)
{
    /// <summary>Of what runs inside the product.</summary>
    public static readonly Client None = new("", IPAddress.None);

    /// <summary>The address without its end (IPv4 /24, IPv6 /48): enough to be recognised, too little to find somebody.</summary>
    public string Network => AddressNetworks.Of(Address, 24, 48);
}

/// <summary>Why a session ended, as it is stored.</summary>
public static class SessionEnds
{
    public const string Logout = "logout";
    public const string Revoked = "revoked";
    public const string PasswordChanged = "password_changed";
    public const string Deactivated = "deactivated";
}

/// <param name="RefreshToken">Good for one refresh.</param>
/// <param name="RotatedAt">When that refresh token came to be.</param>
public sealed record OpenedSession(Guid SessionId, UserId AccountId, TenantId BusinessId, string RefreshToken, DateTimeOffset RotatedAt);

/// <summary>A refresh token that came in.</summary>
/// <param name="Session">Null: it is good for nothing.</param>
/// <param name="Reused">Of whom, where it had been replaced before: the session is over because of it.</param>
public sealed record RefreshAttempt(OpenedSession? Session, (UserId Account, Guid SessionId)? Reused = null);

/// <summary>One of somebody's sessions.</summary>
/// <param name="Network">From where it was opened, cut off.</param>
/// <param name="LastUsedAt">When it was refreshed last.</param>
/// <param name="ExpiresAt">When it ends, unless it is refreshed before.</param>
public sealed record SessionEntry(
    Guid SessionId, TenantId BusinessId, string Device, string Network, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DateTimeOffset ExpiresAt);

/// <summary>
/// The sessions of the present tenant's accounts (IAM-03, IAM-04, IAM-12). An account's sessions are where the account is: users'
/// in the platform.
/// </summary>
public interface ISessions
{
    Task<OpenedSession> Open(UserId account, TenantId business, Client client, CancellationToken cancellationToken);

    /// <summary>Exchanges a refresh token for the next one. All who show the same one within the grace get the same one back.</summary>
    Task<RefreshAttempt> Refresh(string refreshToken, CancellationToken cancellationToken);

    /// <summary>Whose session it is, when the next refresh token would be given for this one; it stays as it is.</summary>
    Task<UserId?> OwnerOf(string refreshToken, CancellationToken cancellationToken);

    /// <summary>From now on refreshing leads to that business.</summary>
    Task MoveTo(Guid session, TenantId business, CancellationToken cancellationToken);

    /// <summary>Those that are not over, the one used last first.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="after">The last one of those before; null: from the beginning.</param>
    /// <param name="rows">How many at most.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<SessionEntry>> Of(UserId account, (DateTimeOffset LastUsedAt, Guid SessionId)? after, int rows, CancellationToken cancellationToken);

    /// <summary>When each account used a session in that business last; those that have none there are left out.</summary>
    Task<IReadOnlyDictionary<UserId, DateTimeOffset>> LastUsed(TenantId business, IReadOnlyCollection<UserId> accounts, CancellationToken cancellationToken);

    /// <summary>False: the account has no such session.</summary>
    Task<bool> End(UserId account, Guid session, string why, CancellationToken cancellationToken);

    /// <summary>Ends all but <paramref name="kept"/>, and says how many.</summary>
    Task<int> EndOthers(UserId account, Guid kept, CancellationToken cancellationToken);

    /// <summary>Sensitive steps are open to the session from now on, for as long as the answer says. Null: it is over.</summary>
    Task<DateTimeOffset?> StepUp(Guid session, CancellationToken cancellationToken);
}

/// <summary>What the edge asks of a token's session, beyond what the token says.</summary>
public interface ISessionGuard
{
    /// <summary>Whether the session was ended: by this process just now, or by another one a second ago.</summary>
    ValueTask<bool> HasEnded(Guid session, CancellationToken cancellationToken);

    /// <summary>Whether the PIN was given in this session a few minutes ago.</summary>
    Task<bool> IsSteppedUp(Guid session, CancellationToken cancellationToken);

    /// <summary>Whether the user has lost or changed the role in the tenant that a token names: by this process just now, or by another one a second ago.</summary>
    /// <param name="role">As the token names it.</param>
    ValueTask<bool> HasChanged(UserId user, TenantId tenant, string role, CancellationToken cancellationToken);
}

public static class SessionGuards
{
    /// <summary>Whether what an access token says still holds.</summary>
    public static async ValueTask<bool> Accepts(this ISessionGuard guard, AccessGrant grant, CancellationToken cancellationToken) =>
        !await guard.HasEnded(grant.SessionId, cancellationToken) && !await guard.HasChanged(grant.UserId, grant.TenantId, grant.Role, cancellationToken);
}
