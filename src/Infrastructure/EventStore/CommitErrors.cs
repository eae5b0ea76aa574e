using Mainstreet.Application;
using Mainstreet.Application.TestClocks;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Infrastructure.Projections;
using Npgsql;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>Another writer appended to the stream, or replaced what was read of it, first.</summary>
internal sealed class StreamConflictException(Exception? inner = null) : Exception("What was read of the stream is not current any more.", inner);

/// <summary>A key that personal data was encrypted with was destroyed before the commit: it is encrypted again.</summary>
internal sealed class StaleKeyException(Exception inner) : Exception("The key of a data subject is not current any more.", inner);

/// <summary>A command with this id has been committed already; its answer is stored.</summary>
internal sealed class DuplicateCommandException(Guid commandId, Exception? inner = null) : Exception("The command was committed before.", inner)
{
    public Guid CommandId { get; } = commandId;
}

/// <summary>The message was taken over by another attempt, or a checkpoint by another process: nothing was written.</summary>
internal sealed class FencedException(Exception inner) : Exception("Another process has taken over.", inner);

/// <summary>A view that the decision went by, or that keeps something unique, lacks an event of the log.</summary>
internal sealed class ViewBehindException(Exception inner) : Exception("A view is behind the log.", inner);

/// <summary>What a refused commit means, by the name of the constraint or the code that the SQL functions raise.</summary>
internal sealed class CommitErrors(ViewCatalog views)
{
    public static readonly DomainError Busy = new("conflict", "Others changed this at the same time; try again.", ErrorKind.Busy);

    public Exception Map(PostgresException e, Guid? commandId) => e switch
    {
        { SqlState: "MS404" } => new DomainException(DomainError.NotFound("business")),
        { SqlState: "MS423" } => new DomainException(BusinessErrors.NotOpen(Enum.Parse<BusinessStatus>(e.Hint!, ignoreCase: true))),
        { SqlState: "MS406" } or { ConstraintName: "rebuilds_running" or "rebuilds_generation" } => new DomainException(Busy),
        { SqlState: "MS407" } => new StaleKeyException(e),
        { SqlState: "MS425" } => new ViewBehindException(e),
        { SqlState: "MS410" } => new DomainException(TestClockErrors.Busy),
        { SqlState: SqlStates.Fenced } => new FencedException(e),
        { ConstraintName: "events_version" } or { SqlState: "MS408" } => new StreamConflictException(e),
        { ConstraintName: "commands_id" } => new DuplicateCommandException(commandId ?? Guid.Empty, e),
        { SqlState: PostgresErrorCodes.LockNotAvailable } => new UnavailableException("lane_busy", "The business is busy; try again.", TimeSpan.FromSeconds(1)),
        { ConstraintName: { } name } when views.ErrorOf(name) is { } error => new DomainException(error),
        _ => e,
    };
}
