using Mainstreet.Domain.Payouts;
using static Mainstreet.Domain.Tests.Payouts.PayoutSamples;

namespace Mainstreet.Domain.Tests.Payouts;

/// <summary>Every step from every status (PAY-05, PAY-06): made, without effect, or refused.</summary>
public class LifeOfAPayout
{
    private static readonly DateTimeOffset Later = Next.AddHours(9);

    private static readonly Dictionary<PayoutStatus, PayoutEvent[]> Histories = new()
    {
        [PayoutStatus.Accruing] = [Opened],
        [PayoutStatus.Pending] = [Opened, Calculated],
        [PayoutStatus.CarriedOver] = [Opened, Calculated with { Net = Eur(0), CarriedOver = Eur(-5) }],
        [PayoutStatus.Approved] = [Opened, Calculated, Approved],
        [PayoutStatus.Held] = [Opened, Calculated, Approved, Held],
        [PayoutStatus.Processing] = [Opened, Calculated, Approved, Started],
        [PayoutStatus.Paid] = [Opened, Calculated, Approved, Started, Paid],
        [PayoutStatus.Failed] = [Opened, Calculated, Approved, Started, Failed],
        [PayoutStatus.Reversed] = [Opened, Calculated, Approved, Started, Paid, Reversed],
    };

    /// <summary>In the order of the statuses: x is made, - has no effect, . is refused.</summary>
    [Theory]
    [InlineData("close", "x--------")]
    [InlineData("approve", ".x.-.....")]
    [InlineData("hold", ".x.x-....")]
    [InlineData("release", ".-.-x....")]
    [InlineData("process", "...x.--..")]
    [InlineData("retry", ".......x.")]
    [InlineData("pay", "-----x---")]
    [InlineData("fail", "-----x---")]
    [InlineData("reverse", "......x.-")]
    [InlineData("adjust", "xx.xx..x.")]
    [InlineData("record", ".....x-..")]
    public void Steps(string step, string outcomes)
    {
        foreach (var (status, outcome) in Enum.GetValues<PayoutStatus>().Zip(outcomes))
        {
            var payout = Of(status);
            if (outcome == '.')
            {
                Should.Throw<DomainException>(() => Take(payout, step), $"{step} of {status}").Error.Code.ShouldBe("illegal_transition");
            }
            else
            {
                Take(payout, step).Length.ShouldBe(outcome == 'x' ? 1 : 0, $"{step} of {status}");
            }
        }
    }

    [Fact]
    public void What_is_owed_is_what_was_collected_without_refunds_and_fees() => new Spec<Payout, PayoutEvent>().Given(Opened)
        .When(payout => payout.Close(new(4, Eur(0), Eur(10_000), Eur(1_000), Eur(250), Eur(0)), approved: false, Next)).Then(Calculated).Net.ShouldBe(Eur(8_750));

    [Fact]
    public void What_is_missing_is_carried_over_and_nobody_approves_it() => new Spec<Payout, PayoutEvent>().Given(Opened)
        .When(payout => payout.Close(new(1, Eur(-50), Eur(0), Eur(0), Eur(250), Eur(0)), approved: true, Next))
        .Then(new PayoutCalculated(Id, Eur(-50), Eur(0), Eur(0), Eur(250), Eur(0), Eur(0), Eur(0), Eur(-300), 1, Next)).Status.ShouldBe(PayoutStatus.CarriedOver);

    [Fact]
    public void A_period_ends_when_it_is_over() => new Spec<Payout, PayoutEvent>().Given(Opened)
        .When(payout => payout.Close(LedgerTotals.From(Eur(0)), approved: false, Next.AddTicks(-1))).ThenNothing();

    [Fact]
    public void Where_nobody_has_to_approve_it_is_approved_by_itself() => new Spec<Payout, PayoutEvent>().Given(Opened)
        .When(payout => payout.Close(new(4, Eur(0), Eur(10_000), Eur(1_000), Eur(250), Eur(0)), approved: true, Next)).Then(Calculated, Approved with { Automatic = true });

    [Fact]
    public void A_hold_that_is_released_leads_back_where_it_came_from()
    {
        new Spec<Payout, PayoutEvent>().Given(Opened, Calculated, Held).When(payout => payout.Release(Later)).Then(new PayoutHoldReleased(Id, Later)).Status.ShouldBe(PayoutStatus.Pending);
        Of(PayoutStatus.Held).Release(Later).Aggregate(Of(PayoutStatus.Held), Payout.Evolve).Status.ShouldBe(PayoutStatus.Approved);
    }

