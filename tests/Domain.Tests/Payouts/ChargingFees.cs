using Mainstreet.Domain.Payouts;
using static Mainstreet.Domain.Tests.Payouts.PayoutSamples;

namespace Mainstreet.Domain.Tests.Payouts;

/// <summary>What the platform takes of a transaction, and gives back of it (PAY-04).</summary>
public class ChargingFees
{
    private static readonly FeeRate Rate = new(250, [Eur(25)]);

    private static readonly FeeCharged Charged = new(Payment, "card_payment", Eur(10_000), 250, Eur(25), Eur(275), Monday);

    [Theory]
    [InlineData(250, 0, 10_000, 250)]
    [InlineData(250, 25, 10_000, 275)]
    [InlineData(250, 0, 20, 1)] // 0.5 is rounded away from zero, as prices are
    [InlineData(250, 0, 19, 0)]
    [InlineData(250, 25, 10, 10)] // never more than there is
    [InlineData(0, 0, 10_000, 0)]
    [InlineData(10_000, 0, 1_000_000_000_000_000, 1_000_000_000_000_000)]
    public void Of_an_amount(int basisPoints, long fixedPart, long amount, long fee) => new FeeRate(basisPoints, [Eur(fixedPart)]).Of(Eur(amount)).ShouldBe(Eur(fee));

    [Fact]
    public void A_fixed_part_is_taken_in_its_own_currency_alone() => Rate.Of(new(10_000, "USD")).ShouldBe(new(250, "USD"));

    [Fact]
    public void It_is_charged_once_at_the_rate_of_then()
    {
        var charged = Settled(null, Facts(10_000), Rate, new FundsMoved(Payment, FundsMovement.Collected, Eur(10_000), Monday), Charged);
        Transaction.Settle(charged, Facts(10_000), new(500, []), Monday).ShouldBeEmpty();
    }

    [Fact]
    public void Where_nothing_was_to_be_charged_a_later_rate_charges_nothing()
    {
        Settled(null, Facts(10_000, held: false), FeeRate.None);
        Settled(null, Facts(10_000, refunded: 100, held: false), rate: null);
    }

    [Fact]
    public void Nothing_is_taken_of_a_tip() =>
        Settled(null, Facts(10_000, tip: 2_000, held: false), Rate, Charged with { Base = Eur(8_000), Amount = Eur(225) });

    [Fact]
    public void It_goes_back_in_proportion_and_never_more_than_was_charged()
    {
        var charged = Settled(null, Facts(10_000, held: false), Rate, Charged);
        var part = Settled(charged, Facts(10_000, refunded: 3_333, held: false), null, new FeeReversed(Payment, Eur(3_333), Eur(92), Eur(92), Monday));
        var all = Settled(part, Facts(10_000, refunded: 10_000, held: false), null, new FeeReversed(Payment, Eur(10_000), Eur(183), Eur(275), Monday));
        Settled(all, Facts(10_000, refunded: 12_000, held: false), null);
        Settled(all, Facts(10_000, refunded: 3_333, held: false), null, new FeeReinstated(Payment, Eur(3_333), Eur(183), Eur(92), Monday));
    }

    [Fact]
    public void A_refund_that_is_heard_of_before_the_payment_comes_to_the_same()
    {
        var early = Settled(null, Facts(10_000, refunded: 5_000, held: false), rate: null);
        early.ShouldBeNull();
        Settled(early, Facts(10_000, refunded: 5_000, held: false), Rate, Charged, new FeeReversed(Payment, Eur(5_000), Eur(138), Eur(138), Monday));
    }

    [Fact]
    public void A_dispute_takes_the_money_at_once_and_the_fee_goes_back_when_it_is_lost()
    {
        var charged = Settled(null, Facts(10_000), Rate, new FundsMoved(Payment, FundsMovement.Collected, Eur(10_000), Monday), Charged);
        var open = Settled(charged, Facts(10_000, disputed: 10_000), null, new FundsMoved(Payment, FundsMovement.Disputed, Eur(10_000), Monday));
        Settled(open, Facts(10_000, disputed: 10_000, lost: 10_000), null, new FeeReversed(Payment, Eur(10_000), Eur(275), Eur(275), Monday));
        Settled(open, Facts(10_000), null, new FundsMoved(Payment, FundsMovement.Disputed, Eur(-10_000), Monday));
    }

    [Fact]
    public void Terms_that_make_no_sense_are_refused()
    {
        foreach (var rate in new FeeRate[] { new(-1, []), new(10_001, []), new(1, [Eur(-1)]), new(1, [Eur(1), Eur(2)]), new(1, [new(1, "XXX")]) })
        {
            Should.Throw<DomainException>(() => PayoutTerms.Default.Change(PayoutTerms.Default with { Rate = rate }, Monday)).Error.Code.ShouldBe("fee_rate_invalid");
        }

        PayoutTerms.Default.Change(PayoutTerms.Default, Monday).ShouldBeEmpty();
    }

    private static Transaction? Settled(Transaction? known, TransactionFacts facts, FeeRate? rate, params TransactionEvent[] expected)
    {
        var events = Transaction.Settle(known, facts, rate, Monday);
        events.ShouldBe(expected);
        return events.Aggregate(known, Transaction.Evolve);
    }
}
