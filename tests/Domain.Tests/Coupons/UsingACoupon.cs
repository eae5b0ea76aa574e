using FsCheck;
using FsCheck.Fluent;
using Mainstreet.Domain.Coupons;
using Mainstreet.Domain.Orders;
using static Mainstreet.Domain.Tests.Orders.OrderSamples;

namespace Mainstreet.Domain.Tests.Coupons;

public class UsingACoupon
{
    private static readonly CouponId Welcome = new(Uuid.Named("coupon"));
    private static readonly CategoryId Drinks = new(Uuid.Named("drinks"));
    private static readonly ProductId Pizza = new(Uuid.Named("product", "pizza"));

    private static readonly CouponTerms Tenth = new(CouponKind.Percentage, 10, null, null, [], [], null, null, null, null);

    private static readonly CouponTerms Fixed = new(
        CouponKind.FixedAmount, null, Eur(500), Eur(2_000), [Drinks], [Pizza], Noon.AddDays(-1), Noon.AddDays(30), MaxUses: 2, MaxUsesPerCustomer: 1);

    private static readonly CouponTerms Delivery = Tenth with { Kind = CouponKind.FreeDelivery, Percent = null };

    private static readonly CouponRedeemed Redeemed = new(Welcome, "WELCOME", Id, Anna, Eur(270), Noon);

    internal static CouponEvent[][] Streams =>
    [
        [
            Created(Tenth), Redeemed, new CouponReleased(Welcome, "WELCOME", Id, Noon), new CouponChanged(Welcome, "WELCOME", Fixed, Noon),
            new CouponDeactivated(Welcome, "WELCOME", Noon), new CouponActivated(Welcome, "WELCOME", Noon),
        ],
        [Created(Fixed)],
    ];

    [Fact]
    public void Codes_are_the_same_in_every_case()
    {
        new Spec<Coupon, CouponEvent>().WhenNew(() => Coupon.Create(Welcome, " welcome ", Tenth, "EUR", Noon)).Then(Created(Tenth));
        foreach (var code in new[] { "", "AB", "SUMMER 26", "ÄPFEL", new string('A', 41), "WELCOME\n!" })
        {
            new Spec<Coupon, CouponEvent>().WhenNew(() => Coupon.Create(Welcome, code, Tenth, "EUR", Noon)).ThenRejected("code_invalid");
        }
    }

    [Fact]
    public void Terms_make_sense()
    {
        Refused(Tenth with { Percent = null }, "percent_invalid");
        Refused(Tenth with { Percent = 0 }, "percent_invalid");
        Refused(Tenth with { Percent = 100.01m }, "percent_invalid");
        Refused(Tenth with { Percent = 12.345m }, "percent_invalid");
        Refused(Fixed with { Percent = 10 }, "percent_invalid");
        Refused(Tenth with { Amount = Eur(1) }, "amount_invalid");
        Refused(Fixed with { Amount = null }, "amount_invalid");
        Refused(Fixed with { Amount = Eur(0) }, "amount_invalid");
        Refused(Fixed with { Amount = new(500, "USD") }, "amount_invalid");
        Refused(Fixed with { MinimumSubtotal = new(500, "USD") }, "minimum_invalid");
        Refused(Fixed with { EndsAt = Noon.AddDays(-1) }, "period_invalid");
        Refused(Fixed with { MaxUses = 0 }, "limit_invalid");
        Refused(Fixed with { MaxUsesPerCustomer = -1 }, "limit_invalid");
        Refused(Fixed with { Products = [.. Enumerable.Range(0, 101).Select(_ => new ProductId(Uuid.New()))] }, "too_many_goods");
    }

    [Fact]
    public void The_same_terms_change_nothing() => new Spec<Coupon, CouponEvent>().Given(Created(Fixed))
        .When(coupon => coupon.Change(Fixed with { Categories = [Drinks], Products = [Pizza] }, "EUR", Noon)).ThenNothing();

