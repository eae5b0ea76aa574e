using System.Text.Json;
using Mainstreet.Application.TestClocks;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Subscriptions;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Messaging;

/// <summary>
/// Moves a test tenant's clock from due message to due message. Before every step the tenant's subscriptions catch up, so
/// that what a message causes takes part in the same advance.
/// </summary>
internal sealed class TestClocks(NpgsqlDataSource database, RequestContext context, SubscriptionRunner subscriptions, MessageRunner runner) : ITestClocks
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Far enough for every subscription, near enough for every date that follows from one.</summary>
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public async Task<TestClock> Get(Guid clock, CancellationToken cancellationToken)
    {
        var now = await Query(
            "select frozen_at from test_clocks where tenant_id = $1 and clock_id = $2", [clock],
            row => row.GetFieldValue<DateTimeOffset>(0), cancellationToken);
        return now is [var at] ? new(clock, at) : throw new DomainException(DomainError.NotFound("test clock"));
    }

    public async Task<TestClockAdvanced> Advance(Guid clock, DateTimeOffset? to, TimeSpan? by, CancellationToken cancellationToken)
    {
        await Get(clock, cancellationToken);
        var start = await Begin(clock);
        try
        {
            var target = Target(start, to, by);
            var executed = new List<ExecutedMessage>();
            while (await NextDue(target, cancellationToken) is { } message)
            {
                executed.Add(await Run(clock, message, cancellationToken));
            }

            var now = await Move(clock, target);
            var head = await Query("select max(position) from events where tenant_id = $1", [], row => row.IsDBNull(0) ? 0 : row.GetInt64(0), cancellationToken);
            return new(new(clock, now), executed) { Position = head[0] };
        }
        finally
        {
            await End(clock);
        }
    }

    private static DateTimeOffset Target(DateTimeOffset start, DateTimeOffset? to, TimeSpan? by)
    {
        var target = (to ?? start + by!.Value).ToUniversalTime();
        return target <= start ? throw new DomainException(new("clock_backwards", $"The clock stands at {start:O} and only moves forward."))
            : target > Latest ? throw new DomainException(new("clock_too_far", $"A test clock goes to {Latest:O} at most."))
            : target;
    }

    private async Task<ExecutedMessage> Run(Guid clock, ClaimedMessage message, CancellationToken cancellationToken)
    {
        var at = await Move(clock, message.DueAt);
        var outcome = JsonNamingPolicy.SnakeCaseLower.ConvertName((await runner.Run(message, cancellationToken)).ToString());
        await Execute(
            "insert into test_clock_runs (tenant_id, clock_id, message_id, type, due_at, ran_at, outcome) values ($1, $2, $3, $4, $5, $6, $7)",
            clock, message.MessageId, message.Type, message.DueAt.ToUniversalTime(), at, outcome);
        return new(message.MessageId, message.Type, message.DueAt, at, outcome);
    }

    private async Task<DateTimeOffset> Begin(Guid clock)
    {
        var begun = await Query(
            """
            update test_clocks set advancing_until = clock_timestamp() + $3
             where tenant_id = $1 and clock_id = $2 and coalesce(advancing_until, '-infinity') < clock_timestamp() returning frozen_at
            """, [clock, Lease], row => row.GetFieldValue<DateTimeOffset>(0), CancellationToken.None);
        return begun is [var start] ? start : throw new DomainException(new("clock_busy", "The clock is being advanced already.", ErrorKind.Busy));
    }

    /// <summary>
    /// Workers see the tenant's messages again, also those that commits inserted for them to see when the advance is over: whoever
    /// holds the lane has looked at the clock already, so this waits for it.
    /// </summary>
    private async Task End(Guid clock)
    {
        await Execute("update test_clocks set advancing_until = null where tenant_id = $1 and clock_id = $2", clock);
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(context.Tenant),
                new("select 1 from tenants where tenant_id = $1 for no key update") { Parameters = { new() { Value = context.Tenant.Value } } },
                new("update messages set visible_at = clock_timestamp(), leased_until = null where tenant_id = $1 and visible_at = 'infinity' and due_at <= tenant_now()")
                {
                    Parameters = { new() { Value = context.Tenant.Value } },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>The next message up to the target, claimed; waits for one that a worker took before the advance began.</summary>
    private async Task<ClaimedMessage?> NextDue(DateTimeOffset target, CancellationToken cancellationToken)
    {
        while (true)
        {
            await subscriptions.CatchUp(context.Tenant, cancellationToken);
            var claimed = await Query(
                $"""
                update messages set attempt = attempt + 1, visible_at = 'infinity', leased_until = clock_timestamp() + $3
                 where tenant_id = $1 and (visible_at = 'infinity' or visible_at <= clock_timestamp()) and message_id = (
                   select message_id from messages where tenant_id = $1 and target_tenant is null and due_at <= $2
                    order by due_at, created_at, message_id limit 1)
                returning {ClaimedMessage.Columns}
                """, [target, Lease], ClaimedMessage.Read, cancellationToken);
            if (claimed is [var message])
            {
                return message;
            }

            var running = await Query(
                "select message_id from messages where tenant_id = $1 and target_tenant is null and due_at <= $2", [target],
                row => row.GetGuid(0), cancellationToken);
            if (running.Count == 0)
            {
                return null;
            }

            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }

    private async Task<DateTimeOffset> Move(Guid clock, DateTimeOffset to)
    {
        var moved = await Query(
            """
            update test_clocks set frozen_at = greatest(frozen_at, $3), advancing_until = clock_timestamp() + $4
             where tenant_id = $1 and clock_id = $2 returning frozen_at
            """, [clock, to.ToUniversalTime(), Lease], row => row.GetFieldValue<DateTimeOffset>(0), CancellationToken.None);
        return moved[0];
    }

    private async Task Execute(string sql, params object[] parameters) => await Query(sql, parameters, _ => 0, CancellationToken.None);

    private async Task<List<T>> Query<T>(string sql, object[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var command = new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = context.Tenant.Value } } };
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.Set(context.Tenant), command } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
