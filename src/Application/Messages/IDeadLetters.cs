using Mainstreet.Domain;

namespace Mainstreet.Application.Messages;

/// <summary>What became of a message that did not run.</summary>
public enum DeadLetterStatus
{
    /// <summary>It was given up, and waits for somebody.</summary>
    Dead,

    /// <summary>It was put back into its queue.</summary>
    Redriven,

    Discarded,

    /// <summary>It was called off before it ran.</summary>
    Canceled,
}

/// <summary>Whose messages a caller deals with.</summary>
/// <param name="Tenant">Null: every tenant's.</param>
public sealed record MessageScope(TenantId? Tenant);

/// <summary>What a message is about: order and its id. Bodies are shown to nobody.</summary>
public sealed record MessageSubject(string Type, Guid Id);

/// <param name="Code">Of the refusal; internal_error for a fault of the product.</param>
/// <param name="Detail">For a fault its first line, which is for operators.</param>
public sealed record MessageFault(string Code, string Detail)
{
    public const string Internal = "internal_error";
}

/// <param name="Attempts">How often it failed.</param>
/// <param name="Fault">Null where it was called off before it failed.</param>
/// <param name="CausationId">The event or command that it followed from.</param>
/// <param name="ClosedBy">Who redrove, discarded or canceled it.</param>
public sealed record DeadLetter(
    Guid Id,
    TenantId Tenant,
    string Queue,
    string Type,
    MessageSubject? Subject,
    DeadLetterStatus Status,
    DateTimeOffset DueAt,
    int Attempts,
    MessageFault? Fault,
    Guid CorrelationId,
    Guid CausationId,
    DateTimeOffset DiedAt,
    DateTimeOffset? ClosedAt,
    Actor? ClosedBy);

/// <summary>Messages that were given up after five attempts, or refused by the domain (INT-02).</summary>
public interface IDeadLetters
{
    /// <summary>The newest first, those that follow <paramref name="after"/>.</summary>
    Task<IReadOnlyList<DeadLetter>> List(ListDeadLetters query, (DateTimeOffset DiedAt, Guid Id)? after, CancellationToken cancellationToken);

    /// <summary>
    /// Puts it back into its queue with five attempts more. A pending message with its dedupe key takes it in. Errors: not_found (404),
    /// illegal_transition (409).
    /// </summary>
    Task Redrive(Guid id, MessageScope scope, CancellationToken cancellationToken);

    /// <summary>Removes what it carries, and remembers who did so. Errors as for <see cref="Redrive"/>.</summary>
    Task Discard(Guid id, MessageScope scope, CancellationToken cancellationToken);
}