    [Fact]
    public void A_use_is_given_back()
    {
        var used = new Spec<Coupon, CouponEvent>().Given(Created(Fixed), Redeemed).When(coupon => coupon.Redeem(Id, Anna, Eur(270), Noon)).Then(Redeemed);
        Refused(used, 0, Noon, "coupon_used_up");
        var released = new Spec<Coupon, CouponEvent>().Given(Created(Fixed), Redeemed, Redeemed)
            .When(coupon => coupon.Release(Id, Noon)).Then(new CouponReleased(Welcome, "WELCOME", Id, Noon));
        released.Used.ShouldBe(1);
        released.CheckUsable(0, Noon);
    }

    [Fact]
    public void It_is_valid_in_its_time_and_for_as_many_as_it_says()
    {
        var coupon = Of(Fixed);
        coupon.CheckUsable(0, Noon.AddDays(-1));
        coupon.CheckUsable(0, Noon.AddDays(30).AddTicks(-1));
        Refused(coupon, 0, Noon.AddDays(-1).AddTicks(-1), "coupon_not_yet_valid");
        Refused(coupon, 0, Noon.AddDays(30), "coupon_expired");
        Refused(coupon, 1, Noon, "coupon_used_by_customer");
        Refused(coupon with { Active = false }, 0, Noon, "coupon_expired");
    }

    [Fact]
    public void It_is_for_what_it_names()
    {
        Tenth.Cover(new(Uuid.New()), []).ShouldBeTrue();
        Fixed.Cover(Pizza, []).ShouldBeTrue();
        Fixed.Cover(new(Uuid.New()), [new(Uuid.New()), Drinks]).ShouldBeTrue();
        Fixed.Cover(new(Uuid.New()), [new(Uuid.New())]).ShouldBeFalse();
    }

    [Fact]
    public void A_fixed_amount_is_spread_over_what_it_is_for()
    {
        OrderLine[] lines = [Line(1, 1_000), Line(2, 1_000), Line(3, 1_000), Line(4, 700)];
        Saved(Of(Fixed), lines, true, true, true, false).ShouldBe([167, 167, 166, 0]);
        Saved(Of(Fixed with { MinimumSubtotal = null }), lines, false, false, false, true).ShouldBe([0, 0, 0, 500]);
        Saved(Of(Fixed with { MinimumSubtotal = null, Amount = Eur(5_000) }), lines, false, true, false, true).ShouldBe([0, 1_000, 0, 700]);
        Should.Throw<DomainException>(() => Saved(Of(Fixed), lines, true, false, false, true)).Error.Code.ShouldBe("coupon_below_minimum");
        Should.Throw<DomainException>(() => Saved(Of(Fixed), lines, false, false, false, false)).Error.Code.ShouldBe("coupon_not_applicable");
    }

    [Fact]
    public void A_free_delivery_needs_one_that_costs_something()
    {
        var saving = Of(Delivery).SavingOn([Line(1, 1_000)], [true], Eur(390));
        (saving.Lines.Single(), saving.Delivery, saving.Total).ShouldBe((Eur(0), Eur(390), Eur(390)));
        Should.Throw<DomainException>(() => Of(Delivery).SavingOn([Line(1, 1_000)], [true], Eur(0))).Error.Code.ShouldBe("coupon_not_applicable");
    }

    [Theory]
    [InlineData(0, 2_160 + 216, 270 + 27)]
    [InlineData(350, 2_160 + 216, 270 + 27)]
    public void Goods_are_refunded_at_what_was_paid_for_them(long offDelivery, long pizza, long olives)
    {
        var draft = Draft();
        var placed = Order.Place(draft with { Totals = OrderTotals.Of(draft.Lines, taxIncluded: false, Eur(offDelivery), Eur(350), Eur(0)) }, Noon);
        var order = placed.Aggregate((Order?)null, Order.Evolve)!;
        order.WorthOf([order.Line(1, 2, restock: false)]).ShouldBe(Eur(pizza));
        order.WorthOf([order.Line(1, 2, restock: false), order.Line(2, 0.25m, restock: false)]).ShouldBe(Eur(pizza + olives));
    }

