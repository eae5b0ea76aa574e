using Mainstreet.Domain;

namespace Mainstreet.Application.Projections;

/// <summary>What became of an event that a subscription could not take.</summary>
public enum ParkedState
{
    /// <summary>The subscription stands before it.</summary>
    Parked,

    /// <summary>It was tried again.</summary>
    Retried,

    /// <summary>The subscription went on without it.</summary>
    Skipped,

    /// <summary>A rebuild of the projection could take it.</summary>
    Rebuilt,
}

/// <summary>An event before which a subscription of one tenant stands, or stood.</summary>
/// <param name="Position">Of the event in the tenant's log.</param>
/// <param name="EventType">The stored name, such as order.placed.v1.</param>
/// <param name="Error">Why the subscription could not take it.</param>
/// <param name="DecidedBy">Null for one that is parked.</param>
public sealed record ParkedEvent(
    Guid TenantId, long Position, Guid EventId, string EventType, DateTimeOffset ParkedAt, string Error,
    ParkedState State, string? Reason, Guid? DecidedBy, DateTimeOffset? DecidedAt)
{
    public string PublicType => EventEnvelope.PublicTypeOf(EventType);

    public int SchemaVersion => EventEnvelope.SchemaVersionOf(EventType);
}

/// <summary>
/// Events that a subscription of one tenant cannot take. It stands before them while everything else goes on, until it is
/// told to try again or to leave them out. Names are those of projections, policies and the webhook outlet.
/// </summary>
public interface IParkedEvents
{
    /// <summary>Those that wait the longest first. Errors: not_found (404), invalid_cursor (400).</summary>
    Task<Page<ParkedEvent>> List(string name, ProjectionScope scope, ParkedState state, PageRequest page, CancellationToken cancellationToken);

    /// <summary>
    /// Lets the subscription go on, from the event (<see cref="ParkedState.Retried"/>) or behind it (<see cref="ParkedState.Skipped"/>), and
    /// records who wanted that and why. Errors: not_found (404), event_not_parked (409).
    /// </summary>
    Task Decide(string name, Guid eventId, ProjectionScope scope, ParkedState decision, string? reason, CancellationToken cancellationToken);
}
