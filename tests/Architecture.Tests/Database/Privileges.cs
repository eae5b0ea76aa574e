namespace Mainstreet.Architecture.Tests.Database;

/// <summary>What the roles may do; and that what looks across tenants is a short list of functions.</summary>
public sealed class Privileges(SchemaFixture schema) : IClassFixture<SchemaFixture>
{
    private static readonly string[] DefinerFunctions =
    [
        "are_foreign(uuid[],uuid[])",
        "beat(uuid,interval)",
        "begin_advance(uuid,interval)",
        "begin_log_epoch()",
        "claim_messages(text,integer,integer,interval,uuid[])",
        "claim_rebuilds(integer,interval)",
        "dead_letters_in(uuid,text,text,text,timestamp with time zone,uuid,integer)",
        "dirty_tenants(text[])",
        "droppable_rebuilds(integer)",
        "ended_sessions(interval)",
        "is_allowed_origin(text)",
        "next_message_at(text,timestamp with time zone)",
        "parked_events_of(text,uuid,text,uuid,timestamp with time zone,uuid,integer)",
        "projection_states(text[],uuid)",
        "prune_attempts(timestamp with time zone,integer)",
        "prune_carts(timestamp with time zone,integer)",
        "prune_commands(timestamp with time zone,integer)",
        "prune_dead_letters(timestamp with time zone,integer)",
        "prune_inbound_payloads(timestamp with time zone,integer)",
        "prune_notification_attempts(timestamp with time zone,integer)",
        "prune_parked_inbound(timestamp with time zone,integer)",
        "prune_rebuilds(timestamp with time zone,integer)",
        "prune_refused_attempts(timestamp with time zone,integer)",
        "prune_sandbox_outbox(timestamp with time zone,integer)",
        "prune_sessions(timestamp with time zone,integer)",
        "prune_test_clock_runs(timestamp with time zone,integer)",
        "queue_states(text[])",
        "queues_of(text[])",
        "rebuilds_of(uuid)",
        "register_subscription(text,boolean)",
        "register_tenant(uuid,text,text,text,uuid,timestamp with time zone)",
        "relay_messages(integer)",
        "rewrap_subject_keys(uuid[],uuid[],text[],text[])",
        "seal_installation_keys(text[],text[])",
        "sealed_by()",
        "set_tenant_status(uuid,text)",
        "start_rebuilds(uuid,text,uuid,text,uuid)",
        "states_of_businesses(interval)",
        "subject_keys_not_of(text,uuid,uuid,integer)",
        "subscription_lag(text,uuid,integer)",
        "take_turn(text,interval)",
        "tenant_of_dead_letter(uuid)",
        "tenant_sizes(integer)",
        "tenants_with_inbound(integer)",
    ];

    [Fact]
    public async Task No_role_of_the_product_stands_above_row_level_security() => (await schema.Query("""
        select concat_ws(' ', rolname, 'login', rolcanlogin, 'super', rolsuper, 'bypass', rolbypassrls, 'roles', rolcreaterole, 'databases', rolcreatedb, 'replication', rolreplication)
          from pg_roles where rolname ~ '^mainstreet' order by rolname
        """)).ShouldBe(
        [
            "mainstreet_app login t super f bypass f roles f databases f replication f",
            "mainstreet_dispatcher login f super f bypass f roles f databases f replication f",
        ]);

    [Fact]
    public async Task No_role_of_the_product_can_become_another() => (await schema.Query("""
        select member::regrole || ' in ' || roleid::regrole from pg_auth_members where member::regrole::text ~ '^mainstreet' or roleid::regrole::text ~ '^mainstreet'
        """)).ShouldBeEmpty();

    [Fact]
    public async Task The_runtime_role_owns_nothing_and_the_dispatcher_its_functions() => (await schema.Query("""
        select pg_get_userbyid(refobjid) || ' ' || pg_describe_object(classid, objid, objsubid) from pg_shdepend
         where deptype = 'o' and dbid = (select oid from pg_database where datname = current_database())
           and refobjid in ('mainstreet_app'::regrole, 'mainstreet_dispatcher'::regrole) and classid <> 'pg_proc'::regclass
        union all
        select proowner::regrole || ' ' || oid::regprocedure from pg_proc
         where proowner in ('mainstreet_app'::regrole, 'mainstreet_dispatcher'::regrole) and not prosecdef
        """)).ShouldBeEmpty();

    [Fact]
    public async Task The_runtime_role_makes_nothing() => (await schema.Query("""
        select nspname::text from pg_namespace where nspname in ('public', 'rm') and has_schema_privilege('mainstreet_app', oid, 'create')
        """)).ShouldBeEmpty();

    /// <summary>What is in the log stays there. A commit's answer may be forgotten, but by the dispatcher only.</summary>
    [Fact]
    public async Task The_log_can_be_appended_to_and_read()
    {
        (await schema.Query(Held("mainstreet_app", "events"))).ShouldBe(["INSERT", "SELECT"]);
        (await schema.Query(Held("mainstreet_app", "commands"))).ShouldBe(["INSERT", "SELECT"]);
        (await schema.Query(Held("mainstreet_dispatcher", "events"))).ShouldBe(["SELECT"]);
    }

    [Fact]
    public async Task The_runtime_role_reads_global_tables_and_writes_none() => (await schema.Query($"""
        select t || ' ' || p from unnest(array[{TenantTables.Global}]) t cross join unnest(array['insert', 'update', 'delete', 'truncate']) p
         where has_table_privilege('mainstreet_app', t, p)
        """)).ShouldBeEmpty();

    [Fact]
    public async Task The_runtime_role_passes_no_table_s_policy_by() => (await schema.Query($"""
        select t.name || ' ' || p from ({TenantTables.Tables}) t cross join unnest(array['truncate', 'references', 'trigger']) p
         where has_table_privilege('mainstreet_app', t.oid, p)
        """)).ShouldBeEmpty();

    [Fact]
    public async Task Functions_with_another_s_rights_are_the_listed_ones_and_the_dispatcher_s()
    {
        (await schema.Query($"select p.oid::regprocedure::text {Definers} order by 1")).ShouldBe(DefinerFunctions);
        (await schema.Query($"select p.oid::regprocedure::text {Definers} and p.proowner <> 'mainstreet_dispatcher'::regrole")).ShouldBeEmpty();
    }

    /// <summary>Without pg_temp at the end, a caller's temporary table would stand before the real one.</summary>
    [Fact]
    public async Task Functions_with_another_s_rights_look_for_tables_where_no_caller_can_put_one() =>
        (await schema.Query($"select p.oid::regprocedure::text {Definers} and not coalesce('search_path=public, pg_temp' = any (p.proconfig), false)")).ShouldBeEmpty();

    [Fact]
    public async Task Functions_with_another_s_rights_are_called_by_the_runtime_role_alone() => (await schema.Query($"""
        select distinct a.grantee::regrole::text from (select p.* {Definers}) p
         cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
         where a.grantee <> p.proowner
        """)).ShouldBe(["mainstreet_app"]);

    private const string Definers = "from pg_proc p where p.prosecdef and p.pronamespace in ('public'::regnamespace, 'rm'::regnamespace)";

    private static string Held(string role, string table) =>
        $"select privilege_type::text from information_schema.role_table_grants where grantee = '{role}' and table_name = '{table}' order by 1";
}
