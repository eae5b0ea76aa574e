using System.Text.RegularExpressions;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Domain.Coupons;

/// <summary>
/// A code that makes an order cheaper (ORD-16), active or not. A use is an order that counts: it is taken in the commit that places the order,
/// and given back in the one that reverses the sale, so none is counted twice or lost.
/// </summary>
/// <param name="Used">By orders that count.</param>
public sealed partial record Coupon(CouponId Id, string Code, CouponTerms Terms, bool Active, int Used) : IAggregate<Coupon, CouponEvent>, ISnapshotted
{
    public static int SnapshotVersion => 1;

    /// <summary>The form in which codes are unique; null for what cannot be one.</summary>
    public static string? CodeOf(string? text) => text?.Trim().ToUpperInvariant() is { } code && CodeFormat().IsMatch(code) ? code : null;

    /// <param name="currency">The business's.</param>
    /// <param name="code">In any case; it stays.</param>
    public static CouponEvent[] Create(CouponId id, string code, CouponTerms terms, string currency, DateTimeOffset now)
    {
        var known = CodeOf(code);
        Check.That(known is not null, CouponErrors.CodeInvalid);
        terms.Validate(currency);
        return [new CouponCreated(id, known!, terms, now)];
    }

    /// <inheritdoc cref="Create" />
    public CouponEvent[] Change(CouponTerms terms, string currency, DateTimeOffset now)
    {
        terms.Validate(currency);
        return terms.SameAs(Terms) ? [] : [new CouponChanged(Id, Code, terms, now)];
    }

    public CouponEvent[] Activate(DateTimeOffset now) => Active ? [] : [new CouponActivated(Id, Code, now)];

    public CouponEvent[] Deactivate(DateTimeOffset now) => Active ? [new CouponDeactivated(Id, Code, now)] : [];

    /// <summary>
    /// Whether it can be used once more. Rejects <c>coupon_expired</c>, <c>coupon_not_yet_valid</c>, <c>coupon_used_up</c> and
    /// <c>coupon_used_by_customer</c>.
    /// </summary>
    /// <param name="usedByCustomer">How often the customer has used it already, by orders that count.</param>
    /// <param name="now">When.</param>
    public void CheckUsable(int usedByCustomer, DateTimeOffset now)
    {
        Check.That(Active && !(Terms.EndsAt <= now), CouponErrors.Expired);
        if (Terms.StartsAt is { } startsAt)
        {
            Check.That(startsAt <= now, CouponErrors.NotYetValid(startsAt));
        }

        Check.That(!(Used >= Terms.MaxUses), CouponErrors.UsedUp);
        Check.That(!(usedByCustomer >= Terms.MaxUsesPerCustomer), CouponErrors.UsedByCustomer);
    }

    /// <summary>
    /// What it takes off. A discount on goods is spread over those it is for by what they cost, to the minor unit. Rejects
    /// <c>coupon_not_applicable</c> and <c>coupon_below_minimum</c>.
    /// </summary>
    /// <param name="lines">What is bought, without any discount.</param>
    /// <param name="covered">Which of them the coupon is for.</param>
    /// <param name="deliveryFee">Zero where nothing is delivered.</param>
    public CouponSaving SavingOn(IReadOnlyList<OrderLine> lines, IReadOnlyList<bool> covered, Money deliveryFee)
    {
        Check.That(covered.Contains(true), CouponErrors.NotApplicable);
        if (Terms.MinimumSubtotal is { } minimum)
        {
            var goods = deliveryFee with { Amount = lines.Where((_, i) => covered[i]).Sum(line => line.Subtotal.Amount) };
            Check.That(minimum.Currency == goods.Currency, CouponErrors.NotApplicable);
            Check.That(goods.Amount >= minimum.Amount, CouponErrors.BelowMinimum(minimum, goods));
        }

        var saving = WorthOn(lines, covered, deliveryFee);
        Check.That(saving.Total.Amount > 0, CouponErrors.NotApplicable);
        return saving;
    }

    /// <summary>The same for an order that has it already, whose goods change: whether it may be used is not asked again, and where it is for nothing it is worth nothing.</summary>
    public CouponSaving WorthOn(IReadOnlyList<OrderLine> lines, IReadOnlyList<bool> covered, Money deliveryFee)
    {
        var nothing = Money.Zero(deliveryFee.Currency);
        long[] weights = [.. lines.Select((line, i) => covered[i] ? line.Subtotal.Amount : 0)];
        var goods = nothing with { Amount = weights.Sum() };
        var off = Terms.Kind is CouponKind.FreeDelivery ? nothing : Terms.Percent is { } percent ? goods * (percent / 100) : Terms.Amount!.Value;
        off = off.Currency != goods.Currency ? nothing : off.Amount < goods.Amount ? off : goods;
        return new(off.Spread(weights), Terms.Kind is CouponKind.FreeDelivery ? deliveryFee : nothing);
    }

    /// <summary>An order is placed with it. Whoever places it has asked <see cref="CheckUsable"/>.</summary>
    public CouponEvent[] Redeem(OrderId order, CustomerId customer, Money saved, DateTimeOffset now) => [new CouponRedeemed(Id, Code, order, customer, saved, now)];

    /// <summary>An order that was placed with it is reversed, which happens once at most.</summary>
    public CouponEvent[] Release(OrderId order, DateTimeOffset now) => [new CouponReleased(Id, Code, order, now)];

    public static Coupon Evolve(Coupon? state, CouponEvent e) => (state, e) switch
    {
        (null, CouponCreated created) => new(created.CouponId, created.Code, created.Terms, Active: true, Used: 0),
        ({ }, CouponChanged changed) => state with { Terms = changed.Terms },
        ({ }, CouponDeactivated) => state with { Active = false },
        ({ }, CouponActivated) => state with { Active = true },
        ({ }, CouponRedeemed) => state with { Used = state.Used + 1 },
        ({ }, CouponReleased) => state with { Used = state.Used - 1 },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(state is null ? "an empty stream" : state.Code)}."),
    };

    [GeneratedRegex(@"\A[A-Z0-9_\-]{3,40}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeFormat();
}

/// <summary>What a coupon takes off an order.</summary>
/// <param name="Lines">Off each line.</param>
/// <param name="Delivery">Off the delivery fee.</param>
public sealed record CouponSaving(Money[] Lines, Money Delivery)
{
    public Money Total => OffGoods + Delivery;

    public Money OffGoods => Lines.Aggregate(Money.Zero(Delivery.Currency), (sum, line) => sum + line);
}
