using Mainstreet.Domain;

namespace Mainstreet.Application.Inbound;

/// <summary>Something a provider told that is kept and not yet in the log.</summary>
/// <param name="ToldAt">By the tenant's clock.</param>
public sealed record KeptNotification(
    InboundMessageId MessageId, ConnectionId ConnectionId, string Provider, string Type, string EventId, DateTimeOffset? OccurredAt, DateTimeOffset ToldAt);

/// <summary>What providers sent to the present tenant, sealed, for 30 days.</summary>
public interface IInboundPayloads
{
    /// <summary>When this answers it is not lost any more, and will be recorded.</summary>
    /// <returns>False: it is kept already, and stays what it was.</returns>
    Task<bool> Keep(ConnectionId connection, string provider, InboundNotification notification, byte[] body, CancellationToken cancellationToken);

    /// <summary>What is to be recorded, in the order in which it came in.</summary>
    Task<IReadOnlyList<KeptNotification>> Waiting(int most, CancellationToken cancellationToken);

    /// <summary>These are in the log.</summary>
    /// <param name="ids">All of them.</param>
    /// <param name="unwanted">Those of them whose message was discarded: what it carried is removed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task Recorded(IEnumerable<InboundMessageId> ids, IEnumerable<InboundMessageId> unwanted, CancellationToken cancellationToken);

    /// <summary>Null: it is not kept any more. Errors: CryptographicException where it was altered.</summary>
    Task<byte[]?> Find(InboundMessageId id, CancellationToken cancellationToken);

    Task Remove(InboundMessageId id);
}

/// <param name="Bytes">Of its body.</param>
public sealed record ParkedMessage(Guid ParkedId, string Provider, string Account, string EventId, string Type, int Bytes, DateTimeOffset ReceivedAt);

/// <summary>
/// What names an account that nobody has connected, for 30 days: the platform's. It is not verified, for nobody knows with what, so there is room for
/// so many only.
/// </summary>
public interface IParkedInbound
{
    /// <summary>Errors: inbound_full (503) when there is no room for more of this account, of the caller's network, or of all.</summary>
    Task Keep(string provider, string account, InboundNotification notification, InboundRequest request, CancellationToken cancellationToken);

    Task<IReadOnlyList<Guid>> Of(string provider, string account, CancellationToken cancellationToken);

    /// <summary>Null: it is not there any more.</summary>
    Task<InboundRequest?> Find(Guid id, CancellationToken cancellationToken);

    /// <returns>Whether there was one.</returns>
    Task<bool> Remove(Guid id, CancellationToken cancellationToken);
}