    [Fact]
    public void What_is_taken_off_lines_adds_up_whatever_they_cost() => Prop.ForAll(AnyBasket.ToArbitrary(), basket =>
    {
        var (lines, covered, terms, included) = basket;
        var goods = lines.Where((_, i) => covered[i]).Sum(line => line.Subtotal.Amount);
        var wanted = terms.Amount?.Amount ?? (Eur(goods) * (terms.Percent!.Value / 100)).Amount;
        if (!covered.Contains(true) || Math.Min(wanted, goods) == 0)
        {
            Should.Throw<DomainException>(() => Of(terms).SavingOn(lines, covered, Eur(0))).Error.Code.ShouldBe("coupon_not_applicable");
            return;
        }

        var saving = Of(terms).SavingOn(lines, covered, Eur(0));
        saving.Total.Amount.ShouldBe(Math.Min(wanted, goods));
        saving.Lines.Select((off, i) => off.Amount >= 0 && off.Amount <= (covered[i] ? lines[i].Subtotal.Amount : 0)).ShouldAllBe(fits => fits);
        saving.Lines.Select((off, i) => Math.Abs(off.Amount - (covered[i] ? (decimal)saving.Total.Amount * lines[i].Subtotal.Amount / goods : 0))).ShouldAllBe(wrong => wrong < 1);

        var discounted = lines.Select((line, i) => line.Less(saving.Lines[i], included)).ToArray();
        var totals = OrderTotals.Of(discounted, included, Eur(0), Eur(350), Eur(0));
        totals.Discount.ShouldBe(saving.Total);
        totals.Total.ShouldBe(totals.Subtotal - saving.Total + (included ? Eur(0) : totals.Tax) + Eur(350));
        totals.Tax.Amount.ShouldBe(discounted.Sum(line => new Taxation(line.TaxRatePercent, included).On(line.Subtotal - line.Off).Amount));
    }).QuickCheckThrowOnFailure();

    private static Gen<(OrderLine[] Lines, bool[] Covered, CouponTerms Terms, bool TaxIncluded)> AnyBasket =>
        from count in Gen.Choose(1, OrderDraft.MaxLines)
        from prices in Gen.Choose(0, 1_000_000).ArrayOf(count)
        from quantities in Gen.Choose(1, 20_000).ArrayOf(count)
        from covered in Gen.Elements(true, false).ArrayOf(count)
        from percent in Gen.Choose(1, 10_000)
        from amount in Gen.Choose(1, 100_000_000)
        from isPercentage in Gen.Elements(true, false)
        from rate in Gen.Elements(0m, 7m, 8.875m, 19m)
        from included in Gen.Elements(true, false)
        let lines = prices.Select((price, i) =>
            OrderLine.Priced(i + 1, default, default, "Thing", null, quantities[i] / 1_000m, Eur(price), new(rate, included))).ToArray()
        select (lines, covered, isPercentage ? Tenth with { Percent = percent / 100m } : Fixed with { Amount = Eur(amount), MinimumSubtotal = null }, included);

    private static CouponCreated Created(CouponTerms terms) => new(Welcome, "WELCOME", terms, Noon);

    private static Coupon Of(CouponTerms terms) => Coupon.Evolve(null, Created(terms));

    private static OrderLine Line(int no, long price) => OrderLine.Priced(no, default, default, "Thing", null, 1, Eur(price));

    private static long[] Saved(Coupon coupon, OrderLine[] lines, params bool[] covered) => [.. coupon.SavingOn(lines, covered, Eur(0)).Lines.Select(off => off.Amount)];

    private static void Refused(CouponTerms terms, string code) =>
        new Spec<Coupon, CouponEvent>().WhenNew(() => Coupon.Create(Welcome, "WELCOME", terms, "EUR", Noon)).ThenRejected(code);

    private static void Refused(Coupon coupon, int usedByCustomer, DateTimeOffset now, string code) =>
        Should.Throw<DomainException>(() => coupon.CheckUsable(usedByCustomer, now)).Error.Code.ShouldBe(code);
}
