using System.Diagnostics;
using Mainstreet.Application.Projections;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Rebuilds;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>What a rebuild waits for, and who waits for it.</summary>
public sealed class RebuildLeaseTests : IAsyncLifetime
{
    private const string View = "test_arrivals";

    private readonly EngineHost engine = new(services => services.AddSingleton(new RebuildLease(TimeSpan.FromSeconds(1))));

    public ValueTask InitializeAsync() => engine.InitializeAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Nobody_takes_over_a_rebuild_whose_comparison_takes_longer_than_its_lease()
    {
        await engine.Twin();
        var tenant = await engine.NewTenant();
        await engine.OpenItem(tenant);
        await Slow("rm_v1.test_arrivals", seconds: 2);

        var rebuild = await Start(tenant, RebuildSwitch.Auto);

        await Reached(tenant, rebuild, RebuildStatus.Switched);
        (await engine.Rows("select attempt from rebuilds where tenant_id = $1", row => row.GetInt32(0), tenant.Value)).ShouldBe([1]);
    }

    [Fact]
    public async Task Commits_go_on_while_a_switch_waits_for_the_checkpoints()
    {
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);
        var rebuild = await Start(tenant, RebuildSwitch.Manual);
        await Reached(tenant, rebuild, RebuildStatus.Ready);

        await using (var connection = new NpgsqlConnection(engine.OwnerConnection))
        {
            await connection.OpenAsync(Token);
            await using var hold = new NpgsqlCommand($"begin; select from tenant_checkpoints where tenant_id = '{tenant}' for update", connection);
            await hold.ExecuteNonQueryAsync(Token);
            await Rebuilds(tenant, rebuilds => rebuilds.Ask(RebuildRequest.Promote, rebuild, View, new(tenant), Token));
            await Until(async () => (await engine.Rows(
                "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ~ 'hold_checkpoint'", row => row.GetInt32(0))).Count > 0);
            for (var i = 0; i < 3; i++)
            {
                await engine.Send(tenant, new Receive(variant, 1));
            }
        }

        await Reached(tenant, rebuild, RebuildStatus.Switched);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>As the view of a large table.</summary>
    private async Task Slow(string view, int seconds)
    {
        var definition = (await engine.Rows($"select pg_get_viewdef('{view}'::regclass)", row => row.GetString(0)))[0].TrimEnd(';');
        await engine.Rows(
            $"create or replace view {view} with (security_invoker = true) as {definition} and (select pg_sleep({seconds})::text) is not null", row => row.GetInt32(0));
    }

    private async Task<Guid> Start(TenantId tenant, RebuildSwitch how)
    {
        var id = Uuid.New();
        await Rebuilds(tenant, rebuilds => rebuilds.Start(id, View, new(tenant), how, Token));
        return id;
    }

    private Task Reached(TenantId tenant, Guid rebuild, RebuildStatus status) =>
        Until(async () =>
        {
            var reached = RebuildStatus.Failed;
            await Rebuilds(tenant, async rebuilds => reached = (await rebuilds.Get(rebuild, View, new(tenant), Token)).Status);
            return reached == status;
        });

    private Task<bool> Rebuilds(TenantId tenant, Func<IRebuilds, Task> work) => engine.In(tenant, async services =>
    {
        await work(services.GetRequiredService<IRebuilds>());
        return true;
    });

    private static async Task Until(Func<Task<bool>> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(30));
        }
    }
}
