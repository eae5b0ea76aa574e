using System.Diagnostics;
using Mainstreet.Application.Projections;
using Mainstreet.Domain;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>No tenant's rebuild waits for another's.</summary>
public class RebuildFairnessTests(EngineHost engine) : IClassFixture<EngineHost>
{
    private const string View = "test_item_count";

    /// <summary>More than one pass over a group takes of one tenant.</summary>
    private const int Long = 21_000;

    private static readonly ProjectionScope All = new(null);

    [Fact]
    public async Task A_short_log_is_switched_while_a_long_one_is_not_yet()
    {
        var (before, with, after) = (await Stocked(1), await Stocked(Long), await Stocked(1));
        var id = Uuid.New();
        await using var owner = NpgsqlDataSource.Create(engine.OwnerConnection);
        await using (var connection = await owner.OpenConnectionAsync(Token))
        {
            await using var lane = await connection.BeginTransactionAsync(Token); // nothing of the long one is switched until this ends
            await using var hold = new NpgsqlCommand("select 1 from tenants where tenant_id = $1 for update", connection, lane) { Parameters = { new() { Value = with.Value } } };
            await hold.ExecuteNonQueryAsync(Token);
            await Rebuilds(rebuilds => rebuilds.Start(id, View, All, RebuildSwitch.Auto, Token));

            await Reached(id, before);
            await Reached(id, after);
            (await Status(id, with)).ShouldNotBe(RebuildStatus.Switched);
        }

        await Reached(id, with);
    }

    [Fact]
    public async Task What_somebody_waits_for_is_claimed_however_much_is_held()
    {
        var tenant = await engine.NewTenant();
        await using var owner = NpgsqlDataSource.Create(engine.OwnerConnection);
        await using var connection = await owner.OpenConnectionAsync(Token);
        await using var unseen = await connection.BeginTransactionAsync(Token);
        await using var ask = new NpgsqlCommand(
            """
            insert into rebuilds (tenant_id, rebuild_id, view, generation, previous, switch, goal, status, erasure_id)
            select $1, gen_random_uuid(), 'view_' || g, 2, 1, 'auto', case g when 2 then 'keep' else 'switch' end, 'requested', case g when 3 then gen_random_uuid() end
              from generate_series(1, 3) g
            """, connection, unseen)
        { Parameters = { new() { Value = tenant.Value } } };
        await ask.ExecuteNonQueryAsync(Token);

        (await Claimed(most: 0)).ShouldBe(["view_2", "view_3"]);
        (await Claimed(most: 1)).ShouldBe(["view_1"]);

        async Task<List<string>> Claimed(int most)
        {
            await using var claim = new NpgsqlCommand("select view from claim_rebuilds($1, interval '1 minute') where tenant_id = $2 order by view", connection, unseen)
            {
                Parameters = { new() { Value = most }, new() { Value = tenant.Value } },
            };
            await using var reader = await claim.ExecuteReaderAsync(Token);
            var views = new List<string>();
            while (await reader.ReadAsync(Token))
            {
                views.Add(reader.GetString(0));
            }

            return views;
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A tenant with one item and so many arrivals, all of them copies of the first.</summary>
    private async Task<TenantId> Stocked(int arrivals)
    {
        var tenant = await engine.NewTenant();
        var first = (int)(await engine.Send(tenant, new Receive(await engine.OpenItem(tenant), 1))).Position;
        await engine.Rows(
            """
            insert into events (tenant_id, stream_id, version, position, event_id, type, data, metadata, recorded_at)
            select tenant_id, stream_id, $2 + g, $2 + g, gen_random_uuid(), type, data, metadata, recorded_at
              from events, generate_series(1, $3) g where tenant_id = $1 and type = 'stock.received.v1'
            """, _ => 0, tenant.Value, first, arrivals - 1);
        return tenant;
    }

    private async Task Reached(Guid id, TenantId tenant)
    {
        var started = Stopwatch.GetTimestamp();
        for (var status = RebuildStatus.Requested; status != RebuildStatus.Switched; status = await Status(id, tenant))
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(60));
            status.ShouldNotBe(RebuildStatus.Failed);
        }
    }

    private async Task<RebuildStatus> Status(Guid id, TenantId tenant) =>
        (await Rebuilds(rebuilds => rebuilds.Get(id, View, new(tenant), Token))).Status;

    private Task<bool> Rebuilds(Func<IRebuilds, Task> work) => Rebuilds(async rebuilds =>
    {
        await work(rebuilds);
        return true;
    });

    private Task<T> Rebuilds<T>(Func<IRebuilds, Task<T>> work) => engine.In(TenantId.Platform, services => work(services.GetRequiredService<IRebuilds>()));
}
