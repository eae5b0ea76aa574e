using Mainstreet.Application.TestClocks;
using Mainstreet.Domain;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>A test tenant's clock under the hardest conditions: parallel advances, retries, chains, and workers that want the same messages.</summary>
public class TestClockTests(EngineHost engine) : IClassFixture<EngineHost>
{
    private static readonly DateTimeOffset Start = EngineHost.Day;

    [Fact]
    public async Task Messages_run_by_their_times_and_equal_times_by_their_ids()
    {
        var tenant = await engine.NewTenant(frozenAt: Start);
        var variant = await engine.OpenItem(tenant);
        int[] minutes = [5, 1, 3, 3, 2, 3, 4, 1];
        foreach (var minute in minutes)
        {
            await engine.Send(tenant, new ScheduleReceive(variant, 1, Start.AddMinutes(minute)));
        }

        var advanced = await Advance(tenant, TimeSpan.FromHours(1));

        advanced.Executed.Select(message => (message.DueAt, message.MessageId)).ShouldBe(
            advanced.Executed.Select(message => (message.DueAt, message.MessageId)).OrderBy(message => message.DueAt).ThenBy(message => message.MessageId.ToString(), StringComparer.Ordinal));
        advanced.Executed.Count.ShouldBe(minutes.Length);
        advanced.Executed.ShouldAllBe(message => message.RanAt == message.DueAt);
        (await engine.OnHand(tenant, variant)).ShouldBe(minutes.Length);
    }

    [Fact]
    public async Task What_a_message_causes_takes_part_in_the_same_advance()
    {
        var tenant = await engine.NewTenant(frozenAt: Start);
        var variant = await engine.OpenItem(tenant);
        await engine.Send(tenant, new ReceiveChain(variant, Links: 6));

        var advanced = await Advance(tenant, TimeSpan.FromHours(4));

        advanced.Executed.Select(message => message.RanAt).ShouldBe([Start.AddHours(1), Start.AddHours(2), Start.AddHours(3), Start.AddHours(4)]);
        (await Advance(tenant, TimeSpan.FromHours(9))).Executed.Select(message => message.RanAt).ShouldBe([Start.AddHours(5), Start.AddHours(6)]);
        (await engine.OnHand(tenant, variant)).ShouldBe(7);
    }

    [Fact]
    public async Task A_failing_message_is_tried_again_at_its_later_time_between_the_others()
    {
        var tenant = await engine.NewTenant(frozenAt: Start);
        var variant = await engine.OpenItem(tenant);
        await engine.Send(tenant, new ScheduleFailOnce(Start.AddMinutes(1)));
        await engine.Send(tenant, new ScheduleReceive(variant, 1, Start.AddMinutes(1).AddSeconds(0.5)));

        var advanced = await Advance(tenant, TimeSpan.FromHours(1));

        advanced.Executed.Select(message => (message.Type, message.Outcome)).ShouldBe([("test.fail_once", "retrying"), ("test.receive", "succeeded"), ("test.fail_once", "succeeded")]);
        advanced.Executed[2].RanAt.ShouldBeInRange(Start.AddMinutes(1).AddSeconds(0.9), Start.AddMinutes(1).AddSeconds(1.1));
    }

