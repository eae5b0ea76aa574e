using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Messaging;

/// <summary>A due message that this process may run until its lease ends.</summary>
/// <param name="Attempt">The fence: the removal of the message is guarded by it.</param>
/// <param name="Revision">Rises when the same request comes in again while it runs; then it runs once more.</param>
internal sealed record ClaimedMessage(
    TenantId Tenant,
    Guid MessageId,
    string Queue,
    string Type,
    string Body,
    DateTimeOffset DueAt,
    int Attempt,
    int Revision,
    int Failures,
    string Metadata);
