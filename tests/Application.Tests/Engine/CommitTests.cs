using System.Collections.Concurrent;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Stock;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mainstreet.Application.Tests.Engine;

public class CommitTests(EngineHost engine) : IClassFixture<EngineHost>
{
    [Fact]
    public async Task Parallel_commits_to_one_tenant_get_dense_positions_and_a_follower_sees_each_event_once_in_order()
    {
        const int Commits = 50;
        var tenant = await engine.NewTenant();
        var following = Follow(tenant, Commits);
        await Task.WhenAll(Enumerable.Range(0, Commits).Select(_ => engine.OpenItem(tenant)));

        (await following).ShouldBe(Enumerable.Range(1, Commits).Select(i => (long)i));
        (await Positions(tenant)).ShouldBe(Enumerable.Range(1, Commits).Select(i => (long)i));
    }

    [Fact]
    public async Task Parallel_decisions_in_the_lane_take_every_number_once()
    {
        const int Commits = 50;
        var tenant = await engine.NewTenant();
        var numbers = new ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, Commits).Select(_ => engine.In(tenant, services => services.GetRequiredService<ILane>().Run(
            streams => streams.Of<NumberSeries>(NumberSeries.Orders),
            (log, now) =>
            {
                var (number, taken) = NumberSeries.NextOrder(log.Find<NumberSeries>(NumberSeries.Orders), now);
                log.Append<NumberSeries, NumberSeriesEvent>(NumberSeries.Orders, taken);
                numbers.Add(number);
                return new Committed(log.Version(NumberSeries.Orders));
            },
            CancellationToken.None))));

        numbers.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(1001, Commits).Select(i => i.ToString()));
    }

    [Fact]
    public async Task Racing_updates_of_one_stream_are_decided_again_and_none_is_lost()
    {
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Receive(tenant, variant, expectedVersion: null)));

        (await engine.OnHand(tenant, variant)).ShouldBe(3);
    }

    [Fact]
    public async Task A_stale_expected_version_is_refused_and_writes_nothing()
    {
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);
        await Receive(tenant, variant, expectedVersion: 1);
        var before = await Positions(tenant);

        var refusal = await Should.ThrowAsync<DomainException>(() => Receive(tenant, variant, expectedVersion: 1));

        refusal.Error.Kind.ShouldBe(ErrorKind.Stale);
        (await Positions(tenant)).ShouldBe(before);
    }

    [Fact]
    public async Task One_id_named_for_two_things_is_refused()
    {
        var tenant = await engine.NewTenant();
        var id = Uuid.New();
        var refusal = await Should.ThrowAsync<DomainException>(() => engine.In(tenant, services => services.GetRequiredService<ILane>().Run(
            streams => streams.Of<StockItem>(id).Of<NumberSeries>(id), (_, _) => new Committed(0), CancellationToken.None)));
        refusal.Error.Kind.ShouldBe(ErrorKind.NotFound);
    }

    [Fact]
    public async Task Beginning_a_stream_twice_is_refused()
    {
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);
        (await Should.ThrowAsync<DomainException>(() => engine.OpenItem(tenant, variant))).Error.Code.ShouldBe("already_exists");
    }

    [Fact]
    public async Task Recorded_times_never_go_backwards_in_a_log()
    {
        var tenant = await engine.NewTenant();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => engine.OpenItem(tenant)));
        var times = await engine.Rows(
            "select recorded_at from events where tenant_id = $1 order by position", row => row.GetFieldValue<DateTimeOffset>(0), tenant.Value);
        times.ShouldBe(times.Order());
    }

    [Fact]
    public async Task A_suspended_tenant_takes_no_commands()
    {
        var tenant = await engine.NewTenant();
        await engine.Rows("update tenants set status = 'suspended' where tenant_id = $1 returning 1", row => row.GetInt32(0), tenant.Value);
        (await Should.ThrowAsync<DomainException>(() => engine.OpenItem(tenant))).Error.Kind.ShouldBe(ErrorKind.Locked);
        (await Positions(tenant)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lost_connection_commits_once()
    {
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);
        var broken = false;
        await engine.In(tenant, async services => await services.GetRequiredService<IAggregates>().Update<StockItem, StockEvent>(variant, null, item =>
        {
            if (!broken)
            {
                broken = true; // every connection of the pool dies between load and commit
                Kill();
            }

            return item.Receive(1, null, null, EngineHost.Day);
        }, CancellationToken.None));

        (await engine.OnHand(tenant, variant)).ShouldBe(1);
        broken.ShouldBeTrue();
    }

    private void Kill() =>
        engine.Rows("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'mainstreet_app' and datname = current_database()", row => row.GetBoolean(0))
            .GetAwaiter().GetResult();

    private Task<Committed> Receive(TenantId tenant, Guid variant, int? expectedVersion) =>
        engine.In(tenant, services => services.GetRequiredService<IAggregates>().Update<StockItem, StockEvent>(
            variant, expectedVersion, item => item.Receive(1, null, null, EngineHost.Day), CancellationToken.None));

    private Task<List<long>> Positions(TenantId tenant) =>
        engine.Rows("select position from events where tenant_id = $1 order by position", row => row.GetInt64(0), tenant.Value);

    /// <summary>Reads on from its checkpoint, as every subscription does, until it has seen as many events as are to come.</summary>
    private async Task<List<long>> Follow(TenantId tenant, int events)
    {
        var log = engine.Services.GetRequiredService<LogReader>();
        var seen = new List<long>();
        while (seen.Count < events)
        {
            await using var connection = await engine.Database.OpenConnectionAsync();
            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands = { TenantSql.Set(tenant), LogReader.SelectAfter(tenant, seen.LastOrDefault(), 7) },
            };
            await using var reader = await batch.ExecuteReaderAsync();
            await reader.NextResultAsync();
            seen.AddRange((await log.Read(reader, tenant, CancellationToken.None)).Select(envelope => envelope.Position));
        }

        return seen;
    }
}
