using Mainstreet.Application.Tests.Postgres;
using Mainstreet.Infrastructure.Migrations;
using Mainstreet.TestSupport;
using Npgsql;

namespace Mainstreet.Application.Tests.Migrations;

/// <summary>On a server of its own: the shared one has the roles already.</summary>
public sealed class MakingTheRoles(PostgresFixture fixture) : IClassFixture<PostgresFixture>
{
    private const string TheRoles = """
        select string_agg(concat_ws(' ', rolname, rolcanlogin, rolsuper, rolbypassrls), ',' order by rolname)
        from pg_roles where rolname like 'mainstreet%'
        """;

    [Fact]
    public async Task Databases_that_start_at_the_same_time_share_them()
    {
        await using var postgres = await fixture.StartAsync();
        await postgres.Query("drop role if exists mainstreet_app, mainstreet_dispatcher");
        string[] databases = ["one", "two"];
        foreach (var database in databases)
            await postgres.Query($"create database {database}");

        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => MigrateAsync(postgres.ConnectionString, databases[i % 2])));

        (await postgres.Query(TheRoles)).ShouldBe("mainstreet_app t f f,mainstreet_dispatcher f f f");
    }

    [Theory]
    [InlineData("superuser")]
    [InlineData("bypassrls")]
    public async Task Runtime_role_that_sees_all_tenants_is_refused(string attribute)
    {
        await using var postgres = await fixture.StartAsync();
        await MigrateAsync(postgres.ConnectionString, "postgres");
        await postgres.Query($"alter role mainstreet_app {attribute}");

        (await Should.ThrowAsync<MigrationException>(() => MigrateAsync(postgres.ConnectionString, "postgres")))
            .Message.ShouldContain("bypasses row-level security");

        await postgres.Query($"alter role mainstreet_app no{attribute}");
    }

    [Fact]
    public async Task Owner_of_the_schema_need_not_be_a_superuser()
    {
        await using var postgres = await fixture.StartAsync();
        await postgres.Query("drop role if exists mainstreet_app, mainstreet_dispatcher");
        await postgres.Query("create role plain_owner login createrole password 'plain'");
        await postgres.Query("create database owned owner plain_owner");
        await using (var owner = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = "owned", Username = "plain_owner", Password = "plain", Pooling = false }))
        {
            await Migrator.MigrateAsync(owner, TestDatabase.Variables, TestContext.Current.CancellationToken);
            await Migrator.MigrateAsync(owner, TestDatabase.Variables, TestContext.Current.CancellationToken);

            await using var last = owner.CreateCommand("select max(number) from schema_migrations");
            (await last.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(Migration.Embedded()[^1].Number);
        }

        await postgres.Query("drop database owned with (force)");   // the roles of the next fact depend on nothing
    }

    private static async Task MigrateAsync(string server, string database)
    {
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server) { Database = database, Pooling = false });
        await Migrator.MigrateAsync(owner, [], TestDatabase.Variables, TestContext.Current.CancellationToken);
    }
}
