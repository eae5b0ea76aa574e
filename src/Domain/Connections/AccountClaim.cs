using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Connections;

/// <summary>
/// That an account of a provider belongs to one connection of one business: in the platform's log, because notifications that name nothing but the
/// account are to find their business. Claimed, then released for good.
/// </summary>
public sealed record AccountClaim(ConnectionId ConnectionId, TenantId BusinessId, string Provider, string Account, bool Released = false)
    : IAggregate<AccountClaim, AccountClaimEvent>
{
    public AccountClaimEvent[] Release(DateTimeOffset now) => Released ? [] : [new AccountReleased(ConnectionId, now)];

    public static AccountClaim Evolve(AccountClaim? claim, AccountClaimEvent e) => (claim, e) switch
    {
        (null, AccountClaimed claimed) => new(claimed.ConnectionId, claimed.BusinessId, claimed.Provider, claimed.Account),
        ({ }, AccountReleased) => claim with { Released = true },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(claim is null ? "an empty stream" : "a claim")}."),
    };
}

/// <summary>Recorded in the platform's log.</summary>
public abstract record AccountClaimEvent : IEvent;

[EventType("connected_account.claimed.v1", Internal = true)]
public sealed record AccountClaimed(ConnectionId ConnectionId, TenantId BusinessId, string Provider, string Account, DateTimeOffset At) : AccountClaimEvent;

[EventType("connected_account.released.v1", Internal = true)]
public sealed record AccountReleased(ConnectionId ConnectionId, DateTimeOffset At) : AccountClaimEvent;

[JsonSerializable(typeof(AccountClaimed))]
[JsonSerializable(typeof(AccountReleased))]
internal sealed partial class AccountClaimJson : JsonSerializerContext;
