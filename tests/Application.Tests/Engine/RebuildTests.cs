using System.Diagnostics;
using Mainstreet.Application.Projections;
using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Application.Tests.Engine;

public class RebuildTests(EngineHost engine) : IClassFixture<EngineHost>
{
    private const string Arrivals = "test_arrivals";
    private const string SelectTotal = "select min(day) as day, sum(items)::int as items, sum(quantity) as quantity from rm.test_arrivals";
    private const string SelectCounts = "select id, events from rm.test_item_count order by id";

    [Fact]
    public async Task A_rebuilt_view_is_the_one_that_was_there()
    {
        var (tenant, variant, _) = await Stocked(60);
        var before = await Generation(tenant, "test_item_count_v1");

        var done = await Rebuilt(await Start(tenant, "test_item_count"), RebuildStatus.Switched);

        done.Processed.ShouldBe(done.Total);
        done.Built.ShouldBe(done.Live);
        done.Built!.Rows.ShouldBe(1);
        (await Generation(tenant, "test_item_count_v1")).ShouldBe(before + 1);
        (await engine.Read<ItemCount>(tenant, SelectCounts, done.Total)).ShouldBe([new(new(variant), 61)]);
    }

    [Fact]
    public async Task What_is_wrong_in_a_view_is_shown_before_the_switch_and_right_after_it()
    {
        var (tenant, variant, last) = await Stocked(10);
        await engine.Read<Arrivals>(tenant, SelectTotal, last);
        await Damage(tenant);

        var rebuild = await Start(tenant, Arrivals, RebuildSwitch.Manual);
        var ready = await Rebuilt(rebuild, RebuildStatus.Ready);
        ready.Built.ShouldNotBe(ready.Live);
        var diff = await Rebuilds(tenant, rebuilds => rebuilds.Diff(rebuild.Id, Arrivals, new(tenant), Token));
        (diff.Changed, diff.Added, diff.Removed, diff.Position).ShouldBe((1, 0, 0, last));
        (diff.Rows[0].Live!.Value.GetProperty("quantity").GetDecimal(), diff.Rows[0].Built!.Value.GetProperty("quantity").GetDecimal()).ShouldBe((999, 10));
        (await Total(tenant)).ShouldBe(999);

        last = (await engine.Send(tenant, new Receive(variant, 5))).Position;
        await Rebuilds(tenant, rebuilds => rebuilds.Ask(RebuildRequest.Promote, rebuild.Id, Arrivals, new(tenant), Token));
        await Rebuilt(rebuild, RebuildStatus.Switched);
        (await Total(tenant, last)).ShouldBe(15);
    }

    [Fact]
    public async Task Rolling_back_shows_the_rows_from_before_with_what_happened_since()
    {
        var (tenant, _, last) = await Stocked(10);
        await engine.Read<Arrivals>(tenant, SelectTotal, last);
        await Damage(tenant);
        var rebuild = await Start(tenant, Arrivals);
        await Rebuilt(rebuild, RebuildStatus.Switched);
        (await Total(tenant)).ShouldBe(10);

        last = (await engine.Send(tenant, new Receive(await engine.OpenItem(tenant), 5))).Position;
        await Rebuilds(tenant, rebuilds => rebuilds.Ask(RebuildRequest.RollBack, rebuild.Id, Arrivals, new(tenant), Token));
        await Rebuilt(rebuild, RebuildStatus.RolledBack);
        (await Total(tenant, last)).ShouldBe(999 + 5);
    }

    /// <summary>Or what is erased would stay in rows that no erasure looks at.</summary>
    [Fact]
    public async Task A_rollback_that_fails_leaves_the_rebuild_as_it_was_and_the_rows_from_before_go_in_their_time()
    {
        var (tenant, variant, _) = await Stocked(3);
        var rebuild = await Start(tenant, "test_superstitious");
        await Rebuilt(rebuild, RebuildStatus.Switched);
        await engine.Send(tenant, new Receive(variant, 13));

        await Rebuilds(tenant, rebuilds => rebuilds.Ask(RebuildRequest.RollBack, rebuild.Id, rebuild.Projection, rebuild.Scope, Token));
        Rebuild? failed = null;
        await Until(async () => (failed = await Rebuilds(tenant, rebuilds => rebuilds.Get(rebuild.Id, rebuild.Projection, rebuild.Scope, Token))).Errors is not []);
        failed!.Status.ShouldBe(RebuildStatus.Switched);
        failed.Errors.Single().Error.ShouldContain("thirteen");
        failed.RollbackUntil!.Value.ShouldBe(failed.FinishedAt!.Value.AddHours(24), TimeSpan.FromMilliseconds(1));

        await engine.Rows("update rebuilds set drop_at = least(drop_at, clock_timestamp()) where tenant_id = $1 and drop_at is not null returning 1", row => row.GetInt32(0), tenant.Value);
        await Until(async () => (await engine.Rows(
            "select count(*) from rm.test_superstitious_v1 where tenant_id = $1 and generation = 1", row => row.GetInt64(0), tenant.Value))[0] == 0);
    }

