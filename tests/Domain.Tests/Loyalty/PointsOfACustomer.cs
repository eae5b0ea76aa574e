using FsCheck;
using FsCheck.Fluent;
using Mainstreet.Domain.Loyalty;
using static Mainstreet.Domain.Tests.Orders.OrderSamples;

namespace Mainstreet.Domain.Tests.Loyalty;

public class PointsOfACustomer
{
    private static readonly AccountId Carla = new(Uuid.Named("carla"));
    private static readonly LoyaltyTerms Terms = new(2, Eur(5), MinimumPoints: 10, ExpiresAfterDays: 30);
    private static readonly PointSource Bought = new(Id, null);
    private static readonly PointSource AtTill = new(null, new SaleId(Uuid.Named("sale")));
    private static readonly OrderId Second = new(Uuid.Named("second order"));

    private static readonly PointsEarned Earned = new(Carla, Anna, Id, null, 64, Eur(3_250), 2, Noon.AddDays(30), Noon);
    private static readonly PointsEarned EarnedAtTill = new(Carla, Anna, null, AtTill.SaleId, 20, Eur(1_000), 2, null, Noon.AddDays(1));
    private static readonly PointsRedeemed Redeemed = new(Carla, Anna, Second, -70, Eur(350), Noon.AddDays(2));
    private static readonly PointsReversed GivenBack = new(Carla, Anna, Second, null, ReversedPoints.Redeemed, 70, Noon.AddDays(3));
    private static readonly PointsReversed TakenBack = new(Carla, Anna, Id, null, ReversedPoints.Earned, -24, Noon.AddDays(3));
    private static readonly PointsAdjusted Added = new(Carla, Anna, 50, "Sorry for the wait", Noon.AddDays(31), Noon.AddDays(1));
    private static readonly PointsExpired Lost = new(Carla, Anna, -64, Noon.AddDays(30));

    internal static LoyaltyEvent[][] Streams =>
    [
        [Earned, EarnedAtTill, Redeemed, GivenBack, Lost],
        [Added, Earned, TakenBack, new PointsAdjusted(Carla, Anna, -30, "Booked twice", null, Noon.AddDays(4))],
    ];

    internal static LoyaltyProgrammeEvent[][] Programmes => [[new LoyaltyProgrammeChanged(Enabled: true, Terms, Noon), new LoyaltyProgrammeChanged(Enabled: false, Terms, Noon)]];

    [Fact]
    public void Whole_units_earn_points_once()
    {
        var account = Spec().WhenNew(() => LoyaltyAccount.Empty(Carla, Anna).Settle(Bought, Eur(3_250), Terms, Noon)).Then(Earned);
        account.Balance.ShouldBe(64);
        account.Settle(Bought, Eur(3_250), Terms, Noon.AddDays(1)).ShouldBeEmpty();
        account.Settle(Bought, Eur(9_999), Terms with { PointsPerUnit = 9 }, Noon).ShouldBeEmpty();
        LoyaltyAccount.Empty(Carla, Anna).Settle(Bought, Eur(99), Terms, Noon).ShouldBeEmpty();
        LoyaltyAccount.Empty(Carla, Anna).Settle(Bought, Eur(3_250), terms: null, Noon).ShouldBeEmpty();
        LoyaltyTerms.PointsFor(new(120, "JPY"), 1).ShouldBe(120);
        LoyaltyTerms.PointsFor(new(2_999, "KWD"), 1).ShouldBe(2);
    }

    [Fact]
    public void What_is_refunded_takes_its_points_along_below_zero_if_need_be()
    {
        Spec().Given(Earned).When(account => account.Settle(Bought, Eur(2_000), null, Noon.AddDays(3))).Then(TakenBack).Balance.ShouldBe(40);
        var owing = Spec().Given(Earned, EarnedAtTill, Redeemed).When(account => account.Settle(Bought, Eur(0), Terms, Noon.AddDays(3)))
            .Then(new PointsReversed(Carla, Anna, Id, null, ReversedPoints.Earned, -64, Noon.AddDays(3)));
        (owing.Balance, owing.Available(Noon.AddDays(3)), owing.Lots.Length).ShouldBe((-50, 0, 0));
        var later = owing.Settle(new(Second, null), Eur(3_000), Terms, Noon.AddDays(4)).Aggregate(owing, LoyaltyAccount.Evolve);
        (later.Balance, later.Available(Noon.AddDays(4))).ShouldBe((10, 10));
        owing.Settle(Bought, Eur(3_250), null, Noon.AddDays(4)).ShouldHaveSingleItem().ShouldBeOfType<PointsReversed>().Points.ShouldBe(64); // the refund failed after all
    }

