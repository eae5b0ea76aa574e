namespace Mainstreet.Application.Events;

/// <summary>The public events of the present tenant, straight from its log, in order and without gaps.</summary>
public interface IEventFeed
{
    /// <summary>
    /// A reader that stands behind a position, or behind everything so far. Errors: position_gone (410) for a position that the
    /// log has not reached, or has reached again since a restore of an earlier state.
    /// </summary>
    Task<IEventReader> Open(EventFilter filter, LogPlace place, int limit, CancellationToken cancellationToken);
}

/// <summary>How far a reader has come.</summary>
/// <param name="After">Null: it wants nothing of what has happened so far.</param>
/// <param name="Epoch">In which it has read that; left out: as if the log had never been set back since.</param>
public sealed record LogPlace(long? After, long? Epoch = null);

/// <summary>One reader's place in a log. It holds no connection, and nothing is kept for it: it may be as slow as it likes.</summary>
public interface IEventReader : IDisposable
{
    /// <summary>Everything up to here was read; the filter may have hidden some of it.</summary>
    long Position { get; }

    /// <summary>Of the log when the reader came; 0 where it was never set back.</summary>
    long Epoch { get; }

    /// <summary>Whether the log went on behind <see cref="Position"/> at the last look.</summary>
    bool HasMore { get; }

    /// <summary>The next events, as many as the reader's limit; none when there were none for as long as <paramref name="wait"/>.</summary>
    Task<IReadOnlyList<FeedEvent>> Next(TimeSpan wait, CancellationToken cancellationToken);
}

/// <param name="Type">The public type, such as order.placed.</param>
/// <param name="Body">As webhooks deliver it.</param>
public sealed record FeedEvent(long Position, string Type, Guid CorrelationId, byte[] Body);