    [Fact]
    public async Task Only_one_of_parallel_advances_moves_the_clock_at_a_time()
    {
        var tenant = await engine.NewTenant(frozenAt: Start);
        var variant = await engine.OpenItem(tenant);
        for (var i = 1; i <= 20; i++)
        {
            await engine.Send(tenant, new ScheduleReceive(variant, 1, Start.AddMinutes(i)));
        }

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            try
            {
                return (Executed: (await Advance(tenant, TimeSpan.FromHours(1))).Executed.Count, Refused: (string?)null);
            }
            catch (DomainException e)
            {
                return (Executed: 0, Refused: e.Error.Code);
            }
        }));

        outcomes.Sum(outcome => outcome.Executed).ShouldBe(20);
        outcomes.ShouldContain(outcome => outcome.Refused == "clock_busy");
        outcomes.Where(outcome => outcome.Refused is not null).ShouldAllBe(outcome => outcome.Refused == "clock_busy");
        (await engine.OnHand(tenant, variant)).ShouldBe(20);
        var moved = outcomes.Count(outcome => outcome.Refused is null);
        (await engine.Send(tenant, new GetTestClock(tenant.Value))).Now.ShouldBe(Start.AddHours(moved));
    }

    [Fact]
    public async Task What_is_committed_during_an_advance_runs_though_the_advance_has_passed_it_by()
    {
        var tenant = await engine.NewTenant(frozenAt: Start);
        var variant = await engine.OpenItem(tenant);
        for (var i = 1; i <= 20; i++)
        {
            await engine.Send(tenant, new ScheduleReceive(variant, 1, Start.AddMinutes(i)));
        }

        var advancing = Advance(tenant, TimeSpan.FromHours(1));
        var others = 0;
        while (!advancing.IsCompleted && others < 30) // bounded: an advance runs all that falls due, so it ends after its last guest
        {
            await engine.Send(tenant, new ScheduleReceive(variant, 1, Start));
            others++;
        }

        await advancing;
        others.ShouldBeGreaterThan(0);
        var events = 1 + 20 + others;
        (await engine.Read<Arrivals>(tenant, "select day, items, quantity from rm.test_arrivals", events)).Sum(day => day.Quantity).ShouldBe(20 + others);
    }

    [Fact]
    public async Task A_repeated_request_advances_once()
    {
        var tenant = await engine.NewTenant(frozenAt: Start);
        var variant = await engine.OpenItem(tenant);
        await engine.Send(tenant, new ScheduleReceive(variant, 1, Start.AddMinutes(1)));
        var key = Uuid.New();
        var first = await Advance(tenant, TimeSpan.FromHours(1), key);
        var second = await Advance(tenant, TimeSpan.FromHours(1), key);

        second.Executed.ShouldBe(first.Executed);
        (second.Clock, second.Position).ShouldBe((first.Clock, first.Position));
        (await engine.Send(tenant, new GetTestClock(tenant.Value))).Now.ShouldBe(Start.AddHours(1));
    }

    [Theory]
    [InlineData(0, "clock_backwards")]
    [InlineData(-1, "clock_backwards")]
    [InlineData(365 * 300, "clock_too_far")]
    public async Task A_clock_goes_forward_and_not_out_of_the_calendar(int days, string code)
    {
        var tenant = await engine.NewTenant(frozenAt: Start);
        var refusal = await Should.ThrowAsync<DomainException>(() => engine.Send(tenant, new AdvanceTestClock(tenant.Value, Start.AddDays(days), null)));
        refusal.Error.Code.ShouldBe(code);
        (await engine.Send(tenant, new GetTestClock(tenant.Value))).Now.ShouldBe(Start);
        (await Advance(tenant, TimeSpan.FromDays(1))).Clock.Now.ShouldBe(Start.AddDays(1));
    }

    [Fact]
    public async Task A_live_tenant_has_no_clock_to_move()
    {
        var tenant = await engine.NewTenant();
        (await Should.ThrowAsync<DomainException>(() => Advance(tenant, TimeSpan.FromDays(1)))).Error.Kind.ShouldBe(ErrorKind.NotFound);
    }

    [Fact]
    public async Task Two_processes_share_a_clock()
    {
        var twin = await engine.Twin();
        var tenant = await engine.NewTenant(frozenAt: Start);
        var variant = await engine.OpenItem(tenant);
        for (var i = 1; i <= 10; i++)
        {
            await engine.Send(tenant, new ScheduleReceive(variant, 1, Start.AddMinutes(i)));
        }

        // the twin's subscriptions and workers look at the same tenant all the while
        (await Advance(tenant, TimeSpan.FromHours(1))).Executed.Select(message => message.RanAt).ShouldBe(Enumerable.Range(1, 10).Select(i => Start.AddMinutes(i)));
        twin.ShouldNotBeNull();
    }

    private Task<TestClockAdvanced> Advance(TenantId tenant, TimeSpan by, Guid? key = null) =>
        engine.Send(tenant, new AdvanceTestClock(tenant.Value, null, by), context =>
        {
            context.CommandId = key;
            context.Fingerprint = key is null ? null : [1];
        });
}