    [Fact]
    public void Points_are_worth_money_where_there_are_enough_of_them()
    {
        var account = Fold(Earned, EarnedAtTill);
        account.WorthOf(70, Terms, Eur(350), Noon.AddDays(2)).ShouldBe(Eur(350));
        Refused(() => account.WorthOf(9, Terms, Eur(350), Noon), "points_below_minimum");
        Refused(() => account.WorthOf(85, Terms, Eur(9_000), Noon), "points_insufficient");
        Refused(() => account.WorthOf(70, Terms, Eur(349), Noon), "points_exceed_goods").Details!["most"].ShouldBe(69L);
        Refused(() => account.WorthOf(21, Terms, Eur(9_000), Noon.AddDays(30)), "points_insufficient"); // 64 expire then, noted or not
    }

    [Fact]
    public void What_expires_first_is_redeemed_first_and_goes_back_as_old_as_it_was()
    {
        var redeemed = Spec().Given(EarnedAtTill, Earned).When(account => account.Redeem(Second, 70, Eur(350), Noon.AddDays(2))).Then(Redeemed);
        redeemed.Lots.ShouldHaveSingleItem().ShouldBe(new(null, 14));
        var back = Spec().Given(EarnedAtTill, Earned, Redeemed).When(account => account.GiveBack(Second, Noon.AddDays(3))).Then(GivenBack);
        back.Lots.ShouldBe([new(Noon.AddDays(30), 64), new(null, 20)]);
        back.GiveBack(Second, Noon.AddDays(3)).ShouldBeEmpty();
        back.GiveBack(Id, Noon).ShouldBeEmpty();
        back.Expire(Noon.AddDays(30).AddTicks(-1)).ShouldBeEmpty();
        Spec().Given(EarnedAtTill, Earned, Redeemed, GivenBack).When(account => account.Expire(Noon.AddDays(30))).Then(Lost).Balance.ShouldBe(20);
    }

