using Mainstreet.Domain;
using Npgsql;

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
    string Metadata)
{
    public const string Columns = "tenant_id, message_id, queue, type, body, due_at, attempt, revision, failures, metadata";

    /// <param name="row"><see cref="Columns"/></param>
    public static ClaimedMessage Read(NpgsqlDataReader row) => new(
        new TenantId(row.GetGuid(0)), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetString(4),
        row.GetFieldValue<DateTimeOffset>(5), row.GetInt32(6), row.GetInt32(7), row.GetInt32(8), row.GetString(9));
}
