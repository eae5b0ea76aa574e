using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Mainstreet.Application.Tests.Postgres;

public sealed class SharingAPostgres(PostgresFixture fixture) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Second_start_adopts_and_the_last_one_to_end_stops_the_server()
    {
        var first = await fixture.StartAsync();
        var second = await fixture.StartAsync();

        first.Adopted.ShouldBeFalse();
        second.Adopted.ShouldBeTrue();
        second.ConnectionString.ShouldBe(first.ConnectionString);

        await first.DisposeAsync();
        (await second.Query("select 1")).ShouldBe(1);
        await second.DisposeAsync();
        await Should.ThrowAsync<NpgsqlException>(() => second.Query("select 1"));
    }

    [Fact]
    public async Task Starts_at_the_same_time_share_one_server()
    {
        var started = await Task.WhenAll(fixture.StartAsync(), fixture.StartAsync(), fixture.StartAsync());

        started.Count(p => !p.Adopted).ShouldBe(1);
        started.DistinctBy(p => p.ConnectionString, StringComparer.Ordinal).Count().ShouldBe(1);

        foreach (var postgres in started)
            await postgres.DisposeAsync();
    }

    [Fact]
    public async Task Disposing_twice_ends_one_use()
    {
        var first = await fixture.StartAsync();
        await using var second = await fixture.StartAsync();

        await first.DisposeAsync();
        await first.DisposeAsync();

        (await second.Query("select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Port_is_kept_while_it_is_free()
    {
        var first = await fixture.StartAsync();
        var port = new NpgsqlConnectionStringBuilder(first.ConnectionString).Port;
        await first.DisposeAsync();

        var again = await fixture.StartAsync();
        new NpgsqlConnectionStringBuilder(again.ConnectionString).Port.ShouldBe(port);
        await again.DisposeAsync();

        using var stranger = new TcpListener(IPAddress.Loopback, port);
        stranger.Start();
        await using var elsewhere = await fixture.StartAsync();
        new NpgsqlConnectionStringBuilder(elsewhere.ConnectionString).Port.ShouldNotBe(port);
    }
}
