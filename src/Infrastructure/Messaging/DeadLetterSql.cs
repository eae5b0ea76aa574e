using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Domain;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Messaging;

/// <summary>Statements that move messages to the dead letters and back; the tenant is set in the batch before them.</summary>
internal static class DeadLetterSql
{
    /// <summary>A letter that was redriven before dies again under its id.</summary>
    private const string DiesAgain = """
        on conflict (tenant_id, message_id) do update set
          queue = excluded.queue, type = excluded.type, body = excluded.body, metadata = excluded.metadata, due_at = excluded.due_at,
          failures = excluded.failures, dedupe_key = excluded.dedupe_key, error = excluded.error, died_at = excluded.died_at,
          attempt = excluded.attempt, revision = excluded.revision, status = excluded.status, closed_at = excluded.closed_at, closed_by = excluded.closed_by,
          settled_at = excluded.settled_at
        """;

    /// <summary>Not while the same request came in again during the run, or the message ran before its time: see <see cref="MessageSql.RunAgain"/>.</summary>
    public static NpgsqlBatchCommand Bury(ClaimedMessage message, string error) => new($"""
        with gone as (
          delete from messages
           where tenant_id = $1 and message_id = $2 and attempt = $3 and revision = $5 and coalesce(next_due_at, '-infinity') <= tenant_now() returning *)
        insert into dead_letters (tenant_id, message_id, queue, type, body, metadata, due_at, failures, dedupe_key, error, died_at, attempt, revision)
        select tenant_id, message_id, queue, type, body, metadata, due_at, failures + 1, dedupe_key, $4, tenant_now(), attempt, revision from gone
        {DiesAgain}
        """)
    {
        Parameters =
        {
            new() { Value = message.Tenant.Value }, new() { Value = message.MessageId }, new() { Value = message.Attempt },
            new() { Value = error }, new() { Value = message.Revision },
        },
    };

    /// <summary>Answers the queue it went back to. A revision that was never run is made up for letters that have none.</summary>
    public static NpgsqlBatchCommand Redrive(TenantId tenant, Guid id, Actor actor) => By(tenant, id, actor, $"""
        with letter as (
          update dead_letters set status = 'redriven', closed_at = tenant_now(), closed_by = $3, settled_at = clock_timestamp()
           where tenant_id = $1 and message_id = $2 and status = 'dead' returning *)
        insert into messages as m (tenant_id, message_id, queue, type, body, metadata, due_at, visible_at, dedupe_key, attempt, revision)
        select tenant_id, message_id, queue, type, body, metadata, tenant_now(), visible_from(tenant_now()), dedupe_key, attempt,
               coalesce(revision, extract(epoch from clock_timestamp())::int)
          from letter
        {MessageSql.AskedForAgain}
        returning queue
        """);

    public static NpgsqlBatchCommand Discard(TenantId tenant, Guid id, Actor actor) => By(tenant, id, actor, """
        update dead_letters set status = 'discarded', body = '{}', closed_at = tenant_now(), closed_by = $3, settled_at = clock_timestamp()
         where tenant_id = $1 and message_id = $2 and status = 'dead' returning queue
        """);

    /// <summary>Of a message that nobody runs.</summary>
    public static NpgsqlBatchCommand Cancel(TenantId tenant, Guid id, Actor actor) => By(tenant, id, actor, $$"""
        with gone as (
          delete from messages
           where tenant_id = $1 and message_id = $2 and target_tenant is null and coalesce(leased_until, '-infinity') <= clock_timestamp() returning *)
        insert into dead_letters
          (tenant_id, message_id, queue, type, body, metadata, due_at, failures, dedupe_key, error, died_at, attempt, revision, status, closed_at, closed_by,
           settled_at)
        select tenant_id, message_id, queue, type, '{}', metadata, due_at, failures, dedupe_key, coalesce(last_error, ''), tenant_now(), attempt, revision,
               'canceled', tenant_now(), $3, clock_timestamp()
          from gone
        {{DiesAgain}}
        returning queue
        """);

    private static NpgsqlBatchCommand By(TenantId tenant, Guid id, Actor actor, string sql) => new(sql)
    {
        Parameters =
        {
            new() { Value = tenant.Value },
            new() { Value = id },
            new() { Value = JsonSerializer.Serialize(actor, StoredJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb },
        },
    };
}
