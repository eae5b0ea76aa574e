using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Messaging;

/// <summary>A message that is due in one of the tenants of a clock.</summary>
internal sealed record DueMessage(TenantId Tenant, DateTimeOffset DueAt, DateTimeOffset CreatedAt, Guid Id);

/// <summary>The rows of test clocks, and the messages of those that live by one. Every tenant has a row of its own for its clock.</summary>
internal sealed class TestClockRows(NpgsqlDataSource database, RequestContext context, MessageTypes types)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>In whose name the clock is advanced.</summary>
    public TenantId Present => context.Tenant;

    public async Task<DateTimeOffset?> Now(Guid clock, CancellationToken cancellationToken) =>
        await Query([Present], "select frozen_at from test_clocks where tenant_id = $1 and clock_id = $2", [clock], Time, cancellationToken) is [var now] ? now : null;

    /// <summary>Who lives by the clock, and its time; null while it is advanced by others. Workers see none of their messages from now on.</summary>
    public async Task<(IReadOnlyList<TenantId> Tenants, DateTimeOffset Start)?> Begin(Guid clock)
    {
        var begun = await Query(
            [Present], "select tenant_id, frozen_at from begin_advance($2, $3)", [clock, Lease],
            row => (Tenant: new TenantId(row.GetGuid(0)), At: row.GetFieldValue<DateTimeOffset>(1)), CancellationToken.None);
        return begun is [] ? null : ([.. begun.Select(row => row.Tenant).OrderBy(tenant => tenant.Value)], begun.Max(row => row.At));
    }

    /// <summary>Answers the clock's time, which never goes back.</summary>
    public async Task<DateTimeOffset> Move(Guid clock, IReadOnlyList<TenantId> tenants, DateTimeOffset to) => (await Query(
        tenants,
        """
        update test_clocks set frozen_at = greatest(frozen_at, $3), advancing_until = clock_timestamp() + $4
         where tenant_id = $1 and clock_id = $2 returning frozen_at
        """, [clock, to.ToUniversalTime(), Lease], Time, CancellationToken.None)).Max();

    /// <summary>
    /// Workers see the tenants' messages again, also those that commits inserted for them to see when the advance is over: whoever
    /// holds a lane has looked at the clock already, so this waits for it.
    /// </summary>
    public async Task End(Guid clock, IReadOnlyList<TenantId> tenants)
    {
        await Execute(tenants, "update test_clocks set advancing_until = null where tenant_id = $1 and clock_id = $2", clock);
        foreach (var tenant in tenants)
        {
            await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    TenantSql.Set(tenant),
                    new("select 1 from tenants where tenant_id = $1 for no key update") { Parameters = { new() { Value = tenant.Value } } },
                    new("update messages set visible_at = clock_timestamp(), leased_until = null where tenant_id = $1 and visible_at = 'infinity' and due_at <= tenant_now()")
                    {
                        Parameters = { new() { Value = tenant.Value } },
                    },
                },
            };
            await batch.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    /// <summary>Those that a suspended or closed business does not let through wait for it, and not the others for them.</summary>
    public async Task<DueMessage?> FirstDue(IReadOnlyList<TenantId> tenants, DateTimeOffset target, CancellationToken cancellationToken) => (await Query(
        tenants,
        """
        select tenant_id, due_at, created_at, message_id from messages
         where tenant_id = $1 and target_tenant is null and due_at <= $2
           and exists (
                 select from tenants t where t.tenant_id = $1
                    and case t.status when 'suspended' then type = any ($3) when 'closed' then type = any ($4) else true end)
         order by due_at, created_at, message_id limit 1
        """, [target, types.AllowedIn(BusinessStatus.Suspended), types.AllowedIn(BusinessStatus.Closed)],
        row => new DueMessage(new(row.GetGuid(0)), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2), row.GetGuid(3)), cancellationToken))
        .OrderBy(due => due.DueAt).ThenBy(due => due.CreatedAt).ThenBy(due => due.Id).FirstOrDefault();

    /// <summary>Null while a worker runs it.</summary>
    public async Task<ClaimedMessage?> Claim(DueMessage message, CancellationToken cancellationToken) => (await Query(
        [message.Tenant],
        $"""
        update messages set attempt = attempt + 1, visible_at = 'infinity', leased_until = clock_timestamp() + $3
         where tenant_id = $1 and message_id = $2 and (visible_at = 'infinity' or visible_at <= clock_timestamp())
        returning {ClaimedMessage.Columns}
        """, [message.Id, Lease], ClaimedMessage.Read, cancellationToken)).SingleOrDefault();

    public Task Record(Guid clock, ClaimedMessage message, DateTimeOffset at, string outcome) => Execute(
        [message.Tenant],
        "insert into test_clock_runs (tenant_id, clock_id, message_id, type, due_at, ran_at, outcome) values ($1, $2, $3, $4, $5, $6, $7)",
        clock, message.MessageId, message.Type, message.DueAt.ToUniversalTime(), at, outcome);

    /// <summary>Where the present tenant's log ends.</summary>
    public async Task<long> Head(CancellationToken cancellationToken) =>
        (await Query([Present], "select coalesce(max(position), 0) from events where tenant_id = $1", [], row => row.GetInt64(0), cancellationToken))[0];

    private static DateTimeOffset Time(NpgsqlDataReader row) => row.GetFieldValue<DateTimeOffset>(0);

    private async Task Execute(IReadOnlyList<TenantId> tenants, string sql, params object[] parameters)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var batch = Batch(connection, tenants, sql, parameters);
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private async Task<List<T>> Query<T>(
        IReadOnlyList<TenantId> tenants, string sql, object[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = Batch(connection, tenants, sql, parameters);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        for (var i = 0; i < tenants.Count; i++)
        {
            await reader.NextResultAsync(cancellationToken); // past the setting
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(read(reader));
            }

            await reader.NextResultAsync(cancellationToken);
        }

        return rows;
    }

    /// <summary>The same statement in each tenant, in one transaction; $1 is the tenant.</summary>
    private static NpgsqlBatch Batch(NpgsqlConnection connection, IReadOnlyList<TenantId> tenants, string sql, object[] parameters)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var tenant in tenants)
        {
            var command = new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = tenant.Value } } };
            foreach (var parameter in parameters)
            {
                command.Parameters.Add(new() { Value = parameter });
            }

            batch.BatchCommands.Add(TenantSql.Set(tenant));
            batch.BatchCommands.Add(command);
        }

        return batch;
    }
}
