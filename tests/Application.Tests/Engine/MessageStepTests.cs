using Mainstreet.Application.Messages;
using Mainstreet.Application.TestClocks;
using Mainstreet.Domain;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>What people do with messages: redrive, discard, run now, cancel.</summary>
public class MessageStepTests(EngineHost engine) : IClassFixture<EngineHost>
{
    private static readonly DateTimeOffset Start = EngineHost.Day;

    [Fact]
    public async Task A_dead_letter_that_is_redriven_runs_once_and_cannot_be_redriven_again()
    {
        var (tenant, variant) = (await engine.NewTenant(frozenAt: Start), Uuid.New());
        var letter = await DeadReceive(tenant, variant);
        (letter.Status, letter.Type, letter.Attempts, letter.Fault!.Code).ShouldBe((DeadLetterStatus.Dead, "test.receive", 1, "not_found"));
        await engine.OpenItem(tenant, variant);

        await engine.Send(tenant, new RedriveDeadLetter(letter.Id, new(tenant)));

        await Arrived(tenant, position: 2);
        (await engine.OnHand(tenant, variant)).ShouldBe(1);
        (await Letters(tenant, DeadLetterStatus.Dead)).ShouldBeEmpty();
        (await Letters(tenant, DeadLetterStatus.Redriven)).ShouldHaveSingleItem().ClosedBy!.Role.ShouldBe("owner");
        (await Refused(tenant, new RedriveDeadLetter(letter.Id, new(tenant)))).ShouldBe("illegal_transition");
    }

    [Fact]
    public async Task A_pending_message_takes_in_a_redriven_one_with_its_dedupe_key()
    {
        var (tenant, variant) = (await engine.NewTenant(frozenAt: Start), Uuid.New());
        var letter = await DeadReceive(tenant, variant, "once");
        await engine.OpenItem(tenant, variant);
        await engine.Send(tenant, new ScheduleReceive(variant, 1, Start.AddDays(1), "once"));

        await engine.Send(tenant, new RedriveDeadLetter(letter.Id, new(tenant)));

        await Arrived(tenant, position: 2);
        (await Pending(tenant)).ShouldBeEmpty();
        (await engine.OnHand(tenant, variant)).ShouldBe(1);
    }

    [Fact]
    public async Task A_redriven_message_has_five_attempts_more_and_its_fence_goes_on()
    {
        var tenant = await engine.NewTenant(frozenAt: Start);
        await engine.Send(tenant, new ScheduleFail(99, Start.AddMinutes(1)));
        await Advance(tenant, TimeSpan.FromHours(1));
        var letter = (await Letters(tenant, DeadLetterStatus.Dead)).ShouldHaveSingleItem();
        (letter.Attempts, letter.Fault!.Code).ShouldBe((5, "internal_error"));

        await engine.Send(tenant, new RedriveDeadLetter(letter.Id, new(tenant)));
        await Advance(tenant, TimeSpan.FromHours(1));

        (await Letters(tenant, DeadLetterStatus.Dead)).ShouldHaveSingleItem().Attempts.ShouldBe(5);
        (await engine.Rows("select attempt from dead_letters where tenant_id = $1", row => row.GetInt32(0), tenant.Value)).ShouldBe([10]);
    }

    /// <summary>Answers are forgotten after a day; those of steps are needed as long as their message may run again.</summary>
    [Fact]
    public async Task A_step_that_was_committed_is_not_repeated_however_late_its_message_is_redriven()
    {
        var tenant = await engine.NewTenant();
        var variant = await engine.OpenItem(tenant);
        await engine.Send(tenant, new ScheduleStepThenFailure(variant));
        IReadOnlyList<DeadLetter> letters;
        while ((letters = await Letters(tenant, DeadLetterStatus.Dead)) is [])
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        (await engine.OnHand(tenant, variant)).ShouldBe(1);
        await PassADay(tenant);
        (await Commands(tenant)).ShouldBe(1);

        await engine.Send(tenant, new RedriveDeadLetter(letters.ShouldHaveSingleItem().Id, new(tenant)));
        while (await engine.Rows("select 1 from messages where tenant_id = $1", row => row.GetInt32(0), tenant.Value) is not [])
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        (await engine.OnHand(tenant, variant)).ShouldBe(1);
        await PassADay(tenant);
        (await Commands(tenant)).ShouldBe(0);
    }

