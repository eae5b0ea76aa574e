namespace Mainstreet.Architecture.Tests.Database;

/// <summary>Every table belongs to a tenant and is shut behind row-level security, but for the few named here.</summary>
public sealed class TenantTables(SchemaFixture schema) : IClassFixture<SchemaFixture>
{
    /// <summary>Tables without a tenant's data.</summary>
    internal const string Global = "'installation_keys', 'processes', 'queue_turns', 'schema_migrations', 'subscriptions', 'turns', 'view_shapes'";

    /// <summary>What the dispatcher's functions look at across tenants.</summary>
    private static readonly string[] SeenByDispatcher = ["allowed_origins", "attempts", "carts", "commands", "dead_letters", "events", "inbound_payloads", "live_generations", "log_epochs", "messages", "notification_attempts", "parked_events", "parked_inbound", "parks", "rebuilds", "refused_attempts", "sandbox_outbox", "sessions", "subject_keys", "tenant_checkpoints", "tenants", "test_clock_runs", "test_clocks"];

    /// <summary>Every table that is a tenant's, with its schema where that is not public.</summary>
    internal const string Tables = $"""
        select t.oid, t.oid::regclass::text as name, t.relrowsecurity, t.relforcerowsecurity
          from pg_class t join pg_namespace n on n.oid = t.relnamespace
         where t.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
           and t.oid::regclass::text not in ({Global})
        """;

    [Fact]
    public async Task The_list_of_global_tables_is_current() =>
        (await schema.Query($"select t::text from unnest(array[{Global}]) t where to_regclass(t) is null")).ShouldBeEmpty();

    [Fact]
    public async Task A_tenant_s_table_begins_with_the_tenant() => (await schema.Query($"""
        select t.name from ({Tables}) t
         where not exists (
           select from pg_attribute a
            where a.attrelid = t.oid and a.attnum = 1 and a.attname = 'tenant_id' and a.atttypid = 'uuid'::regtype and a.attnotnull)
        """)).ShouldBeEmpty();

    [Fact]
    public async Task Keys_and_unique_indexes_begin_with_the_tenant() => (await schema.Query($"""
        select i.indexrelid::regclass::text from ({Tables}) t
          join pg_index i on i.indrelid = t.oid and i.indisunique
          left join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
         where a.attname is distinct from 'tenant_id'
        """)).ShouldBeEmpty();

    [Fact]
    public async Task A_tenant_s_table_has_a_key() => (await schema.Query($"""
        select t.name from ({Tables}) t where not exists (select from pg_index i where i.indrelid = t.oid and i.indisprimary)
        """)).ShouldBeEmpty();

    [Fact]
    public async Task Row_level_security_binds_the_owner_too() =>
        (await schema.Query($"select t.name from ({Tables}) t where not (t.relrowsecurity and t.relforcerowsecurity)")).ShouldBeEmpty();

    /// <summary>One policy for everything and everybody; without a check of its own, what is written must fulfil it as well.</summary>
    [Fact]
    public async Task The_tenant_s_policy_is_the_same_everywhere() => (await schema.Query($"""
        select t.name from ({Tables}) t
         where (select count(*) from pg_policy p
                 where p.polrelid = t.oid and p.polname = 'tenant' and p.polpermissive and p.polcmd = '*' and p.polroles = '{"{0}"}'
                   and pg_get_expr(p.polqual, p.polrelid) = '(tenant_id = ( SELECT current_tenant() AS current_tenant))'
                   and p.polwithcheck is null) <> 1
        """)).ShouldBeEmpty();

    [Fact]
    public async Task The_policy_reads_the_tenant_of_the_transaction_and_nothing_else() =>
        (await schema.Query("select pg_get_function_sqlbody(oid) from pg_proc where proname = 'current_tenant'"))
            .ShouldBe(["RETURN (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid"]);

    [Fact]
    public async Task Any_other_policy_is_the_dispatcher_s_where_it_has_work()
    {
        (await schema.Query("select tablename::text from pg_policies where policyname <> 'tenant' order by 1")).ShouldBe(SeenByDispatcher);
        (await schema.Query("select distinct concat_ws(' ', policyname, roles, cmd, qual, with_check) from pg_policies where policyname <> 'tenant'"))
            .ShouldBe(["dispatcher {mainstreet_dispatcher} ALL true true"]);
    }

    [Fact]
    public async Task Reading_views_have_the_rights_of_their_reader()
    {
        const string views = "select c.oid::regclass::text from pg_class c where c.relkind in ('v', 'm') and c.relnamespace in (select oid from pg_namespace where nspname ~ '^(public|rm|rm_v[0-9]+)$')";
        (await schema.Query($"{views} and c.relnamespace = 'rm_v1'::regnamespace")).ShouldNotBeEmpty();
        (await schema.Query($"{views} and coalesce('security_invoker=true' = any (c.reloptions), false) is false")).ShouldBeEmpty();
    }

    /// <summary>A foreign key would lock the lane's row on every insert.</summary>
    [Fact]
    public async Task Nothing_refers_to_the_lanes() =>
        (await schema.Query("select conrelid::regclass::text from pg_constraint where contype = 'f' and confrelid = 'tenants'::regclass")).ShouldBeEmpty();
}
