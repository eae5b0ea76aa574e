using Mainstreet.Application.TestClocks;
using Mainstreet.Domain;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Application.Tests.Engine;

public class MessageTests(EngineHost engine) : IClassFixture<EngineHost>
{
    private static readonly DateTimeOffset Start = EngineHost.Day;

    [Fact]
    public async Task What_falls_due_while_a_clock_is_advanced_runs_in_order_at_its_time()
    {
        var tenant = await engine.NewTenant(frozenAt: Start);
        var variant = await engine.OpenItem(tenant);
        await engine.Send(tenant, new ScheduleReceive(variant, 2, Start.AddHours(2)));
        await engine.Send(tenant, new ScheduleReceive(variant, 1, Start.AddHours(1)));
        await engine.Send(tenant, new ScheduleReceive(variant, 3, Start.AddDays(3)));

        var advanced = await Advance(tenant, TimeSpan.FromDays(1));

        advanced.Executed.Select(message => (message.DueAt, message.RanAt, message.Outcome)).ShouldBe(
            [(Start.AddHours(1), Start.AddHours(1), "succeeded"), (Start.AddHours(2), Start.AddHours(2), "succeeded")]);
        advanced.Clock.Now.ShouldBe(Start.AddDays(1));
        (await engine.OnHand(tenant, variant)).ShouldBe(3);
        (await engine.Rows("select recorded_at from events where tenant_id = $1 order by position desc limit 1", row => row.GetFieldValue<DateTimeOffset>(0), tenant.Value))
            .ShouldBe([Start.AddHours(2)]);
    }

    [Fact]
    public async Task A_failing_message_is_tried_five_times_with_growing_delays_and_then_a_dead_letter()
    {
        var tenant = await engine.NewTenant(frozenAt: Start);
        await engine.Send(tenant, new ScheduleFail(99, Start.AddMinutes(1)));

        var advanced = await Advance(tenant, TimeSpan.FromHours(1));

        advanced.Executed.Select(message => message.Outcome).ShouldBe(["retrying", "retrying", "retrying", "retrying", "dead_lettered"]);
        var delays = advanced.Executed.Zip(advanced.Executed.Skip(1), (first, second) => (second.DueAt - first.DueAt).TotalSeconds);
        delays.Zip([1, 2, 4, 8], (actual, expected) => actual / expected).ShouldAllBe(ratio => ratio >= 0.9 && ratio <= 1.1);
        (await engine.Rows("select error from dead_letters where tenant_id = $1", row => row.GetString(0), tenant.Value))
            .ShouldHaveSingleItem().ShouldContain("told to fail");
    }

    [Fact]
    public async Task A_refusal_by_the_domain_is_a_dead_letter_at_once()
    {
        var tenant = await engine.NewTenant(frozenAt: Start);
        await engine.Send(tenant, new ScheduleReceive(Uuid.New(), 1, Start.AddMinutes(1)));
        (await Advance(tenant, TimeSpan.FromHours(1))).Executed.Select(message => message.Outcome).ShouldBe(["dead_lettered"]);
    }

    [Fact]
    public async Task A_pending_message_takes_in_others_with_its_dedupe_key()
    {
        var tenant = await engine.NewTenant(frozenAt: Start);
        var variant = await engine.OpenItem(tenant);
        await engine.Send(tenant, new ScheduleReceive(variant, 1, Start.AddMinutes(2), "once"));
        await engine.Send(tenant, new ScheduleReceive(variant, 1, Start.AddMinutes(1), "once"));
        (await Advance(tenant, TimeSpan.FromHours(1))).Executed.Select(message => message.DueAt).ShouldBe([Start.AddMinutes(1)]);
        (await engine.OnHand(tenant, variant)).ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_comes_in_again_while_it_runs_runs_once_more_after_it_and_never_beside_it()
    {
        var holds = engine.Services.GetRequiredService<Holds>();
        var tenant = await engine.NewTenant();
        await engine.Send(tenant, new ScheduleHold(DateTimeOffset.UnixEpoch));
        await holds.Started();

        await engine.Send(tenant, new ScheduleHold(DateTimeOffset.UnixEpoch));
        var last = await engine.Send(tenant, new ScheduleReceive(await engine.OpenItem(tenant), 5, DateTimeOffset.UnixEpoch));
        await engine.Read<Arrivals>(tenant, "select day, items, quantity from rm.test_arrivals", last.Position + 2); // the queue was read meanwhile

        holds.Running.ShouldBe(1);
        holds.Release();
        await holds.Started();
        holds.Running.ShouldBe(1);
        holds.Release();
    }

    [Fact]
    public async Task A_lease_is_renewed_for_as_long_as_its_message_runs()
    {
        var holds = engine.Services.GetRequiredService<Holds>();
        var tenant = await engine.NewTenant();
        await engine.Send(tenant, new ScheduleHold(DateTimeOffset.UnixEpoch));
        await holds.Started();

        var first = await LeasedUntil();
        while (await LeasedUntil() <= first)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        holds.Release();

        async Task<DateTimeOffset> LeasedUntil() => (await engine.Rows(
            "select leased_until from messages where tenant_id = $1", row => row.GetFieldValue<DateTimeOffset>(0), tenant.Value)).Single();
    }

    [Fact]
    public async Task A_request_for_later_that_comes_in_while_it_runs_keeps_its_time()
    {
        var holds = engine.Services.GetRequiredService<Holds>();
        var tenant = await engine.NewTenant(frozenAt: Start);
        await engine.Send(tenant, new ScheduleHold(Start.AddMinutes(1)));
        var advance = Advance(tenant, TimeSpan.FromMinutes(10));
        await holds.Started();
        await engine.Send(tenant, new ScheduleHold(Start.AddHours(1)));
        holds.Release();
        (await advance).Executed.Select(message => message.DueAt).ShouldBe([Start.AddMinutes(1)]);

        holds.Release();
        (await Advance(tenant, TimeSpan.FromHours(1))).Executed.Select(message => message.DueAt).ShouldBe([Start.AddHours(1)]);
        await holds.Started();
    }

    [Fact]
    public async Task A_message_for_another_tenant_arrives_there_once()
    {
        var (sender, receiver) = (await engine.NewTenant(), await engine.NewTenant());
        var variant = await engine.OpenItem(receiver);
        await engine.Send(sender, new ScheduleReceive(variant, 4, default, Tenant: receiver));

        var arrived = await engine.Read<Arrivals>(receiver, "select day, items, quantity from rm.test_arrivals where quantity > 0", position: 2);
        arrived.Sum(day => day.Quantity).ShouldBe(4);
        (await engine.Rows("select 1 from messages where tenant_id = any ($1)", row => row.GetInt32(0), new[] { sender.Value, receiver.Value })).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_clock_only_moves_forward_and_only_for_its_tenant()
    {
        var (tenant, other) = (await engine.NewTenant(frozenAt: Start), await engine.NewTenant(frozenAt: Start));
        (await Refused(tenant, new AdvanceTestClock(tenant.Value, Start, null))).ShouldBe("clock_backwards");
        (await Refused(other, new AdvanceTestClock(tenant.Value, null, TimeSpan.FromHours(1)))).ShouldBe("not_found");
    }

    private async Task<string> Refused(TenantId tenant, AdvanceTestClock command) =>
        (await Should.ThrowAsync<DomainException>(() => engine.Send(tenant, command))).Error.Code;

    private Task<TestClockAdvanced> Advance(TenantId tenant, TimeSpan by) => engine.Send(tenant, new AdvanceTestClock(tenant.Value, null, by));
}
