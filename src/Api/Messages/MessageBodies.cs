using Mainstreet.Api.History;
using Mainstreet.Application.Messages;

namespace Mainstreet.Api.Messages;

/// <summary>What a message is about.</summary>
internal sealed record MessageSubjectBody(string Type, Guid Id)
{
    public static MessageSubjectBody? Of(MessageSubject? subject) => subject is null ? null : new(subject.Type, subject.Id);
}

/// <param name="Code">Of the refusal; internal_error for a fault of the product.</param>
/// <param name="Detail">For people. That of a fault is shown to operators alone.</param>
internal sealed record MessageErrorBody(string Code, string? Detail)
{
    public static MessageErrorBody? Of(MessageFault? fault, bool forOperators) =>
        fault is null ? null : new(fault.Code, forOperators || fault.Code != MessageFault.Internal ? fault.Detail : null);
}

/// <param name="Attempts">How often it failed.</param>
/// <param name="CausationId">The event or command that it followed from.</param>
/// <param name="ClosedBy">Who redrove, discarded or canceled it.</param>
internal sealed record DeadLetterBody(
    Guid Id,
    Guid TenantId,
    string Queue,
    string Type,
    MessageSubjectBody? Subject,
    DeadLetterStatus Status,
    DateTimeOffset DueAt,
    int Attempts,
    MessageErrorBody? Error,
    Guid CorrelationId,
    Guid CausationId,
    DateTimeOffset DiedAt,
    DateTimeOffset? ClosedAt,
    ActorBody? ClosedBy)
{
    public static DeadLetterBody Of(DeadLetter letter, bool forOperators) => new(
        letter.Id, letter.Tenant.Value, letter.Queue, letter.Type, MessageSubjectBody.Of(letter.Subject), letter.Status, letter.DueAt, letter.Attempts,
        MessageErrorBody.Of(letter.Fault, forOperators), letter.CorrelationId, letter.CausationId, letter.DiedAt, letter.ClosedAt,
        letter.ClosedBy is { } actor ? new(actor.Type, actor.Id, actor.Role) : null);
}

/// <param name="DueAt">In the business's time, which is that of its test clock if it has one.</param>
/// <param name="Attempts">How often it failed.</param>
/// <param name="Error">Of the last attempt, if that failed.</param>
/// <param name="CausationId">The event or command that it follows from.</param>
internal sealed record ScheduledMessageBody(
    Guid Id,
    string Queue,
    string Type,
    MessageSubjectBody? Subject,
    ScheduledMessageStatus Status,
    DateTimeOffset DueAt,
    int Attempts,
    MessageErrorBody? Error,
    Guid CorrelationId,
    Guid CausationId)
{
    public static ScheduledMessageBody Of(ScheduledMessage message) => new(
        message.Id, message.Queue, message.Type, MessageSubjectBody.Of(message.Subject), message.Status, message.DueAt, message.Attempts,
        MessageErrorBody.Of(message.Fault, forOperators: false), message.CorrelationId, message.CausationId);
}