    [Fact]
    public void An_order_that_is_amended_keeps_the_oldest_of_its_points()
    {
        var less = Spec().Given(EarnedAtTill, Earned, Redeemed).When(account => account.RedeemLess(Second, 66, Eur(330), Noon.AddDays(3)))
            .Then(GivenBack, Redeemed with { Points = -66, Saved = Eur(330), At = Noon.AddDays(3) });
        (less.Balance, less.Lots.Single()).ShouldBe((18, new PointLot(null, 18)));
        Spec().Given(EarnedAtTill, Earned, Redeemed).When(account => account.RedeemLess(Second, 0, Eur(0), Noon.AddDays(3))).Then(GivenBack).Redemptions.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_redeemed_on_debt_comes_back_with_the_rest_of_it()
    {
        var account = Fold(EarnedAtTill, Earned, Redeemed);
        var debt = account.Available(Noon) + 30;
        Do(account => [new PointsAdjusted(Carla, Anna, -debt, "Returned goods", null, Noon)]);
        account.Balance.ShouldBe(-30);

        Do(account => account.RedeemLess(Second, 66, Eur(330), Noon.AddDays(3)));
        account.Balance.ShouldBe(-26);
        Do(account => account.GiveBack(Second, Noon.AddDays(4)));

        account.Balance.ShouldBe(40);
        account.Lots.Sum(lot => lot.Points).ShouldBe(40);
        var (balance, lots) = (account.Balance, account.Lots);
        Do(account => account.SettleRedemption(Second, 66, Eur(330), refunded: false, Noon.AddDays(5)));
        account.Balance.ShouldBe(-26);
        Do(account => account.GiveBack(Second, Noon.AddDays(6)));
        account.Balance.ShouldBe(balance);
        account.Lots.ShouldBe(lots, "what comes back is as old as it was");

        void Do(Func<LoyaltyAccount, LoyaltyEvent[]> step) => account = step(account).Aggregate(account, LoyaltyAccount.Evolve);
    }

    [Fact]
    public void Points_come_back_with_a_refund_of_the_goods_and_go_again_when_that_was_not_made_even_on_debt()
    {
        var refunded = Spec().Given(EarnedAtTill, Earned, Redeemed).When(account => account.SettleRedemption(Second, 70, Eur(350), refunded: true, Noon.AddDays(3))).Then(GivenBack);
        refunded.SettleRedemption(Second, 70, Eur(350), refunded: true, Noon.AddDays(3)).ShouldBeEmpty();
        Fold(EarnedAtTill, Earned, Redeemed).SettleRedemption(Second, 70, Eur(350), refunded: false, Noon).ShouldBeEmpty();
        var third = new OrderId(Uuid.Named("third"));
        var spent = refunded.Redeem(third, 80, Eur(400), Noon.AddDays(3)).Aggregate(refunded, LoyaltyAccount.Evolve);
        var owing = spent.SettleRedemption(Second, 70, Eur(350), refunded: false, Noon.AddDays(4)).Aggregate(spent, LoyaltyAccount.Evolve);
        owing.Balance.ShouldBe(spent.Balance - 70);
        owing.Balance.ShouldBeLessThan(0);
        owing.SettleRedemption(Second, 70, Eur(350), refunded: false, Noon.AddDays(4)).ShouldBeEmpty();
    }

    [Fact]
    public void Staff_add_and_take_with_a_reason_but_no_more_than_there_are()
    {
        Spec().WhenNew(() => LoyaltyAccount.Empty(Carla, Anna).Adjust(50, "Sorry for the wait", Terms, Noon.AddDays(1))).Then(Added).Available(Noon.AddDays(2)).ShouldBe(50);
        var account = Fold(Added);
        Refused(() => account.Adjust(-51, "Booked twice", Terms, Noon), "points_insufficient");
        Refused(() => account.Adjust(0, "Nothing", Terms, Noon), "points_invalid");
        Refused(() => account.Adjust(LoyaltyTerms.MaxPoints + 1, "Much", Terms, Noon), "points_invalid");
        Refused(() => account.Adjust(5, " ", Terms, Noon), "reason_invalid");
    }

    [Fact]
    public void A_programme_rewards_what_is_bought_while_it_runs()
    {
        LoyaltyProgramme? programme = null;
        Set(enabled: true, Noon);
        Set(enabled: true, Noon.AddDays(1), Terms with { PointsPerUnit = 3 });
        programme!.Rewards(Noon).ShouldBeTrue();
        programme.Rewards(Noon.AddTicks(-1)).ShouldBeFalse();
        LoyaltyProgramme.Set(programme, enabled: true, programme.Terms, "EUR", Noon.AddDays(2)).ShouldBeEmpty();
        Set(enabled: false, Noon.AddDays(2));
        programme.Rewards(Noon.AddDays(3)).ShouldBeFalse();
        Set(enabled: true, Noon.AddDays(4));
        programme.Rewards(Noon.AddDays(3)).ShouldBeFalse();

        foreach (var (wrong, code) in new[]
        {
            (Terms with { PointsPerUnit = 0 }, "points_per_unit_invalid"), (Terms with { PointValue = Eur(0) }, "point_value_invalid"),
            (Terms with { PointValue = new(1, "USD") }, "point_value_invalid"), (Terms with { MinimumPoints = 0 }, "minimum_points_invalid"),
            (Terms with { ExpiresAfterDays = 0 }, "expiry_invalid"),
        })
        {
            Refused(() => LoyaltyProgramme.Set(null, enabled: true, wrong, "EUR", Noon), code);
        }

        void Set(bool enabled, DateTimeOffset now, LoyaltyTerms? terms = null) =>
            programme = LoyaltyProgramme.Set(programme, enabled, terms ?? Terms, "EUR", now).Aggregate(programme, LoyaltyProgramme.Evolve);
    }

    /// <summary>Whatever is bought, refunded, redeemed, called off, adjusted and let expire, in whatever order.</summary>
    [Fact]
    public void The_balance_is_the_sum_of_its_entries_and_nothing_is_taken_or_given_back_twice() => Prop.ForAll(AnyLife.ToArbitrary(), life =>
    {
        var (account, entries, now) = (LoyaltyAccount.Empty(Carla, Anna), new List<LoyaltyEvent>(), Noon);
        foreach (var (step, which, amount) in life)
        {
            now = now.AddDays(which);
            var terms = Terms with { ExpiresAfterDays = which % 2 == 0 ? null : 1 + (amount % 40), PointsPerUnit = 1 + (amount % 3) };
            var decided = Decide(account, step, Order(which), amount, terms, now);
            entries.AddRange(decided);
            account = decided.Aggregate(account, LoyaltyAccount.Evolve);

            account.Balance.ShouldBe(entries.Sum(Points));
            account.Lots.Sum(lot => lot.Points).ShouldBe(Math.Max(0, account.Balance));
            account.Lots.ShouldAllBe(lot => lot.Points > 0);
            account.Available(now).ShouldBeInRange(0, Math.Max(0, account.Balance));
            decided.OfType<PointsRedeemed>().ShouldAllBe(_ => account.Balance >= 0);
        }

        foreach (var order in Enumerable.Range(0, 6).Select(Order))
        {
            var earned = entries.OfType<PointsEarned>().Where(e => e.OrderId == order).Sum(e => e.Points);
            entries.OfType<PointsEarned>().Count(e => e.OrderId == order).ShouldBeLessThanOrEqualTo(1);
            var kept = earned;
            foreach (var reversed in entries.OfType<PointsReversed>().Where(e => e.OrderId == order && e.What == ReversedPoints.Earned))
            {
                kept += reversed.Points;
                kept.ShouldBeInRange(0, earned);
            }

            var spent = 0L;
            foreach (var e in entries.Where(e => e is PointsRedeemed or PointsReversed { What: ReversedPoints.Redeemed } && OrderOf(e) == order))
            {
                spent -= Points(e);
                spent.ShouldBeGreaterThanOrEqualTo(0);
            }
        }
    }).QuickCheckThrowOnFailure();

    private static Gen<(int Step, int Which, int Amount)[]> AnyLife =>
        (from step in Gen.Choose(0, 5) from which in Gen.Choose(0, 5) from amount in Gen.Choose(0, 20_000) select (step, which, amount)).ArrayOf(40);

    internal static LoyaltyEvent[] Decide(LoyaltyAccount account, int step, OrderId order, int amount, LoyaltyTerms terms, DateTimeOffset now)
    {
        try
        {
            return step switch
            {
                0 or 1 => account.Settle(new(order, null), Eur(amount), terms, now),
                2 when account.Redemptions.All(redeemed => redeemed.OrderId != order) =>
                    account.Redeem(order, amount % 100, account.WorthOf(amount % 100, terms, Eur(amount), now), now),
                3 => account.GiveBack(order, now),
                4 => account.Adjust((amount % 60) - 30, "Because", terms, now),
                _ => account.Expire(now),
            };
        }
        catch (DomainException e) when (e.Error.Code is "points_below_minimum" or "points_insufficient" or "points_exceed_goods" or "points_invalid")
        {
            return [];
        }
    }

    private static OrderId Order(int which) => new(Uuid.Named("order", which.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static long Points(LoyaltyEvent e) => ((IPointsChange)e).Points;

    private static OrderId? OrderOf(LoyaltyEvent e) => e is PointsRedeemed redeemed ? redeemed.OrderId : (e as PointsReversed)?.OrderId;

    private static LoyaltyAccount Fold(params LoyaltyEvent[] events) => events.Aggregate((LoyaltyAccount?)null, LoyaltyAccount.Evolve)!;

    private static Spec<LoyaltyAccount, LoyaltyEvent> Spec() => new();

    private static DomainError Refused(Func<object> decide, string code)
    {
        var error = Should.Throw<DomainException>(() => decide()).Error;
        error.Code.ShouldBe(code);
        return error;
    }
}
