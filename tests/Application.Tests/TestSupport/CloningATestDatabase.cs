using Mainstreet.TestSupport;
using Npgsql;

namespace Mainstreet.Application.Tests.TestSupport;

public sealed class CloningATestDatabase
{
    private static int _prepared;

    [Fact]
    public async Task Clones_have_the_template_s_content_and_do_not_see_each_other()
    {
        var salt = $"clones {Guid.NewGuid()}";
        await using var first = await TestDatabase.CloneAsync(Prepare, salt);
        await using var second = await TestDatabase.CloneAsync(Prepare, salt);

        await Query(first, "insert into prepared values (2)");

        (await Query(first, "select count(*) from prepared")).ShouldBe(2L);
        (await Query(second, "select count(*) from prepared")).ShouldBe(1L);
        _prepared.ShouldBe(1);
    }

    [Fact]
    public async Task Disposed_clone_is_gone()
    {
        await using var other = await TestDatabase.CreateEmptyAsync();
        var clone = await TestDatabase.CreateEmptyAsync();
        var name = new NpgsqlConnectionStringBuilder(clone.ConnectionString).Database;
        await Query(clone, "select 1");                             // a pooled connection stays open

        await clone.DisposeAsync();

        (await Query(other, $"select count(*) from pg_database where datname = '{name}'")).ShouldBe(0L);
    }

    [Fact]
    public async Task Databases_of_killed_processes_are_dropped_and_no_others()
    {
        await using var clone = await TestDatabase.CreateEmptyAsync();
        await Query(clone, $"create database test_{int.MaxValue}_left");         // no process has this number
        await using var server = await TestServer.OpenAsync();

        await TestServer.DropLeftoversAsync(server);

        (await Query(clone, $"select count(*) from pg_database where datname = 'test_{int.MaxValue}_left'")).ShouldBe(0L);
    }

    [Fact]
    public async Task Templates_are_kept_and_closed()
    {
        await using var clone = await TestDatabase.CloneAsync();
        var template = await TestTemplate.EnsureAsync(salt: "", prepare: null);

        (await Query(clone, $"select datistemplate and not datallowconn from pg_database where datname = '{template}'")).ShouldBe(true);
    }

    [Fact]
    public async Task Preparation_without_a_salt_is_refused() =>
        await Should.ThrowAsync<ArgumentException>(() => TestDatabase.CloneAsync(Prepare));

    private static async Task Prepare(string connectionString)
    {
        Interlocked.Increment(ref _prepared);
        await using var owner = NpgsqlDataSource.Create(connectionString);
        await using var command = owner.CreateCommand("create table prepared (id int); insert into prepared values (1)");
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> Query(TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
