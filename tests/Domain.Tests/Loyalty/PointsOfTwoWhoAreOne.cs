using FsCheck;
using FsCheck.Fluent;
using Mainstreet.Domain.Loyalty;
using static Mainstreet.Domain.Tests.Orders.OrderSamples;

namespace Mainstreet.Domain.Tests.Loyalty;

public class PointsOfTwoWhoAreOne
{
    private static readonly AccountId[] Accounts = [new(Uuid.Named("kept")), new(Uuid.Named("closed"))];
    private static readonly LoyaltyTerms Terms = new(1, Eur(1), MinimumPoints: 1, ExpiresAfterDays: 30);
    private static readonly EarnedPoints Source = new(Id.Value, 1, 40, 40, Noon.AddDays(30));

    internal static LoyaltyEvent[][] Streams =>
    [
        [new PointsTakenOver(Accounts[0], Anna, 40, Accounts[1], [new(Noon.AddDays(30), 40)], [Source], Noon)],
        [new PointsEarned(Accounts[1], Anna, Id, null, 40, Eur(4_000), 1, Noon.AddDays(30), Noon), new PointsHandedOver(Accounts[1], Anna, -40, Accounts[0], Noon)],
    ];

    [Fact]
    public void Points_go_over_as_old_as_they_are_and_a_refund_finds_them_there()
    {
        var here = Fold(Streams[1][0]);
        var moved = here.MoveTo(LoyaltyAccount.Empty(Accounts[0], Anna), Noon).ShouldNotBeNull();
        moved.Here.ShouldBe(Streams[1][1]);
        moved.There.Lots.ShouldBe([new(Noon.AddDays(30), 40)]);
        var there = Fold(moved.There);
        there.Settle(new(Id, null), Eur(4_000), Terms, Noon).ShouldBeEmpty("an order earns once");
        there.Settle(new(Id, null), Eur(1_000), Terms, Noon).ShouldHaveSingleItem().ShouldBeOfType<PointsReversed>().Points.ShouldBe(-30);
        LoyaltyAccount.Evolve(here, moved.Here).MoveTo(there, Noon).ShouldBeNull();
    }

    /// <summary>Whatever is earned, refunded, redeemed, called off and adjusted in either, merged at any time.</summary>
    [Fact]
    public void Nothing_is_lost_and_nothing_is_made() => Prop.ForAll(AnyLives.ToArbitrary(), life =>
    {
        LoyaltyAccount[] both = [LoyaltyAccount.Empty(Accounts[0], Anna), LoyaltyAccount.Empty(Accounts[1], Anna)];
        var (sum, now, merged) = (0L, Noon, false);
        foreach (var (who, step, which, amount) in life)
        {
            now = now.AddDays(which);
            var order = new OrderId(Uuid.Named("order", $"{who} {which}"));
            if (step == 6)
            {
                merged = true;
                var before = both.Sum(account => Math.Max(0, account.Available(now)));
                var debt = both.Any(account => account.Balance < 0);
                Follow();
                both[1].Balance.ShouldBe(0);
                both[1].Lots.ShouldBeEmpty();
                (debt ? both[0].Available(now) <= before : both[0].Available(now) == before).ShouldBeTrue("none is younger or older than it was");
                continue;
            }

            // who was merged does nothing more; what was redeemed there can still come back there
            var at = merged && step is not (3 or 5) ? 0 : who;
            var decided = PointsOfACustomer.Decide(both[at], step, order, amount, Terms, now);
            sum += decided.Sum(e => ((IPointsChange)e).Points);
            both[at] = decided.Aggregate(both[at], LoyaltyAccount.Evolve);
            if (merged)
            {
                Follow();
            }

            both.Sum(account => account.Balance).ShouldBe(sum);
            both.ShouldAllBe(account => account.Lots.Sum(lot => lot.Points) == Math.Max(0, account.Balance));
            both.SelectMany(account => account.Sources).GroupBy(source => source.Source).ShouldAllBe(earned => earned.Count() == 1);
        }

        void Follow()
        {
            if (both[1].MoveTo(both[0], now) is var (here, there))
            {
                (here.Points + there.Points).ShouldBe(0);
                both = [LoyaltyAccount.Evolve(both[0], there), LoyaltyAccount.Evolve(both[1], here)];
            }
        }
    }).QuickCheckThrowOnFailure();

    private static Gen<(int Who, int Step, int Which, int Amount)[]> AnyLives =>
        (from who in Gen.Choose(0, 1) from step in Gen.Choose(0, 6) from which in Gen.Choose(0, 5) from amount in Gen.Choose(0, 20_000) select (who, step, which, amount)).ArrayOf(40);

    private static LoyaltyAccount Fold(params LoyaltyEvent[] events) => events.Aggregate((LoyaltyAccount?)null, LoyaltyAccount.Evolve)!;
}
