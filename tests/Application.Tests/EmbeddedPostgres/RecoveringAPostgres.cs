using System.Diagnostics;
using Mainstreet.Infrastructure.Postgres;
using Npgsql;

namespace Mainstreet.Application.Tests.Postgres;

public sealed class RecoveringAPostgres(PostgresFixture fixture) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Killed_server_starts_again_with_what_was_committed()
    {
        await using var killed = await fixture.StartAsync(durable: true);
        await killed.Query("create table kept (id int); insert into kept values (7)");
        fixture.KillServer();

        await using var recovered = await fixture.StartAsync();

        recovered.Adopted.ShouldBeFalse();
        (await recovered.Query("select id from kept")).ShouldBe(7);
    }

    [Fact]
    public async Task Pid_of_a_stranger_does_not_block_the_start()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stranger is a shell.");
        await (await fixture.StartAsync()).DisposeAsync();
        // of the server's own user, as anybody else's pid does not disturb PostgreSQL; it ends with its input
        var user = await ServerUser.FindAsync(TestContext.Current.CancellationToken);
        var shell = ChildProcess.StartInfo("/bin/sh", ["-c", "read -r line"], user, "/");
        shell.RedirectStandardInput = true;
        using var stranger = Process.Start(shell)!;
        await File.WriteAllLinesAsync(
            fixture.PidFile, [$"{stranger.Id}", "elsewhere", "0", "5432", "", "127.0.0.1"], TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())                           // the server replaces the file
            File.SetUnixFileMode(fixture.PidFile, (UnixFileMode)0b110_110_110);

        await using var started = await fixture.StartAsync();

        started.Adopted.ShouldBeFalse();
        (await started.Query("select 1")).ShouldBe(1);
        stranger.HasExited.ShouldBeFalse();
        stranger.StandardInput.Close();
    }

    [Fact]
    public async Task Lifeline_of_a_killed_process_stops_the_server()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no lifeline on Windows.");
        await using var orphan = await fixture.StartAsync();
        var lifeline = await AttachAsync(orphan);

        await lifeline.CutAsync();

        await Should.ThrowAsync<NpgsqlException>(() => orphan.Query("select 1"));
    }

    [Fact]
    public async Task Lifeline_leaves_a_server_that_another_process_uses()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no lifeline on Windows.");
        await using var shared = await fixture.StartAsync();
        var lifeline = await AttachAsync(shared);
        var other = Path.Combine(fixture.Directory, "leases", "1-other");       // process 1 always runs
        await File.WriteAllTextAsync(other, "", TestContext.Current.CancellationToken);

        await lifeline.CutAsync();

        (await shared.Query("select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Lifeline_of_a_process_that_ended_well_does_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no lifeline on Windows.");
        await using var running = await fixture.StartAsync();
        var lifeline = await AttachAsync(running);

        await lifeline.ReleaseAsync();

        (await running.Query("select 1")).ShouldBe(1);
    }

    private async Task<PostgresLifeline> AttachAsync(EmbeddedPostgres postgres)
    {
        var user = await ServerUser.FindAsync(TestContext.Current.CancellationToken);
        var folder = await PostgresFolder.OpenAsync(fixture.Directory, user, TestContext.Current.CancellationToken);
        return PostgresLifeline.Attach(folder, new(postgres.BinDirectory, folder.Major!.Value), user)!;
    }
}
