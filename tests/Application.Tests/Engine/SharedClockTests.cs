using Mainstreet.Application.TestClocks;
using Mainstreet.Domain;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>Several test tenants that live by one clock.</summary>
public class SharedClockTests(EngineHost engine) : IClassFixture<EngineHost>
{
    private static readonly DateTimeOffset Start = EngineHost.Day;

    [Fact]
    public async Task Messages_of_all_run_in_the_order_of_their_times()
    {
        var (first, second, third) = await Three();
        TenantId[] tenants = [first, second, third];
        var variants = new Dictionary<TenantId, Guid>();
        foreach (var tenant in tenants)
        {
            variants[tenant] = await engine.OpenItem(tenant);
        }

        foreach (var (tenant, minute) in new[] { (0, 5), (1, 1), (2, 3), (0, 2), (2, 6), (1, 4) })
        {
            await engine.Send(tenants[tenant], new ScheduleReceive(variants[tenants[tenant]], 1, Start.AddMinutes(minute)));
        }

        var advanced = await Advance(second, TimeSpan.FromHours(1));

        advanced.Executed.Select(message => (message.BusinessId, message.RanAt)).ShouldBe(
        [
            (second.Value, Start.AddMinutes(1)), (first.Value, Start.AddMinutes(2)), (third.Value, Start.AddMinutes(3)),
            (second.Value, Start.AddMinutes(4)), (first.Value, Start.AddMinutes(5)), (third.Value, Start.AddMinutes(6)),
        ]);
        foreach (var tenant in tenants)
        {
            (await Now(tenant, first.Value)).ShouldBe(Start.AddHours(1));
            (await engine.OnHand(tenant, variants[tenant])).ShouldBe(2);
            (await engine.Send(tenant, new ListExecutedMessages(first.Value, new()))).Data.Select(message => message.RanAt)
                .ShouldBe(advanced.Executed.Where(message => message.BusinessId == tenant.Value).Select(message => message.RanAt).Reverse());
        }
    }

    [Fact]
    public async Task What_a_message_causes_in_one_takes_its_place_among_those_of_the_others()
    {
        var (first, second, _) = await Three();
        var (chained, variant) = (await engine.OpenItem(first), await engine.OpenItem(second));
        await engine.Send(first, new ReceiveChain(chained, Links: 3));
        await engine.Send(second, new ScheduleReceive(variant, 1, Start.AddMinutes(90)));

        (await Advance(first, TimeSpan.FromHours(3))).Executed.Select(message => (message.RanAt - Start).TotalMinutes).ShouldBe([60, 90, 120, 180]);
    }

    [Fact]
    public async Task One_advance_at_a_time_whoever_asks()
    {
        var (first, second, third) = await Three();
        var holds = engine.Services.GetRequiredService<Holds>();
        await engine.Send(third, new ScheduleHold(Start.AddMinutes(1)));
        var advance = Advance(first, TimeSpan.FromHours(1));
        await holds.Started();

        (await Should.ThrowAsync<DomainException>(() => Advance(second, TimeSpan.FromHours(1)))).Error.ShouldBe(TestClockErrors.Busy);
        (await Should.ThrowAsync<PostgresException>(() => engine.NewTenant(Start, first.Value))).SqlState.ShouldBe("MS410");

        holds.Release();
        await advance;
        (await Now(await engine.NewTenant(Start, first.Value), first.Value)).ShouldBe(Start.AddHours(1)); // who comes later begins with its time
        await Advance(second, TimeSpan.FromHours(1));
        (await Now(first, first.Value)).ShouldBe(Start.AddHours(2));
    }

    [Fact]
    public async Task Who_hangs_up_ends_no_message_that_runs()
    {
        using var caller = new CancellationTokenSource();
        var (first, _, _) = await Three();
        var all = await engine.Rows("select tenant_id from tenants", row => new TenantId(row.GetGuid(0)));
        var holds = engine.Services.GetRequiredService<Holds>();
        await engine.Send(first, new ScheduleHold(Start.AddMinutes(1)));
        var advance = engine.In(first, services => services.GetRequiredService<ITestClocks>().Advance(
            first.Value, null, TimeSpan.FromHours(1), all, caller.Token));
        await holds.Started();
        await caller.CancelAsync();
        holds.Release();

        await Should.ThrowAsync<OperationCanceledException>(() => advance);
        (await engine.Rows("select outcome from test_clock_runs where tenant_id = $1", row => row.GetString(0), first.Value)).ShouldBe(["succeeded"]);
    }

    [Fact]
    public async Task It_moves_only_for_who_may_move_it_everywhere()
    {
        var (first, second, third) = await Three();
        var clocks = (TenantId[] permitted) => engine.In(first, services => services.GetRequiredService<ITestClocks>()
            .Advance(first.Value, null, TimeSpan.FromHours(1), permitted, CancellationToken.None));

        (await Should.ThrowAsync<DomainException>(() => clocks([second]))).Error.ShouldBe(TestClockErrors.Shared);
        (await Now(third, first.Value)).ShouldBe(Start);
        (await clocks([second, third])).Clock.Now.ShouldBe(Start.AddHours(1));
    }

    [Fact]
    public async Task A_suspended_tenant_holds_nobody_up()
    {
        var (first, second, _) = await Three();
        var (mine, theirs) = (await engine.OpenItem(first), await engine.OpenItem(second));
        await engine.Send(first, new ScheduleReceive(mine, 1, Start.AddMinutes(1)));
        await engine.Send(second, new ScheduleReceive(theirs, 1, Start.AddMinutes(2)));
        await engine.Rows("select set_tenant_status($1, 'suspended')", _ => 0, first.Value);

        (await Advance(second, TimeSpan.FromHours(1))).Executed.ShouldHaveSingleItem().BusinessId.ShouldBe(second.Value);

        await engine.Rows("select set_tenant_status($1, 'active')", _ => 0, first.Value);
        (await Advance(second, TimeSpan.FromHours(1))).Executed.ShouldAllBe(message => message.BusinessId == first.Value);
        (await engine.OnHand(first, mine)).ShouldBe(1);
    }

    private async Task<(TenantId, TenantId, TenantId)> Three()
    {
        var first = await engine.NewTenant(Start);
        return (first, await engine.NewTenant(Start.AddYears(1), first.Value), await engine.NewTenant(Start, first.Value));
    }

    private async Task<DateTimeOffset> Now(TenantId tenant, Guid clock) => (await engine.Send(tenant, new GetTestClock(clock))).Now;

    /// <summary>As somebody who may do so everywhere.</summary>
    private async Task<TestClockAdvanced> Advance(TenantId tenant, TimeSpan by)
    {
        var clock = (await engine.Rows("select test_clock_id from tenants where tenant_id = $1", row => row.GetGuid(0), tenant.Value)).Single();
        var all = await engine.Rows("select tenant_id from test_clocks where clock_id = $1", row => new TenantId(row.GetGuid(0)), clock);
        return await engine.In(tenant, services => services.GetRequiredService<ITestClocks>().Advance(clock, null, by, all, CancellationToken.None));
    }
}
