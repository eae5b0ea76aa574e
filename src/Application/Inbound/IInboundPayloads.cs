using Mainstreet.Domain;

namespace Mainstreet.Application.Inbound;

/// <summary>What providers sent to the present tenant, sealed, for 30 days.</summary>
public interface IInboundPayloads
{
    /// <summary>Kept again under its id, it stays what it was.</summary>
    Task Keep(InboundMessageId id, byte[] body, CancellationToken cancellationToken);

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
    /// <summary>Errors: inbound_full (503) when there is no room for more of this account, or of all.</summary>
    Task Keep(string provider, string account, InboundNotification notification, InboundRequest request, CancellationToken cancellationToken);

    Task<IReadOnlyList<(Guid Id, InboundRequest Request)>> Of(string provider, string account, CancellationToken cancellationToken);

    /// <returns>Whether there was one.</returns>
    Task<bool> Remove(Guid id, CancellationToken cancellationToken);
}
