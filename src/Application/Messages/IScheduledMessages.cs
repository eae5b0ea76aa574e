namespace Mainstreet.Application.Messages;

public enum ScheduledMessageStatus
{
    /// <summary>Waits for its time.</summary>
    Scheduled,

    Running,

    /// <summary>Failed, and waits for its next attempt.</summary>
    Retrying,
}

/// <param name="DueAt">In the business's time, which is that of its test clock if it has one.</param>
/// <param name="Attempts">How often it failed.</param>
/// <param name="Fault">Of the last attempt, if that failed.</param>
/// <param name="CausationId">The event or command that it follows from.</param>
public sealed record ScheduledMessage(
    Guid Id,
    string Queue,
    string Type,
    MessageSubject? Subject,
    ScheduledMessageStatus Status,
    DateTimeOffset DueAt,
    int Attempts,
    MessageFault? Fault,
    Guid CorrelationId,
    Guid CausationId);

/// <summary>The present tenant's messages that have not run yet (row 27).</summary>
public interface IScheduledMessages
{
    /// <summary>Those due first before the others, those that follow <paramref name="after"/>.</summary>
    Task<IReadOnlyList<ScheduledMessage>> List(ListScheduledMessages query, (DateTimeOffset DueAt, Guid Id)? after, CancellationToken cancellationToken);

    /// <summary>Errors: not_found (404), also for one that has run.</summary>
    Task<ScheduledMessage> Get(Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Has it run at once, and at its time as well: what its own rule finds too early now is not lost. Errors: not_found (404),
    /// illegal_transition (409) where it was given up or called off.
    /// </summary>
    Task RunNow(Guid id);

    /// <summary>Calls it off, and remembers who did so. Errors as for <see cref="RunNow"/>, message_running (409).</summary>
    Task Cancel(Guid id);
}
