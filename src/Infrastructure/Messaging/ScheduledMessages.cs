using Mainstreet.Application;
using Mainstreet.Application.Messages;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Messaging;

/// <inheritdoc />
internal sealed class ScheduledMessages(IReadStore reads, RequestContext context, MessageTypes types, MessageSteps steps) : IScheduledMessages
{
    /// <summary>Reads of it wait for the policies, which write it.</summary>
    internal const string Table = "messages";

    private const string Select = $"""
        select message_id, queue, type, body, due_at, failures, last_error, metadata,
               case when leased_until > clock_timestamp() then 'running' when failures > 0 then 'retrying' else 'scheduled' end as status
          from {Table}
        """;

    public async Task<IReadOnlyList<ScheduledMessage>> List(
        ListScheduledMessages query, (DateTimeOffset DueAt, Guid Id)? after, CancellationToken cancellationToken)
    {
        var rows = await reads.List<Row>(
            $"""
            {Select}
             where target_tenant is null
               and (@queue::text is null or queue = @queue) and (@type::text is null or type = @type)
               and (@subject::uuid is null or exists (select from jsonb_each_text(body) as b (name, value) where b.value = @subject::text))
               and (@due_at::timestamptz is null or (due_at, message_id) > (@due_at, @id))
             order by due_at, message_id limit @rows
            """,
            new { query.Queue, query.Type, query.Subject, after?.DueAt, after?.Id, query.Page.Rows }, cancellationToken);
        return [.. rows.Select(Shown)];
    }

    public async Task<ScheduledMessage> Get(Guid id, CancellationToken cancellationToken) =>
        await reads.Find<Row>($"{Select} where target_tenant is null and message_id = @id", new { id }, cancellationToken) is { } row
            ? Shown(row)
            : throw new DomainException(MessageErrors.NotScheduled);

    public async Task RunNow(Guid id)
    {
        if (!await steps.Take(context.Tenant, MessageSql.RunNow(context.Tenant, id)) && !await steps.IsPending(context.Tenant, id))
        {
            throw await Gone(id, "run");
        }
    }

    public async Task Cancel(Guid id)
    {
        if (!await steps.Take(context.Tenant, DeadLetterSql.Cancel(context.Tenant, id, context.Actor)))
        {
            throw await steps.IsPending(context.Tenant, id) ? new DomainException(MessageErrors.Running) : await Gone(id, "cancel");
        }
    }

    private ScheduledMessage Shown(Row row) => new(
        row.MessageId, row.Queue, row.Type, types.Subject(row.Type, row.Body), row.Status, row.DueAt, row.Failures, MessageFaults.Of(row.LastError),
        row.Metadata.CorrelationId, row.Metadata.CausationId);

    private async Task<DomainException> Gone(Guid id, string step) =>
        new(await steps.EndOf(context.Tenant, id) is { } status and not DeadLetterStatus.Redriven ? MessageErrors.NotPossible(status, step) : MessageErrors.NotScheduled);

    private sealed record Row(
        Guid MessageId, string Queue, string Type, string Body, DateTimeOffset DueAt, int Failures, string? LastError, EventMetadata Metadata,
        ScheduledMessageStatus Status);
}
