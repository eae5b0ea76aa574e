using Npgsql;

namespace Mainstreet.Architecture.Tests.Database;

/// <summary>Two tenants with a row in every table, seen through the runtime role.</summary>
public sealed class TenantIsolation(SchemaFixture schema) : IClassFixture<SchemaFixture>, IAsyncLifetime
{
    private static readonly Guid Ours = Guid.Parse("018f0000-0000-7000-8000-00000000000a");
    private static readonly Guid Theirs = Guid.Parse("018f0000-0000-7000-8000-00000000000b");

    private string[] tables = [];

    public async ValueTask InitializeAsync()
    {
        tables = await schema.Query($"select t.name from ({TenantTables.Tables}) t order by 1");
        foreach (var table in tables)
        {
            await DropChecks(table);
            await Insert(table, Ours);
            await Insert(table, Theirs);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_a_tenant_there_is_nothing_to_see(string? tenant)
    {
        tables.ShouldContain("events");
        foreach (var table in tables)
        {
            (await Seen(table, tenant)).ShouldBeEmpty(table);
        }
    }

    [Fact]
    public async Task A_tenant_sees_its_own_rows_alone()
    {
        foreach (var table in tables)
        {
            (await Seen(table, Ours.ToString())).ShouldBe([Ours], table);
        }
    }

    [Fact]
    public async Task A_tenant_writes_its_own_rows_alone()
    {
        foreach (var table in tables)
        {
            var statement = await InsertText(table, Theirs);
            var refusal = await Should.ThrowAsync<PostgresException>(() => As(Ours.ToString(), statement), table);
            refusal.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, table);
        }
    }

    private async Task<Guid[]> Seen(string table, string? tenant) => await As(tenant, $"select distinct tenant_id from {table}");

    private async Task<Guid[]> As(string? tenant, string sql)
    {
        await using var connection = await schema.Runtime.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        if (tenant is not null)
        {
            batch.BatchCommands.Add(new("select set_config('app.tenant_id', $1, true)") { Parameters = { new() { Value = tenant } } });
        }

        batch.BatchCommands.Add(new(sql));
        await using var reader = await batch.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        if (tenant is not null)
        {
            await reader.NextResultAsync(TestContext.Current.CancellationToken);
        }

        var tenants = new List<Guid>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            tenants.Add(reader.GetGuid(0));
        }

        return [.. tenants];
    }

    private async Task Insert(string table, Guid tenant) => await schema.Execute(await InsertText(table, tenant) + " on conflict do nothing");

    /// <summary>Any row: what its columns mean is of no interest here, and so the checks on them are dropped before.</summary>
    private async Task<string> InsertText(string table, Guid tenant)
    {
        var columns = await schema.Query($"""
            select a.attname::text from pg_attribute a
             where a.attrelid = '{table}'::regclass and a.attnum > 0 and not a.attisdropped and a.attnotnull and not a.atthasdef and a.attidentity = '' order by a.attnum
            """);
        var values = await schema.Query($"""
            select case when a.attname = 'tenant_id' then '''{tenant}''' when t.typcategory = 'A' then '''{"{}"}''' else case t.typname
                     when 'uuid' then 'gen_random_uuid()' when 'jsonb' then '''{"{}"}''' when 'timestamptz' then 'now()' when 'date' then 'current_date'
                     when 'bool' then 'false' when 'interval' then '''1 s''' when 'time' then 'localtime' else '''1''' end end
              from pg_attribute a join pg_type t on t.oid = a.atttypid
             where a.attrelid = '{table}'::regclass and a.attnum > 0 and not a.attisdropped and a.attnotnull and not a.atthasdef and a.attidentity = '' order by a.attnum
            """);
        return $"insert into {table} ({string.Join(", ", columns)}) values ({string.Join(", ", values)})";
    }

    private async Task DropChecks(string table)
    {
        foreach (var check in await schema.Query($"select quote_ident(conname) from pg_constraint where conrelid = '{table}'::regclass and contype = 'c'"))
        {
            await schema.Execute($"alter table {table} drop constraint {check}");
        }
    }
}
