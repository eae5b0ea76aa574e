using Mainstreet.Domain;

namespace Mainstreet.Application;

/// <summary>An aggregate as loaded: its state and the version of its stream.</summary>
public sealed record Loaded<TAggregate>(TAggregate State, int Version) where TAggregate : class;

/// <summary>
/// Commands on one stream, committed optimistically in one round trip. A conflict with another writer re-runs the
/// decision, up to three times, unless the caller named the version; so a decision has no side effects.
/// </summary>
public interface IAggregates
{
    /// <summary>The state now, or null when there is no such stream in this tenant.</summary>
    Task<Loaded<TAggregate>?> Find<TAggregate, TEvent>(Guid id, CancellationToken cancellationToken)
        where TAggregate : class, IAggregate<TAggregate, TEvent>
        where TEvent : class, IEvent;

    /// <summary>Begins a stream with the decided events. Errors: already_exists (409).</summary>
    Task<Committed> Create<TAggregate, TEvent>(Guid id, Func<TEvent[]> decide, CancellationToken cancellationToken)
        where TAggregate : class, IAggregate<TAggregate, TEvent>
        where TEvent : class, IEvent;

    /// <summary>
    /// Loads, decides, commits. Errors: not_found (404), stale_version (412) when <paramref name="expectedVersion"/> is
    /// not the stream's version, conflict (409) after three lost races.
    /// </summary>
    Task<Committed> Update<TAggregate, TEvent>(Guid id, int? expectedVersion, Func<TAggregate, TEvent[]> decide, CancellationToken cancellationToken)
        where TAggregate : class, IAggregate<TAggregate, TEvent>
        where TEvent : class, IEvent;
}
