using Mainstreet.Domain;

namespace Mainstreet.Application.Notifications;

public enum SandboxMessageKind
{
    Email,
    Sms,
    Whatsapp,
    Push,
}

/// <summary>What a test tenant sent to somebody, who never got it. Kept for 30 days.</summary>
/// <param name="Recipient">The address or number.</param>
/// <param name="Template">What sort of message it is, such as account.verify_email.</param>
/// <param name="CausationId">The message of the queue that sent it.</param>
/// <param name="SentAt">By the tenant's clock.</param>
/// <param name="CreatedAt">By the wall clock, in whose order they are listed.</param>
public sealed record SandboxMessage(
    Guid MessageId,
    SandboxMessageKind Kind,
    string Recipient,
    string? Subject,
    string Text,
    string? Html,
    string Template,
    Guid CorrelationId,
    Guid? CausationId,
    DateTimeOffset SentAt,
    DateTimeOffset CreatedAt)
{
    /// <summary>The template of the mail whose code makes its reader a member of the team.</summary>
    internal const string Invitation = "team.invitation";

    internal const string Select =
        "select message_id, kind, recipient, subject, text, html, template, correlation_id, causation_id, sent_at, created_at from sandbox_outbox";

    /// <summary>A live tenant has no outbox, and should not take an empty one for its own. Errors: not_found (404).</summary>
    internal static void CheckOutboxOf(ITenantContext tenant) =>
        Check.That(tenant.IsSandbox || tenant.Tenant == TenantId.Platform, DomainError.NotFound("outbox: only a test business has one"));
}
