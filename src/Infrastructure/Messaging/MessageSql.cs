using Mainstreet.Domain;
using Mainstreet.Infrastructure.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Messaging;

/// <summary>Statements on messages that are part of other transactions: commits and subscriptions.</summary>
internal static class MessageSql
{
    /// <summary>A pending message with the key takes in the new one; a message that runs stays leased, and what is asked for meanwhile follows the run.</summary>
    public const string AskedForAgain = """
        on conflict (tenant_id, dedupe_key) do update set
          revision = m.revision + 1,
          due_at = case when m.leased_until > clock_timestamp() then m.due_at else least(m.due_at, excluded.due_at) end,
          visible_at = case when m.leased_until > clock_timestamp() then m.visible_at else least(m.visible_at, excluded.visible_at) end,
          next_due_at = case when m.leased_until > clock_timestamp() then least(m.next_due_at, excluded.due_at) else m.next_due_at end
        """;

    // due_at null: at once, by the tenant's clock
    private const string InsertText = $"""
        insert into messages as m (tenant_id, message_id, target_tenant, queue, type, body, metadata, due_at, visible_at, dedupe_key)
        select $1, n.message_id, n.target_tenant, n.queue, n.type, n.body, $9, coalesce(n.due_at, tenant_now()),
               visible_from(coalesce(n.due_at, tenant_now())), n.dedupe_key
          from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::jsonb[], $7::timestamptz[], $8::text[])
            as n (message_id, target_tenant, queue, type, body, due_at, dedupe_key)
        {AskedForAgain}
        """;

    public static NpgsqlBatchCommand Insert(TenantId tenant, IReadOnlyList<PlannedMessage> messages, MessageTypes types, string metadata)
    {
        var kinds = messages.Select(message => types.Of(message.Command)).ToArray();
        return new(InsertText)
        {
            Parameters =
            {
                new() { Value = tenant.Value },
                new() { Value = messages.Select(message => message.Id).ToArray() },
                new() { Value = messages.Select(message => message.Target?.Value).ToArray() },
                new() { Value = messages.Select(message => types.QueueOf(message.Command)).ToArray() },
                new() { Value = kinds.Select(kind => kind.Name).ToArray() },
                new() { Value = messages.Select(message => MessageTypes.Serialize(message.Command)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
                new() { Value = messages.Select(message => message.DueAt?.ToUniversalTime()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
                new() { Value = messages.Select(message => message.DedupeKey).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new() { Value = metadata, NpgsqlDbType = NpgsqlDbType.Jsonb },
            },
        };
    }

    /// <param name="queue">Of which queue.</param>
    /// <param name="most">Messages, of all tenants together.</param>
    /// <param name="perTenant">What one tenant may have running at a time.</param>
    /// <param name="lease">For how long nobody else sees them.</param>
    /// <param name="running">The tenant of each message of the queue that runs here already.</param>
    public static NpgsqlBatchCommand Claim(string queue, int most, int perTenant, TimeSpan lease, Guid[] running) =>
        new($"select {ClaimedMessage.Columns} from claim_messages($1, $2, $3, $4, $5)")
        {
            Parameters =
            {
                new() { Value = queue }, new() { Value = most }, new() { Value = perTenant }, new() { Value = lease }, new() { Value = running },
            },
        };

    public static NpgsqlBatchCommand Complete(ClaimedMessage message) => new("select complete_message($1, $2, $3)")
    {
        Parameters = { new() { Value = message.MessageId }, new() { Value = message.Attempt }, new() { Value = message.Revision } },
    };

    /// <summary>
    /// For a message that could not be buried, as complete_message does for one that succeeded: what was asked for is a request of its
    /// own, with all of its attempts.
    /// </summary>
    public static NpgsqlBatchCommand RunAgain(ClaimedMessage message, string error) => new("""
        update messages set failures = 0, last_error = $4, leased_until = null, next_due_at = null, revision = revision + 1,
                            due_at = coalesce(next_due_at, due_at), visible_at = visible_from(coalesce(next_due_at, due_at))
         where tenant_id = $1 and message_id = $2 and attempt = $3
        """)
    {
        Parameters =
        {
            new() { Value = message.Tenant.Value }, new() { Value = message.MessageId }, new() { Value = message.Attempt }, new() { Value = error },
        },
    };

    public static NpgsqlBatchCommand Renew(ClaimedMessage message, TimeSpan lease) => new("""
        update messages set leased_until = clock_timestamp() + $4, visible_at = clock_timestamp() + $4
         where tenant_id = $1 and message_id = $2 and attempt = $3 and leased_until is not null
        """)
    {
        Parameters =
        {
            new() { Value = message.Tenant.Value }, new() { Value = message.MessageId }, new() { Value = message.Attempt }, new() { Value = lease },
        },
    };

    /// <summary>
    /// Of a message that nobody runs; answers its queue. One that has not been tried yet keeps its time as well, for a command
    /// decides by the clock, and may find now too early.
    /// </summary>
    public static NpgsqlBatchCommand RunNow(TenantId tenant, Guid id) => new("""
        update messages set next_due_at = case when failures = 0 and due_at > tenant_now() then due_at else next_due_at end,
                            due_at = least(due_at, tenant_now()), visible_at = visible_from(least(due_at, tenant_now()))
         where tenant_id = $1 and message_id = $2 and target_tenant is null and coalesce(leased_until, '-infinity') <= clock_timestamp() returning queue
        """)
    {
        Parameters = { new() { Value = tenant.Value }, new() { Value = id } },
    };
}
