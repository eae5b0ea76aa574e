using Mainstreet.Domain;

namespace Mainstreet.Application;

/// <summary>Reads the log itself: what has happened to one thing, by whom and when.</summary>
public interface IHistory
{
    /// <summary>
    /// The public events of a stream of the present tenant, in order, with what each changed; null where there is no such stream. Personal data of an
    /// erased person is redacted.
    /// </summary>
    /// <param name="stream">The id of the thing.</param>
    /// <param name="afterVersion">Only later ones; 0 for all.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<StreamEvents?> Read(Guid stream, int afterVersion, int limit, CancellationToken cancellationToken);
}

/// <param name="Subject">What the stream is about, such as order.</param>
public sealed record StreamEvents(string Subject, IReadOnlyList<StreamStep> Steps);

/// <summary>An event with what it changed of the thing, as the thing is shown.</summary>
public sealed record StreamStep(EventEnvelope Event, IReadOnlyList<FieldChange> Changes);
