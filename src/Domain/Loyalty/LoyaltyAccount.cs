namespace Mainstreet.Domain.Loyalty;

/// <summary>Points that expire together.</summary>
/// <param name="ExpiresAt">Null: never.</param>
public sealed record PointLot(DateTimeOffset? ExpiresAt, long Points);

/// <summary>What one order or sale earned.</summary>
/// <param name="Earned">At first.</param>
/// <param name="Kept">What of it was not taken back.</param>
public sealed record EarnedPoints(Guid Source, int PointsPerUnit, long Earned, long Kept, DateTimeOffset? ExpiresAt);

/// <summary>What is redeemed for one order.</summary>
/// <param name="From">From which lots it was taken, to which it goes back. What was owed came from none: it stands first, for what comes back pays that debt first, and has no end where the debt was paid meanwhile.</param>
public sealed record RedeemedPoints(OrderId OrderId, PointLot[] From);

/// <summary>What was bought: an order, or a sale at a till.</summary>
public sealed record PointSource(OrderId? OrderId, SaleId? SaleId)
{
    public Guid Id => OrderId?.Value ?? SaleId!.Value.Value;
}

/// <summary>
/// The points of a customer's account (CUS-06). They are earned when an order is done and paid: until then it can be called off, and points that were
/// spent by then would have been had for nothing. What is refunded later takes its points along, even below zero: else whoever redeems first and
/// returns the goods afterwards would keep what the points bought. The debt is paid by what is earned next.
/// </summary>
/// <param name="Balance">The sum of all changes.</param>
/// <param name="Lots">What the balance is made of where it is above zero, what expires first at first.</param>
/// <param name="MovedTo">Where all of it went when two customers were merged; null: it is here.</param>
public sealed record LoyaltyAccount(
    AccountId AccountId, CustomerId CustomerId, long Balance, PointLot[] Lots, EarnedPoints[] Sources, RedeemedPoints[] Redemptions, AccountId? MovedTo = null)
    : IAggregate<LoyaltyAccount, LoyaltyEvent>
{
    public const int MaxReason = 500;

    /// <summary>Whoever registers again after an erasure has another account, and none of the points.</summary>
    public static Guid StreamOf(AccountId account) => Uuid.Named("loyalty_account", account.ToString());

    public bool HasEarnedFor(PointSource source) => Array.Exists(Sources, known => known.Source == source.Id);

    public static LoyaltyAccount Empty(AccountId account, CustomerId customer) => new(account, customer, 0, [], [], []);

    /// <summary>What can be redeemed: what has expired cannot, whether or not that was noted yet.</summary>
    public long Available(DateTimeOffset now) => Math.Max(0, Balance) - Expired(now);

    /// <summary>
    /// Brings what an order or a sale earned in line with what is paid for it now, so that being asked again, late or out of order changes nothing.
    /// </summary>
    /// <param name="paid">What the business has of the price for good; zero where it has not sold it.</param>
    /// <param name="terms">Null: nothing is earned any more, and what was earned can only be taken back.</param>
    public LoyaltyEvent[] Settle(PointSource source, Money paid, LoyaltyTerms? terms, DateTimeOffset now)
    {
        if (Array.Find(Sources, known => known.Source == source.Id) is { } earned)
        {
            var change = Math.Min(earned.Earned, LoyaltyTerms.PointsFor(paid, earned.PointsPerUnit)) - earned.Kept;
            return change == 0 ? [] : [new PointsReversed(AccountId, CustomerId, source.OrderId, source.SaleId, ReversedPoints.Earned, change, now)];
        }

        return terms is not null && LoyaltyTerms.PointsFor(paid, terms.PointsPerUnit) is > 0 and var points
            ? [new PointsEarned(AccountId, CustomerId, source.OrderId, source.SaleId, points, paid, terms.PointsPerUnit, terms.ExpiryOf(now), now)]
            : [];
    }

    /// <summary>
    /// What so many points take off goods. Rejects <c>points_below_minimum</c>, <c>points_insufficient</c> and <c>points_exceed_goods</c>.
    /// </summary>
    /// <param name="goods">What they cost after other discounts.</param>
    public Money WorthOf(long points, LoyaltyTerms terms, Money goods, DateTimeOffset now)
    {
        Check.That(points >= terms.MinimumPoints, LoyaltyErrors.BelowMinimum(terms.MinimumPoints));
        Check.That(points <= Available(now), LoyaltyErrors.NotEnough(Available(now)));
        var most = goods.Amount / terms.PointValue.Amount;
        Check.That(points <= most, LoyaltyErrors.ExceedGoods(most));
        return terms.PointValue * points;
    }

    /// <summary>An order is placed with points. Whoever places it has asked <see cref="WorthOf"/>.</summary>
    public LoyaltyEvent[] Redeem(OrderId order, long points, Money saved, DateTimeOffset now) =>
        [.. Expire(now), new PointsRedeemed(AccountId, CustomerId, order, -points, saved, now)];

    /// <summary>The order will not be fulfilled, or was refunded whole. The points are as old as they were: an order that is called off does not renew them.</summary>
    public LoyaltyEvent[] GiveBack(OrderId order, DateTimeOffset now) =>
        Array.Find(Redemptions, redeemed => redeemed.OrderId == order) is { } redeemed
            ? [new PointsReversed(AccountId, CustomerId, order, null, ReversedPoints.Redeemed, redeemed.From.Sum(lot => lot.Points), now)]
            : [];

    /// <summary>An order that was amended is paid with fewer points, or none: the others come back as old as they were.</summary>
    public LoyaltyEvent[] RedeemLess(OrderId order, long points, Money saved, DateTimeOffset now) =>
        [.. GiveBack(order, now), .. points > 0 ? new LoyaltyEvent[] { new PointsRedeemed(AccountId, CustomerId, order, -points, saved, now) } : []];

    /// <summary>
    /// Brings what was redeemed for an order that is done in line with what is paid for it: given back when its goods were refunded, and taken again, on debt if need
    /// be, when such a refund turns out not to have been made.
    /// </summary>
    public LoyaltyEvent[] SettleRedemption(OrderId order, long points, Money saved, bool refunded, DateTimeOffset now) => (refunded, Array.Exists(Redemptions, redeemed => redeemed.OrderId == order)) switch
    {
        (true, true) => GiveBack(order, now),
        (false, false) => [new PointsRedeemed(AccountId, CustomerId, order, -points, saved, now)],
        _ => [],
    };

    /// <summary>Scheduled for when points expire; otherwise it does nothing.</summary>
    public LoyaltyEvent[] Expire(DateTimeOffset now) => Expired(now) is > 0 and var points ? [new PointsExpired(AccountId, CustomerId, -points, now)] : [];

    /// <summary>Staff make good, or take. Rejects <c>points_invalid</c>, <c>reason_invalid</c> and <c>points_insufficient</c>.</summary>
    public LoyaltyEvent[] Adjust(long points, string reason, LoyaltyTerms terms, DateTimeOffset now)
    {
        Check.That(points is not 0 and >= -LoyaltyTerms.MaxPoints and <= LoyaltyTerms.MaxPoints, LoyaltyErrors.AdjustmentInvalid);
        Check.That(Check.IsText(reason, MaxReason), LoyaltyErrors.ReasonInvalid);
        Check.That(points > 0 || -points <= Available(now), LoyaltyErrors.NotEnough(Available(now)));
        return [.. Expire(now), new PointsAdjusted(AccountId, CustomerId, points, reason, points > 0 ? terms.ExpiryOf(now) : null, now)];
    }

    /// <summary>
    /// All points, and what they were earned for, go to the account of the same person, as old as they are; a debt does too. What is redeemed for orders stays, for the
    /// orders name this account: what comes back of it is moved as well, by asking again. Null where nothing is to be moved.
    /// </summary>
    public (PointsHandedOver Here, PointsTakenOver There)? MoveTo(LoyaltyAccount other, DateTimeOffset now) =>
        MovedTo == other.AccountId && Balance == 0 && Sources.Length == 0 ? null :
        (
            new(AccountId, CustomerId, -Balance, other.AccountId, now),
            new(other.AccountId, other.CustomerId, Balance, AccountId, Lots, Sources, now)
        );

    public static LoyaltyAccount Evolve(LoyaltyAccount? state, LoyaltyEvent e) => (state, e) switch
    {
        (_, PointsEarned earned) => (state ?? Empty(earned.AccountId, earned.CustomerId)).Earn(earned),
        (_, PointsAdjusted { Points: > 0 } adjusted) => (state ?? Empty(adjusted.AccountId, adjusted.CustomerId)).Put(adjusted.Points, adjusted.ExpiresAt),
        ({ }, PointsAdjusted adjusted) => state.Take(-adjusted.Points, first: null, out _),
        ({ }, PointsRedeemed redeemed) => state.Redeem(redeemed),
        ({ }, PointsReversed { What: ReversedPoints.Redeemed } back) => state.Restore(back.OrderId!.Value, back.Points),
        ({ }, PointsReversed back) => state.TakeBack(new(back.OrderId, back.SaleId), back.Points),
        ({ }, PointsExpired expired) => state with
        {
            Balance = state.Balance + expired.Points,
            Lots = [.. state.Lots.Where(lot => !(lot.ExpiresAt <= expired.At))],
        },
        ({ }, PointsHandedOver handed) => state with { Balance = state.Balance + handed.Points, Lots = [], Sources = [], MovedTo = handed.To },
        (_, PointsTakenOver taken) => (state ?? Empty(taken.AccountId, taken.CustomerId)).TakeOver(taken),
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(state is null ? "an empty stream" : $"{state.Balance} points")}."),
    };

    private long Expired(DateTimeOffset now) => Lots.Where(lot => lot.ExpiresAt <= now).Sum(lot => lot.Points);

    private LoyaltyAccount Earn(PointsEarned e)
    {
        var source = new EarnedPoints(new PointSource(e.OrderId, e.SaleId).Id, e.PointsPerUnit, e.Points, e.Points, e.ExpiresAt);
        return Put(e.Points, e.ExpiresAt) with { Sources = [.. Sources, source] };
    }

    private LoyaltyAccount TakeOver(PointsTakenOver e) =>
        (e.Points < 0 ? Take(-e.Points, first: null, out _) : e.Lots.Aggregate(this, (account, lot) => account.Put(lot.Points, lot.ExpiresAt))) with { Sources = [.. Sources, .. e.Sources] };

    private LoyaltyAccount TakeBack(PointSource source, long change)
    {
        var earned = Array.Find(Sources, known => known.Source == source.Id)!;
        return (change > 0 ? Put(change, earned.ExpiresAt) : Take(-change, earned, out _)) with
        {
            Sources = [.. Sources.Select(known => known.Source == source.Id ? known with { Kept = known.Kept + change } : known)],
        };
    }

    private LoyaltyAccount Redeem(PointsRedeemed e)
    {
        var account = Take(-e.Points, first: null, out var from);
        var owed = -e.Points - from.Sum(lot => lot.Points);
        return account with { Redemptions = [.. Redemptions, new(e.OrderId, owed > 0 ? [new(null, owed), .. from] : from)] };
    }

    /// <param name="points">As many as the event says: former ones did not give back what was owed.</param>
    private LoyaltyAccount Restore(OrderId order, long points)
    {
        var from = Array.Find(Redemptions, redeemed => redeemed.OrderId == order)!.From;
        var (account, missing) = (this, from.Sum(lot => lot.Points) - points);
        foreach (var lot in from)
        {
            var less = Math.Min(missing, lot.Points);
            missing -= less;
            account = account.Put(lot.Points - less, lot.ExpiresAt);
        }

        return account with { Redemptions = [.. Redemptions.Where(other => other.OrderId != order)] };
    }

    /// <summary>What is owed is paid first.</summary>
    private LoyaltyAccount Put(long points, DateTimeOffset? expiresAt)
    {
        var (balance, left) = (Balance + points, Math.Max(0, Balance + points) - Math.Max(0, Balance));
        var lots = Lots.Where(lot => lot.ExpiresAt != expiresAt).Append(new(expiresAt, left + Lots.Where(lot => lot.ExpiresAt == expiresAt).Sum(lot => lot.Points)));
        return this with { Balance = balance, Lots = [.. lots.Where(lot => lot.Points > 0).OrderBy(lot => lot.ExpiresAt ?? DateTimeOffset.MaxValue)] };
    }

    /// <summary>From what expires first; what there is not is owed.</summary>
    /// <param name="first">Take from where these are before.</param>
    /// <param name="from">From where it was taken.</param>
    private LoyaltyAccount Take(long points, EarnedPoints? first, out PointLot[] from)
    {
        var taken = new List<PointLot>();
        var left = points;
        foreach (var lot in first is null ? Lots : Lots.OrderBy(lot => lot.ExpiresAt == first.ExpiresAt ? 0 : 1).ToArray())
        {
            var part = Math.Min(left, lot.Points);
            left -= part;
            if (part > 0)
            {
                taken.Add(lot with { Points = part });
            }
        }

        from = [.. taken];
        return this with
        {
            Balance = Balance - points,
            Lots = [.. Lots.Select(lot => lot with { Points = lot.Points - taken.Where(part => part.ExpiresAt == lot.ExpiresAt).Sum(part => part.Points) }).Where(lot => lot.Points > 0)],
        };
    }
}
