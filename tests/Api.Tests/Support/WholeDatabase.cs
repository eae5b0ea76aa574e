using System.Diagnostics;
using Npgsql;

namespace Mainstreet.Api.Tests;

/// <summary>What is stored, asked as the owner, whom no policy binds.</summary>
internal sealed class WholeDatabase(string connectionString)
{
    /// <summary>Many times what anything takes where others want the machine as well. What waits longer waits for itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Waits until nothing is under way: every event has been seen, every message that is due has run. For a product of one's own: where others
    /// have theirs as well, there always is something.
    /// </summary>
    public Task Settle() => Until("""
        select (select count(*) from messages where target_tenant is not null or leased_until is not null or visible_at <= clock_timestamp())
             + (select count(*) from inbound_payloads where not is_recorded)
             + (select count(*) from dirty_tenants((select array_agg(name) from subscriptions)))
        """, 0);

    /// <summary>Waits until a query has this answer.</summary>
    public Task Until(string sql, long answer) => Until(sql, number => number == answer);

    /// <summary>Waits until a query's answer is such a one. Each look is a trip to the database, and the work goes on meanwhile.</summary>
    public async Task Until(string sql, Func<long, bool> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (await Number(sql) is var number && !holds(number))
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(Patience, $"{number}: {sql}");
        }
    }

    public Task<long> Events() => Number("select count(*) from events");

    public async Task<long> Number(string sql) => long.Parse((await Texts($"select ({sql})::text"))[0]);

    /// <summary>Keeps everybody from a view's tables until it is disposed of.</summary>
    public async Task<NpgsqlConnection> Shut(string view)
    {
        var tables = await Texts($"select format('rm.%I', table_name) from information_schema.tables where table_schema = 'rm' and table_name ~ '^{view}_v[0-9]+$'");
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"begin; lock table {string.Join(", ", tables)} in access exclusive mode", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    /// <summary>The first column of a query.</summary>
    public async Task<List<string>> Texts(string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await Texts(command);
    }

    /// <summary>
    /// Everything of one business, and what mentions it elsewhere: in the platform and in the pool, but for messages there, which
    /// come due by themselves, and for what operators are told of attempts at it. How often somebody has tried to sign in at its storefront is
    /// counted in it, whoever tries; who shows a tracking token is its guest, and is told again under the same key that there is no such order.
    /// </summary>
    /// <param name="business">Whose.</param>
    /// <param name="ids">By which others mention it.</param>
    public async Task<string[]> RowsOf(Guid business, IEnumerable<string> ids)
    {
        var rows = new List<string>();
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        foreach (var table in await Tables(connection))
        {
            await using var command = new NpgsqlCommand(
                $"select '{table} ' || t::text from {table} t where (tenant_id = $1 and '{table}' <> 'public.attempts' and not ('{table}' = 'public.commands' and t::text like '%There is no such order.%')) or (tenant_id = any($2) and t::text like any($3) and '{table}' not in ('public.messages', 'public.refused_attempts')) order by 1", connection)
            {
                Parameters =
                {
                    new() { Value = business },
                    new() { Value = new[] { Domain.TenantId.Platform.Value, Domain.TenantId.Pool.Value } },
                    new() { Value = ids.Select(id => $"%{id}%").ToArray() },
                },
            };
            rows.AddRange(await Texts(command));
        }

        return [.. rows];
    }

    /// <summary>
    /// As the runtime role, to which the connection string has to lead: of every table and reading view of tenants, the tenants whose rows
    /// are seen, as "table tenant".
    /// </summary>
    /// <param name="tenant">For whom the transaction is; null: for nobody.</param>
    /// <param name="relations">Given by <see cref="Relations"/>.</param>
    public async Task<List<string>> Seen(Guid? tenant, IEnumerable<string> relations)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var set = new NpgsqlCommand("select set_config('app.tenant_id', $1, true)", connection) { Parameters = { new() { Value = tenant?.ToString() ?? "" } } };
        await set.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var seen = new List<string>();
        foreach (var relation in relations)
        {
            await using var command = new NpgsqlCommand($"select distinct '{relation} ' || tenant_id from {relation}", connection);
            seen.AddRange(await Texts(command));
        }

        return seen;
    }

    /// <summary>Every table and reading view with rows of tenants that the runtime role may read.</summary>
    public Task<List<string>> Relations() => Texts("""
        select format('%I.%I', table_schema, table_name) from information_schema.columns
         where column_name = 'tenant_id' and table_schema in ('public', 'rm')
           and has_table_privilege('mainstreet_app', format('%I.%I', table_schema, table_name), 'select') order by 1
        """);

    private static async Task<List<string>> Tables(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            """
            select format('%I.%I', c.table_schema, c.table_name)
              from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
             where c.column_name = 'tenant_id' and t.table_type = 'BASE TABLE' and c.table_schema in ('public', 'rm') order by 1
            """, connection);
        return await Texts(command);
    }

    private static async Task<List<string>> Texts(NpgsqlCommand command)
    {
        var texts = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
