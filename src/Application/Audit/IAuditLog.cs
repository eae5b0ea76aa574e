namespace Mainstreet.Application.Audit;

public enum AuditOutcome
{
    /// <summary>It had its effect, which is in the log.</summary>
    Done,

    Refused,
}

/// <param name="Subject">What it concerned.</param>
/// <param name="Actor">The id of who did it.</param>
/// <param name="From">Not before.</param>
/// <param name="To">Before this.</param>
public sealed record AuditFilter(Guid? Subject, Guid? Actor, DateTimeOffset? From, DateTimeOffset? To);

/// <param name="At">By the business's clock where it had an effect, else by the wall clock.</param>
/// <param name="Action">The use case, such as PlaceOrder.</param>
/// <param name="Network">From where: the address, cut off. Null for what happened by itself.</param>
/// <param name="SubjectId">What it concerned.</param>
/// <param name="Change">What happened, where something did.</param>
/// <param name="Refusal">Why nothing happened.</param>
public sealed record AuditEntry(
    Guid Id, DateTimeOffset At, string Action, Actor Actor, string? Network, Guid? SubjectId, string? RequestId, AuditChange? Change, AuditRefusal? Refusal);

/// <param name="Type">The public event type, such as order.placed.</param>
/// <param name="Subject">order</param>
public sealed record AuditChange(string Type, string Subject, int Version, long Position, Guid CommandId, Guid CorrelationId);

/// <param name="Count">How often within an hour.</param>
/// <param name="Business">The caller's, where something of another business was tried.</param>
public sealed record AuditRefusal(int Status, string Code, long Count, DateTimeOffset LastAt, Guid? Business);

/// <summary>What was done and tried in the present tenant, the newest first.</summary>
public interface IAuditLog
{
    /// <param name="filter">Which.</param>
    /// <param name="before">A position; null: from the end of the log.</param>
    /// <param name="rows">At most so many.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<AuditEntry>> Done(AuditFilter filter, long? before, int rows, CancellationToken cancellationToken);

    /// <inheritdoc cref="Done" />
    Task<IReadOnlyList<AuditEntry>> Refused(AuditFilter filter, (DateTimeOffset At, Guid Id)? before, int rows, CancellationToken cancellationToken);
}