    [Fact]
    public void News_of_an_earlier_attempt_is_none()
    {
        var second = Of(PayoutStatus.Failed).Retry("manual", null, Later).Aggregate(Of(PayoutStatus.Failed), Payout.Evolve);
        second.Attempts.ShouldBe(2);
        second.Pay(1, "late", Later).ShouldBeEmpty();
        second.Fail(1, "late", Later).ShouldBeEmpty();
        second.Pay(2, "SEPA 2", Later).ShouldHaveSingleItem();
    }

    [Fact]
    public void An_adjustment_leaves_something_to_pay()
    {
        Given(PayoutStatus.Pending).When(payout => payout.Adjust(Eur(-8_750), "all", Later)).ThenRejected("adjustment_exceeds_net");
        Given(PayoutStatus.Pending).When(payout => payout.Adjust(Eur(0), "none", Later)).ThenRejected("adjustment_invalid");
        Given(PayoutStatus.Pending).When(payout => payout.Adjust(new(5, "USD"), "other", Later)).ThenRejected("adjustment_invalid");
        Given(PayoutStatus.Pending).When(payout => payout.Adjust(Eur(5), " ", Later)).ThenRejected("reason_invalid");
        Given(PayoutStatus.Failed).When(payout => payout.Adjust(Eur(-100), "stamps", Later)).Then(Adjusted with { At = Later }).Net.ShouldBe(Eur(8_650));
    }

    [Fact]
    public void Only_what_people_transfer_is_recorded_by_people() => new Spec<Payout, PayoutEvent>().Given(Opened, Calculated, Approved, Started with { Provider = "stripe" })
        .When(payout => payout.Record(providerTells: true, "SEPA 1", null, Later)).ThenRejected("payout_not_by_hand");

    [Theory]
    [InlineData("2026-03-29T10:00:00Z", PayoutSchedule.Weekly, "2026-03-22T23:00:00Z", "2026-03-29T22:00:00Z")] // clocks go forward that day
    [InlineData("2026-03-22T23:00:00Z", PayoutSchedule.Weekly, "2026-03-22T23:00:00Z", "2026-03-29T22:00:00Z")]
    [InlineData("2026-03-22T22:59:59Z", PayoutSchedule.Weekly, "2026-03-15T23:00:00Z", "2026-03-22T23:00:00Z")]
    [InlineData("2026-12-31T22:59:59Z", PayoutSchedule.Monthly, "2026-11-30T23:00:00Z", "2026-12-31T23:00:00Z")]
    public void Weeks_and_months_are_those_of_the_business(string now, PayoutSchedule schedule, string from, string until) =>
        PayoutPeriod.Of(At(now), "Europe/Berlin", schedule, before: null).ShouldBe(new(At(from), At(until)));

    [Fact]
    public void A_period_begins_where_the_one_before_ended() => PayoutPeriod.Of(At("2026-03-18T00:00:00Z"), "UTC", PayoutSchedule.Monthly, At("2026-03-16T00:00:00Z"))
        .ShouldBe(new(At("2026-03-16T00:00:00Z"), At("2026-04-01T00:00:00Z")));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Spec<Payout, PayoutEvent> Given(PayoutStatus status) => new Spec<Payout, PayoutEvent>().Given(Histories[status]);

    private static Payout Of(PayoutStatus status) => Histories[status].Aggregate((Payout?)null, Payout.Evolve)!;

    private static PayoutEvent[] Take(Payout payout, string step) => step switch
    {
        "close" => payout.Close(new(1, Eur(0), Eur(100), Eur(0), Eur(0), Eur(0)), approved: false, Later),
        "approve" => payout.Approve(Later),
        "hold" => payout.Hold("why", Later),
        "release" => payout.Release(Later),
        "process" => payout.Process("manual", null, Later),
        "retry" => payout.Retry("manual", null, Later),
        "pay" => payout.Pay(1, "SEPA 1", Later),
        "fail" => payout.Fail(1, "closed", Later),
        "reverse" => payout.Reverse("came back", Later),
        "adjust" => payout.Adjust(Eur(-1), "why", Later),
        "record" => payout.Record(providerTells: false, "SEPA 1", null, Later),
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };
}
