using Mainstreet.Infrastructure.Postgres;

namespace Mainstreet.Application.Tests.Postgres;

public sealed class InitialisingAPostgres(PostgresFixture fixture) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Half_a_folder_of_a_killed_run_is_replaced()
    {
        var half = Directory.CreateDirectory(Path.Combine(fixture.Directory, "data.new", "base"));
        await File.WriteAllTextAsync(Path.Combine(half.FullName, "1"), "half", TestContext.Current.CancellationToken);

        await using var postgres = await fixture.StartAsync();

        (await postgres.Query("select 1")).ShouldBe(1);
        Directory.Exists(Path.Combine(fixture.Directory, "data.new")).ShouldBeFalse();
        postgres.DataDirectory.ShouldBe(Path.Combine(fixture.Directory, "data"));
    }
}

public sealed class DataOfAnotherMajorVersion : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"mainstreet-{Guid.NewGuid():N}");

    [Fact]
    public async Task Is_refused_with_the_ways_out_and_left_alone()
    {
        var version = Path.Combine(Directory.CreateDirectory(Path.Combine(_directory, "data")).FullName, "PG_VERSION");
        await File.WriteAllTextAsync(version, "9.6\n", TestContext.Current.CancellationToken);

        var refused = await Should.ThrowAsync<EmbeddedPostgresException>(
            () => EmbeddedPostgres.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken));

        refused.Message.ShouldContain("made by PostgreSQL 9 ");
        refused.Message.ShouldContain("EMBEDDED_PG_BIN");
        refused.Message.ShouldContain("ConnectionStrings__Mainstreet");
        refused.Message.ShouldContain("move the folder away");
        Directory.GetFiles(Path.Combine(_directory, "data")).ShouldBe([version]);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
