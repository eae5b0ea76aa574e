using Mainstreet.Application;
using Mainstreet.Application.Audit;

namespace Mainstreet.Infrastructure.Audit;

/// <inheritdoc />
internal sealed class AuditLog(IReadStore reads) : IAuditLog
{
    /// <summary>
    /// Time never goes backwards in a log, so the first event that is too old bounds the search. Nothing else than places and ids is
    /// indexed: a filter looks at all events since <see cref="AuditFilter.From"/>.
    /// </summary>
    public async Task<IReadOnlyList<AuditEntry>> Done(AuditFilter filter, long? before, int rows, CancellationToken cancellationToken)
    {
        var found = await reads.List<Step>(
            """
            select event_id, recorded_at, type, stream_id, version, position, metadata from events
             where tenant_id = current_tenant() and (@before::bigint is null or position < @before) and (@subject::uuid is null or stream_id = @subject)
               and (@actor::text is null or metadata -> 'actor' ->> 'id' = @actor) and (@to::timestamptz is null or recorded_at < @to)
               and (@from::timestamptz is null or position > coalesce(
                     (select o.position from events o where o.tenant_id = current_tenant() and o.recorded_at < @from order by o.position desc limit 1), 0))
             order by position desc limit @rows
            """,
            new { before, filter.Subject, Actor = filter.Actor?.ToString(), filter.From, filter.To, rows }, cancellationToken);
        return [.. found.Select(step => new AuditEntry(
            step.EventId, step.RecordedAt, step.Metadata.Command, step.Metadata.Actor, step.Metadata.Network, step.StreamId, step.Metadata.RequestId,
            new(EventEnvelope.PublicTypeOf(step.Type), EventEnvelope.SubjectOf(step.Type), step.Version, step.Position, step.Metadata.CommandId, step.Metadata.CorrelationId),
            Refusal: null))];
    }

    public async Task<IReadOnlyList<AuditEntry>> Refused(
        AuditFilter filter, (DateTimeOffset At, Guid Id)? before, int rows, CancellationToken cancellationToken)
    {
        var found = await reads.List<Attempt>(
            """
            select attempt_id, operation, status::int as status, code, actor_type, actor_id, actor_role, business_id, network, subject_id, request_id, count, first_at, last_at
              from refused_attempts
             where (@before_at::timestamptz is null or (first_at, attempt_id) < (@before_at, @before_id)) and (@subject::uuid is null or subject_id = @subject)
               and (@actor::uuid is null or actor_id = @actor) and (@from::timestamptz is null or first_at >= @from) and (@to::timestamptz is null or first_at < @to)
             order by first_at desc, attempt_id desc limit @rows
            """,
            new { BeforeAt = before?.At, BeforeId = before?.Id, filter.Subject, filter.Actor, filter.From, filter.To, rows }, cancellationToken);
        return [.. found.Select(attempt => new AuditEntry(
            attempt.AttemptId, attempt.FirstAt, attempt.Operation, new(attempt.ActorType, attempt.ActorId, attempt.ActorRole), attempt.Network, attempt.SubjectId,
            attempt.RequestId, Change: null, new(attempt.Status, attempt.Code, attempt.Count, attempt.LastAt, attempt.BusinessId)))];
    }

    private sealed record Step(Guid EventId, DateTimeOffset RecordedAt, string Type, Guid StreamId, int Version, long Position, EventMetadata Metadata);

    private sealed record Attempt(
        Guid AttemptId, string Operation, int Status, string Code, string ActorType, Guid? ActorId, string? ActorRole, Guid? BusinessId, string? Network,
        Guid? SubjectId, string? RequestId, long Count, DateTimeOffset FirstAt, DateTimeOffset LastAt);
}
