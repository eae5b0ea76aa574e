using Mainstreet.Application.Messages;
using Mainstreet.Application.TestClocks;
using Mainstreet.Domain;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>Messages whose run did not work out, and that are to run all the same.</summary>
public class MessageAgainTests(EngineHost engine) : IClassFixture<EngineHost>
{
    private static readonly DateTimeOffset Start = EngineHost.Day;

    private readonly Holds holds = engine.Services.GetRequiredService<Holds>();

    [Fact]
    public async Task A_request_that_comes_in_while_it_runs_for_the_last_time_outlives_that_run()
    {
        var tenant = await engine.NewTenant(frozenAt: Start);
        await engine.Send(tenant, new ScheduleHold(Start.AddMinutes(1)));
        var advance = Advance(tenant, TimeSpan.FromMinutes(10));
        await holds.Started();
        await engine.Send(tenant, new ScheduleHold(Start.AddHours(1)));
        holds.Refuse();
        (await advance).Executed.Select(message => message.Outcome).ShouldBe(["retrying"]);
        (await Letters(tenant)).ShouldBe(0);

        holds.Refuse();
        (await Advance(tenant, TimeSpan.FromHours(1))).Executed.Select(message => (message.RanAt, message.Outcome)).ShouldBe([(Start.AddHours(1), "dead_lettered")]);
        await holds.Started();
        (await Letters(tenant)).ShouldBe(1);
    }

    [Fact]
    public async Task A_message_that_is_refused_before_its_time_runs_at_its_time_as_well()
    {
        var tenant = await engine.NewTenant(frozenAt: Start);
        await engine.Send(tenant, new ScheduleHold(Start.AddHours(1)));
        var message = (await engine.Send(tenant, new ListScheduledMessages(new(), null, null, null))).Data.ShouldHaveSingleItem();
        await engine.Send(tenant, new RunScheduledMessage(message.Id));
        await holds.Started();
        holds.Refuse();

        holds.Release();
        (await Advance(tenant, TimeSpan.FromHours(2))).Executed.Select(run => (run.RanAt, run.Outcome)).ShouldBe([(Start.AddHours(1), "succeeded")]);
        await holds.Started();
    }

    [Fact]
    public async Task A_message_of_a_type_that_only_another_release_knows_waits_for_that_release()
    {
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);
        await engine.Send(tenant, new ScheduleReceive(variant, 1, TimeProvider.System.GetUtcNow().AddDays(1)));
        await Change(tenant, "update messages set type = 'test.of_tomorrow', visible_at = clock_timestamp() where tenant_id = $1 returning 1");
        await Postponed(tenant, "test.of_tomorrow");

        await Change(tenant, "update messages set type = 'test.receive', visible_at = clock_timestamp() where tenant_id = $1 returning 1");
        await Received(tenant, variant);
    }

    [Fact]
    public async Task A_message_that_meets_an_event_of_another_release_waits_for_that_release()
    {
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);
        await Change(tenant, "update events set type = 'stock.of_tomorrow.v1' where tenant_id = $1 returning 1");
        await Change(tenant, "delete from snapshots where tenant_id = $1 returning 1");
        await engine.Send(tenant, new ScheduleReceive(variant, 1, DateTimeOffset.UnixEpoch));
        await Postponed(tenant, "stock.of_tomorrow.v1");

        await Change(tenant, "update events set type = 'stock.item_opened.v1' where tenant_id = $1 returning 1");
        await Change(tenant, "update messages set visible_at = clock_timestamp() where tenant_id = $1 returning 1");
        await Received(tenant, variant);
    }

    /// <summary>It ran, and no attempt was counted.</summary>
    private async Task Postponed(TenantId tenant, string type)
    {
        var (failures, error) = (0, (string?)null);
        while (error is null)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            (failures, error) = (await engine.Rows(
                "select failures, last_error from messages where tenant_id = $1",
                row => (row.GetInt32(0), row.IsDBNull(1) ? null : row.GetString(1)), tenant.Value)).ShouldHaveSingleItem();
        }

        failures.ShouldBe(0);
        error.ShouldContain(type);
    }

    private async Task Received(TenantId tenant, Guid variant)
    {
        await engine.Read<Arrivals>(tenant, "select day, items, quantity from rm.test_arrivals", position: 2);
        (await engine.OnHand(tenant, variant)).ShouldBe(1);
    }

    private async Task Change(TenantId tenant, string sql) => (await engine.Rows(sql, row => row.GetInt32(0), tenant.Value)).ShouldHaveSingleItem();

    private async Task<int> Letters(TenantId tenant) => (await engine.Rows("select 1 from dead_letters where tenant_id = $1", row => row.GetInt32(0), tenant.Value)).Count;

    private Task<TestClockAdvanced> Advance(TenantId tenant, TimeSpan by) => engine.Send(tenant, new AdvanceTestClock(tenant.Value, null, by));
}