    private async Task PassADay(TenantId tenant)
    {
        await engine.Rows("update commands set created_at = created_at - interval '25 hours' where tenant_id = $1 returning 1", row => row.GetInt32(0), tenant.Value);
        await using var prune = engine.Database.CreateCommand("select prune_commands(clock_timestamp() - interval '24 hours', 5000)");
        await prune.ExecuteNonQueryAsync();
    }

    private async Task<long> Commands(TenantId tenant) =>
        (await engine.Rows("select count(*) from commands where tenant_id = $1", row => row.GetInt64(0), tenant.Value))[0];

    [Fact]
    public async Task Discarding_removes_what_a_dead_letter_carries_and_remembers_who_did_so()
    {
        var (tenant, other) = (await engine.NewTenant(frozenAt: Start), await engine.NewTenant());
        var letter = await DeadReceive(tenant, Uuid.New());
        (await Refused(other, new DiscardDeadLetter(letter.Id, new(other)))).ShouldBe("not_found");

        await engine.Send(tenant, new DiscardDeadLetter(letter.Id, new(tenant)));

        (await Letters(tenant, DeadLetterStatus.Discarded)).ShouldHaveSingleItem().ClosedBy.ShouldBe(new("user", Guid.Empty, "owner"));
        (await engine.Rows("select body::text from dead_letters where tenant_id = $1", row => row.GetString(0), tenant.Value)).ShouldBe(["{}"]);
        (await Refused(tenant, new RedriveDeadLetter(letter.Id, new(tenant)))).ShouldBe("illegal_transition");
    }

    [Fact]
    public async Task An_operator_redrives_without_naming_the_tenant()
    {
        var (tenant, variant) = (await engine.NewTenant(frozenAt: Start), Uuid.New());
        var letter = await DeadReceive(tenant, variant);
        await engine.OpenItem(tenant, variant);
        await engine.Send(TenantId.Platform, new RedriveDeadLetter(letter.Id, new(null)));
        await Arrived(tenant, position: 2);
        (await Refused(TenantId.Platform, new RedriveDeadLetter(Uuid.New(), new(null)))).ShouldBe("not_found");
    }

    [Fact]
    public async Task A_message_that_is_run_before_its_time_runs_at_its_time_as_well()
    {
        var tenant = await engine.NewTenant(frozenAt: Start);
        var variant = await engine.OpenItem(tenant);
        await engine.Send(tenant, new ScheduleReceive(variant, 1, Start.AddHours(1)));
        var message = (await Pending(tenant)).ShouldHaveSingleItem();
        (message.DueAt, message.Status).ShouldBe((Start.AddHours(1), ScheduledMessageStatus.Scheduled));

        await engine.Send(tenant, new RunScheduledMessage(message.Id));

        await Arrived(tenant, position: 2);
        (await Pending(tenant)).ShouldHaveSingleItem().DueAt.ShouldBe(Start.AddHours(1));
        (await Advance(tenant, TimeSpan.FromHours(2))).Executed.ShouldHaveSingleItem().RanAt.ShouldBe(Start.AddHours(1));
        (await engine.OnHand(tenant, variant)).ShouldBe(2);
        (await Refused(tenant, new RunScheduledMessage(message.Id))).ShouldBe("not_found");
    }

    [Fact]
    public async Task A_canceled_message_never_runs()
    {
        var (tenant, other) = (await engine.NewTenant(frozenAt: Start), await engine.NewTenant());
        await engine.Send(tenant, new ScheduleReceive(Uuid.New(), 1, Start.AddHours(1)));
        var message = (await Pending(tenant)).ShouldHaveSingleItem();
        (await Refused(other, new CancelScheduledMessage(message.Id))).ShouldBe("not_found");

        await engine.Send(tenant, new CancelScheduledMessage(message.Id));

        (await Advance(tenant, TimeSpan.FromDays(1))).Executed.ShouldBeEmpty();
        (await Letters(tenant, DeadLetterStatus.Canceled)).ShouldHaveSingleItem().Id.ShouldBe(message.Id);
        (await Refused(tenant, new CancelScheduledMessage(message.Id))).ShouldBe("illegal_transition");
        (await Refused(tenant, new RunScheduledMessage(message.Id))).ShouldBe("illegal_transition");
    }