    [Fact]
    public async Task A_canceled_rebuild_leaves_nothing()
    {
        var (tenant, _, last) = await Stocked(10);
        var rebuild = await Start(tenant, Arrivals, RebuildSwitch.Manual);
        await Rebuilt(rebuild, RebuildStatus.Ready);
        await Rebuilds(tenant, rebuilds => rebuilds.Ask(RebuildRequest.Cancel, rebuild.Id, Arrivals, new(tenant), Token));

        await Until(async () => (await engine.Rows(
            "select count(*) from rm.test_arrivals_v1 where tenant_id = $1 and generation > 1", row => row.GetInt64(0), tenant.Value))[0] == 0);
        (await Total(tenant, last)).ShouldBe(10);
        var refused = await Should.ThrowAsync<DomainException>(() =>
            Rebuilds(tenant, rebuilds => rebuilds.Ask(RebuildRequest.Promote, rebuild.Id, Arrivals, new(tenant), Token)));
        refused.Error.Code.ShouldBe("illegal_transition");
        (await Rebuilt(await Start(tenant, Arrivals), RebuildStatus.Switched)).Built!.Rows.ShouldBe(2);
    }

    [Fact]
    public async Task Only_one_rebuild_of_a_view_runs_in_a_tenant()
    {
        var (tenant, _, _) = await Stocked(3);
        var first = await Start(tenant, Arrivals, RebuildSwitch.Manual);
        var refused = await Should.ThrowAsync<DomainException>(() => Start(tenant, Arrivals));
        refused.Error.Code.ShouldBe("rebuild_running");
        await Rebuilds(tenant, rebuilds => rebuilds.Start(first.Id, Arrivals, new(tenant), RebuildSwitch.Manual, Token)); // asked for again
    }

    [Fact]
    public async Task A_fold_that_cannot_take_an_event_fails_the_rebuild_of_that_tenant_alone()
    {
        var (lucky, _, _) = await Stocked(3);
        var (unlucky, variant, _) = await Stocked(3);
        await engine.Send(unlucky, new Receive(variant, 13));

        var failed = await Rebuilt(await Start(unlucky, "test_superstitious"), RebuildStatus.Failed);
        failed.Errors.Single().Error.ShouldContain("thirteen");
        await Rebuilt(await Start(lucky, "test_superstitious"), RebuildStatus.Switched);
    }

    /// <summary>Readers see a number that only grows, whatever is rebuilt and switched under them, and every commit is in it.</summary>
    [Fact]
    public async Task Rebuilds_under_writes_lose_and_double_nothing()
    {
        var (tenant, variant, _) = await Stocked(200);
        var arrivals = 200;
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(async () =>
        {
            var last = new Committed(0);
            while (!stop.IsCancellationRequested)
            {
                last = await engine.Send(tenant, new Receive(variant, 1));
                (await engine.Read<ItemCount>(tenant, SelectCounts, 0)).ShouldBe([new(new(variant), 1 + ++arrivals)]);
            }

            return last;
        }, Token);
        var reader = Task.Run(async () =>
        {
            var seen = 0m;
            while (!stop.IsCancellationRequested)
            {
                var now = await Total(tenant);
                now.ShouldBeGreaterThanOrEqualTo(seen);
                seen = now;
            }
        }, Token);

        for (var round = 0; round < 5; round++)
        {
            foreach (var view in (string[])["test_item_count", Arrivals])
            {
                var done = await Rebuilt(await Start(tenant, view), RebuildStatus.Switched);
                done.Built.ShouldBe(done.Live);
            }
        }

        await stop.CancelAsync();
        await reader;
        var end = await writer;
        (await Total(tenant, end.Position)).ShouldBe(arrivals);
        (await engine.Read<ItemCount>(tenant, SelectCounts, end.Position)).ShouldBe([new(new(variant), 1 + arrivals)]);
    }

