using Mainstreet.Infrastructure.Migrations;
using Mainstreet.TestSupport;
using Npgsql;

namespace Mainstreet.Application.Tests.Migrations;

public sealed class MigratingADatabase : IAsyncLifetime
{
    private static readonly Migration First = Migration.Parse("0001_first.sql", "create table first (id int); insert into first values (1);");
    private static readonly Migration Second = Migration.Parse("0002_second.sql", "insert into first values (2); create table second (id int)");

    private TestDatabase _database = null!;
    private NpgsqlDataSource _owner = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateEmptyAsync();
        _owner = NpgsqlDataSource.Create(_database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _owner.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Each_file_is_applied_once_and_in_order()
    {
        await Migrate(First);
        await Migrate(First, Second);
        await Migrate(First, Second);

        (await Query("select string_agg(id::text, ',' order by id) from first")).ShouldBe("1,2");
        (await Query("select string_agg(number || ' ' || name || ' ' || checksum, ',' order by number) from schema_migrations"))
            .ShouldBe($"1 first {First.Checksum},2 second {Second.Checksum}");
    }

    [Fact]
    public async Task Migrators_at_the_same_time_apply_each_file_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Migrate(First, Second)));

        (await Query("select string_agg(id::text, ',' order by id) from first")).ShouldBe("1,2");
    }

    [Fact]
    public async Task Runtime_role_logs_in_with_the_given_password()
    {
        await Migrate();

        await using var runtime = new NpgsqlConnection(_database.AppConnectionString + ";Pooling=false");
        await runtime.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("select current_user::text", runtime);
        (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe("mainstreet_app");
    }

    [Fact]
    public async Task Failing_file_leaves_nothing_and_is_named()
    {
        var broken = Migration.Parse("0002_broken.sql", "create table half (id int); select nonsense;");

        (await Refused(First, broken)).ShouldBe("0002_broken.sql: column \"nonsense\" does not exist");

        (await Query("select count(*) from schema_migrations")).ShouldBe(1L);
        (await Query("select to_regclass('half')::text")).ShouldBe(DBNull.Value);
    }

    [Fact]
    public async Task Applied_file_must_not_change()
    {
        await Migrate(First);

        (await Refused(First with { Sql = First.Sql + " " })).ShouldStartWith("0001_first.sql was changed after it was applied.");
    }

    [Fact]
    public async Task Database_of_a_newer_program_is_refused()
    {
        await Migrate(First, Second);

        (await Refused(First)).ShouldStartWith("The database is newer than this program: migration 0002_second is unknown.");
    }

    [Fact]
    public async Task File_below_an_applied_one_is_refused()
    {
        await Migrate(Second with { Sql = "select 1" });

        (await Refused(First, Second with { Sql = "select 1" })).ShouldStartWith("0001_first.sql was added below 0002");
    }

    [Fact]
    public async Task Placeholders_are_filled_in_and_do_not_count_as_a_change()
    {
        var script = Migration.Parse("0001_script.sql", "create table filled as select '${app_password}'::text as value");

        await Migrate(script);

        (await Query("select value from filled")).ShouldBe(TestDatabase.AppPassword);
        (await Query("select checksum from schema_migrations")).ShouldBe(script.Checksum);
        (await Refused(script, Migration.Parse("0002_unknown.sql", "select '${unknown}'"))).ShouldBe("0002_unknown.sql: there is no value for ${unknown}.");
    }

    private Task Migrate(params Migration[] migrations) =>
        Migrator.MigrateAsync(_owner, migrations, TestDatabase.Variables, TestContext.Current.CancellationToken);

    private async Task<string> Refused(params Migration[] migrations) =>
        (await Should.ThrowAsync<MigrationException>(() => Migrate(migrations))).Message;

    private async Task<object?> Query(string sql)
    {
        await using var command = _owner.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