    [Fact]
    public async Task A_message_that_runs_is_not_canceled_any_more()
    {
        var holds = engine.Services.GetRequiredService<Holds>();
        var tenant = await engine.NewTenant();
        await engine.Send(tenant, new ScheduleHold(DateTimeOffset.UnixEpoch));
        await holds.Started();
        var message = (await Pending(tenant)).ShouldHaveSingleItem();
        message.Status.ShouldBe(ScheduledMessageStatus.Running);
        (await Refused(tenant, new CancelScheduledMessage(message.Id))).ShouldBe("message_running");
        await engine.Send(tenant, new RunScheduledMessage(message.Id));
        holds.Release();
    }

    [Fact]
    public async Task Work_that_recurs_schedules_its_next_run_once()
    {
        var tenant = await engine.NewTenant(frozenAt: Start);
        var variant = await engine.OpenItem(tenant);
        await engine.Send(tenant, new ReceiveDaily(variant));
        await engine.Send(tenant, new ReceiveDaily(variant));

        var executed = (await Advance(tenant, TimeSpan.FromDays(3))).Executed;

        executed.Select(message => (message.Type, message.RanAt)).ShouldBe(
            [("test.receive_daily", Start.AddDays(1)), ("test.receive_daily", Start.AddDays(2)), ("test.receive_daily", Start.AddDays(3))]);
        (await Pending(tenant)).ShouldHaveSingleItem().DueAt.ShouldBe(Start.AddDays(4));
    }

    [Fact]
    public async Task Messages_carry_the_correlation_of_their_cause_and_are_the_cause_of_what_follows()
    {
        var tenant = await engine.NewTenant(frozenAt: Start);
        var variant = await engine.OpenItem(tenant);
        var correlation = Uuid.New();
        await engine.Send(tenant, new ReceiveChain(variant, 1), context => context.CorrelationId = correlation);
        var message = (await Pending(tenant, position: 2)).ShouldHaveSingleItem();
        await Advance(tenant, TimeSpan.FromHours(1));

        var events = await engine.Rows(
            "select event_id, (metadata->>'correlation_id')::uuid, (metadata->>'causation_id')::uuid from events where tenant_id = $1 and type = 'stock.received.v1' order by position",
            row => (Id: row.GetGuid(0), Correlation: row.GetGuid(1), Causation: row.GetGuid(2)), tenant.Value);
        events.Count.ShouldBe(2);
        (message.CorrelationId, message.CausationId).ShouldBe((correlation, events[0].Id));
        events[0].Correlation.ShouldBe(correlation);
        (events[1].Correlation, events[1].Causation).ShouldBe((correlation, message.Id));
    }

    private async Task<DeadLetter> DeadReceive(TenantId tenant, Guid variant, string? key = null)
    {
        await engine.Send(tenant, new ScheduleReceive(variant, 1, Start.AddMinutes(1), key));
        await Advance(tenant, TimeSpan.FromHours(1));
        return (await Letters(tenant, DeadLetterStatus.Dead)).ShouldHaveSingleItem();
    }

    private async Task<IReadOnlyList<DeadLetter>> Letters(TenantId tenant, DeadLetterStatus status) =>
        (await engine.Send(tenant, new ListDeadLetters(new(), new(tenant), status, null, null))).Data;

    private async Task<IReadOnlyList<ScheduledMessage>> Pending(TenantId tenant, long position = 0) =>
        (await engine.Send(tenant, new ListScheduledMessages(new(), null, null, null), context => (context.MinPosition, context.Wait) = (position, TimeSpan.FromSeconds(20)))).Data;

    private async Task Arrived(TenantId tenant, long position) => await engine.Read<Arrivals>(tenant, "select day, items, quantity from rm.test_arrivals", position);

    private async Task<string> Refused(TenantId tenant, MediatR.IRequest<Committed> command) =>
        (await Should.ThrowAsync<DomainException>(() => engine.Send(tenant, command))).Error.Code;

    private Task<TestClockAdvanced> Advance(TenantId tenant, TimeSpan by) => engine.Send(tenant, new AdvanceTestClock(tenant.Value, null, by));
}