    /// <summary>What a commit read before a switch and writes after it must not come back.</summary>
    [Fact]
    public async Task A_commit_that_a_switch_overtakes_does_not_bring_the_old_row_back()
    {
        var (tenant, variant, _) = await Stocked(3);
        var decisions = 0;
        await engine.Rows("update rm.test_item_count_v1 set events = 999 where tenant_id = $1 returning 1", row => row.GetInt32(0), tenant.Value);

        var written = await engine.In(tenant, services => services.GetRequiredService<IAggregates>().Update<StockItem, StockEvent>(variant, null, item =>
        {
            if (decisions++ == 0)
            {
                Start(tenant, "test_item_count").ContinueWith(asked => Rebuilt(asked.Result, RebuildStatus.Switched), Token).Unwrap().Wait(Token);
            }

            return item.Receive(1, null, null, EngineHost.Day);
        }, Token));

        decisions.ShouldBe(2);
        (await engine.Read<ItemCount>(tenant, SelectCounts, 0)).ShouldBe([new(new(variant), 5)]);
        written.Position.ShouldBe(6);
    }

    [Fact]
    public async Task A_rebuild_of_all_tenants_switches_each_of_them()
    {
        var tenants = new List<(TenantId Tenant, Guid Variant, long Position)>();
        for (var i = 0; i < 12; i++)
        {
            tenants.Add(await Stocked(i));
        }

        var id = Uuid.New();
        await Rebuilds(TenantId.Platform, rebuilds => rebuilds.Start(id, "test_item_count", new(null), RebuildSwitch.Auto, Token));
        var done = await Rebuilt(new(id, "test_item_count", new(null)), RebuildStatus.Switched);
        done.Tenants.ShouldBeGreaterThanOrEqualTo(12);
        done.Built.ShouldBe(done.Live);
        for (var i = 0; i < 12; i++)
        {
            (await engine.Read<ItemCount>(tenants[i].Tenant, SelectCounts, tenants[i].Position)).ShouldBe([new(new(tenants[i].Variant), i + 1)]);
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<(TenantId Tenant, Guid Variant, long Position)> Stocked(int arrivals)
    {
        var tenant = await engine.NewTenant();
        var (variant, last) = (await engine.OpenItem(tenant), 1L);
        for (var i = 0; i < arrivals; i++)
        {
            last = (await engine.Send(tenant, new Receive(variant, 1))).Position;
        }

        return (tenant, variant, last);
    }

    private async Task<Asked> Start(TenantId tenant, string projection, RebuildSwitch how = RebuildSwitch.Auto)
    {
        var asked = new Asked(Uuid.New(), projection, new(tenant));
        await Rebuilds(tenant, rebuilds => rebuilds.Start(asked.Id, projection, asked.Scope, how, Token));
        return asked;
    }

    private async Task<Rebuild> Rebuilt(Asked asked, RebuildStatus status)
    {
        Rebuild? rebuild = null;
        await Until(async () =>
        {
            rebuild = await Rebuilds(TenantId.Platform, rebuilds => rebuilds.Get(asked.Id, asked.Projection, asked.Scope, Token));
            rebuild.Status.ShouldBeOneOf(RebuildStatus.Requested, RebuildStatus.Building, RebuildStatus.CatchingUp, RebuildStatus.Verifying, status, RebuildStatus.Switched, RebuildStatus.Ready);
            return rebuild.Status == status;
        });
        return rebuild!;
    }

    private Task<bool> Rebuilds(TenantId tenant, Func<IRebuilds, Task> work) => Rebuilds(tenant, async rebuilds =>
    {
        await work(rebuilds);
        return true;
    });

    private Task<T> Rebuilds<T>(TenantId tenant, Func<IRebuilds, Task<T>> work) => engine.In(tenant, services => work(services.GetRequiredService<IRebuilds>()));

    private async Task<int> Generation(TenantId tenant, string view) => (await engine.Rows(
        "select coalesce((select generation from live_generations where tenant_id = $1 and view = $2), 1)", row => row.GetInt32(0), tenant.Value, view))[0];

    private async Task<decimal> Total(TenantId tenant, long position = 0) =>
        (await engine.Read<Arrivals>(tenant, SelectTotal, position))[0].Quantity;

    /// <summary>As a fault of an earlier release would have left it.</summary>
    private async Task Damage(TenantId tenant) =>
        await engine.Rows("update rm.test_arrivals_v1 set quantity = 999 where tenant_id = $1 and quantity > 0 returning 1", row => row.GetInt32(0), tenant.Value);

    private static async Task Until(Func<Task<bool>> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(60));
        }
    }

    private sealed record Asked(Guid Id, string Projection, ProjectionScope Scope);
}
