using Mainstreet.Domain;

namespace Mainstreet.Application.Inbound;

/// <summary>A request of a provider as it came in: what it is signed over are its bytes.</summary>
/// <param name="Headers">Those that the provider signs with, by their names in lower case.</param>
/// <param name="Query">The same of the query.</param>
public sealed record InboundRequest(byte[] Body, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Query, DateTimeOffset ReceivedAt)
{
    /// <summary>Without what it says, because requests end up in logs.</summary>
    public override string ToString() => $"{Body.Length} bytes";
}

/// <summary>What a provider tells.</summary>
/// <param name="EventId">By which it tells its notifications apart, 1 to 200 characters.</param>
/// <param name="Type">As it calls it.</param>
/// <param name="OccurredAt">Null: it does not say.</param>
public sealed record InboundNotification(string EventId, string Type, DateTimeOffset? OccurredAt);

/// <summary>How one provider sends notifications. It knows their form and their signature, and nothing of what follows from them.</summary>
public interface IInboundProvider
{
    string Name { get; }

    /// <summary>Headers, in lower case, and parameters of the query in which a signature may be. A request with none of them is refused unseen.</summary>
    IReadOnlyList<string> SignedIn { get; }

    /// <summary>Which account it is about; null where the provider does not say. Errors: inbound_malformed (400).</summary>
    string? AccountOf(InboundRequest request);

    /// <summary>Whether the request is signed with these credentials, and not too long ago where the scheme has a time.</summary>
    ValueTask<bool> IsSigned(InboundRequest request, IReadOnlyDictionary<string, string> credentials, CancellationToken cancellationToken);

    /// <summary>Errors: inbound_malformed (400).</summary>
    InboundNotification Read(InboundRequest request);

    /// <summary>What a GET on the connection's address is to be answered, by which the provider checks it; null: it is refused.</summary>
    string? Answer(IReadOnlyDictionary<string, string> query, IReadOnlyDictionary<string, string> credentials) => null;
}

/// <summary>All of them, by name.</summary>
public sealed class InboundProviders(IEnumerable<IInboundProvider> providers)
{
    private readonly Dictionary<string, IInboundProvider> byName = providers.ToDictionary(provider => provider.Name, StringComparer.Ordinal);

    /// <summary>Errors: not_found (404).</summary>
    public IInboundProvider Get(string name) => byName.GetValueOrDefault(name) ?? throw new DomainException(Domain.Inbound.InboundErrors.ProviderNotFound);
}
