using FsCheck;
using FsCheck.Fluent;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;
using static Mainstreet.Domain.Tests.Orders.OrderSamples;

namespace Mainstreet.Domain.Tests.Orders;

/// <summary>Whatever is in a basket, at whatever rates, prices with or without tax, and with whatever taken off: the taxes add up (ORD-04).</summary>
public class TaxingABasket
{
    [Fact]
    public void A_restaurant_sells_at_two_rates_and_says_what_was_taxed_at_which()
    {
        OrderLine[] lines = [Line(1, 5_850, 17), Line(2, 1_000, 0), Line(3, 1_170, 17)];
        TaxTotal.Of(lines, taxIncluded: true).ShouldBe([new(0, Eur(1_000), Eur(0)), new(17, Eur(6_000), Eur(1_020))]);
        OrderLine[] exclusive = [Line(1, 5_000, 17, included: false), Line(2, 1_000, 0, included: false)];
        TaxTotal.Of(exclusive, taxIncluded: false).ShouldBe([new(0, Eur(1_000), Eur(0)), new(17, Eur(5_000), Eur(850))]);
        OrderTotals.Of(exclusive, taxIncluded: false, Eur(0), Eur(0), Eur(0)).Total.ShouldBe(Eur(6_850));
    }

    [Fact]
    public void What_is_taken_off_all_of_it_is_taken_off_each_before_the_tax()
    {
        var lines = Less([Line(1, 1_170, 17), Line(2, 1_170, 0)], off: 1_170, included: true);
        lines.Select(line => (line.Off, line.Tax)).ShouldBe([(Eur(585), Eur(85)), (Eur(585), Eur(0))]);
    }

    [Fact]
    public void The_taxes_of_lines_of_rates_and_of_the_order_are_the_same() => Prop.ForAll(AnyBasket.ToArbitrary(), basket =>
    {
        var (lines, included) = basket;
        var totals = OrderTotals.Of(lines, included, Eur(0), Eur(350), Eur(100));
        Check(TaxTotal.Of(lines, included), lines.Select(line => (line.TaxRatePercent, line.Net, line.Tax)), included, totals.Tax, totals.Total - totals.DeliveryFee - totals.Tip);
        totals.Discount.Amount.ShouldBe(lines.Sum(line => line.Off.Amount));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_till_taxes_as_an_order_does() => Prop.ForAll(AnyBasket.ToArbitrary(), basket =>
    {
        var (lines, included) = basket;
        var sold = SaleLine.Priced(
            [.. lines.Select(line => new SaleItem(default, default, "Thing", null, line.Quantity, line.UnitPrice, null, Eur(0), new(line.TaxRatePercent, included), null))],
            Eur(lines.Sum(line => line.Off.Amount)));
        sold.Select(line => (line.Discount, line.Tax)).ShouldBe(lines.Select(line => (line.Off, line.Tax)));
        var totals = SaleTotals.Of(sold, included);
        Check(SaleLine.Taxes(sold, included), sold.Select(line => (line.TaxRatePercent, line.Subtotal - line.Discount, line.Tax)), included, totals.Tax, totals.Total);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whoever_returns_a_line_has_its_own_tax_back() => Prop.ForAll(AnyBasket.ToArbitrary(), basket =>
    {
        var (lines, included) = basket;
        var draft = Draft() with { Lines = lines, Totals = OrderTotals.Of(lines, included, Eur(0), Eur(350), Eur(100)) };
        var order = Order.Evolve(null, (OrderPlaced)Order.Place(draft, Noon)[0]);
        foreach (var line in lines)
        {
            order.WorthOf([order.Line(line.LineNo, line.Quantity, restock: false)]).ShouldBe(included ? line.Net : line.Net + line.Tax);
        }
    }).QuickCheckThrowOnFailure();

    private static void Check(TaxTotal[] taxes, IEnumerable<(decimal Rate, Money Costs, Money Tax)> lines, bool included, Money tax, Money goods)
    {
        taxes.Select(total => total.RatePercent).ShouldBe(taxes.Select(total => total.RatePercent).Distinct().Order());
        taxes.Sum(total => total.Tax.Amount).ShouldBe(tax.Amount);
        taxes.Sum(total => total.Net.Amount + total.Tax.Amount).ShouldBe(goods.Amount);
        foreach (var (rate, costs, part) in lines)
        {
            var net = included ? costs - part : costs;
            Math.Abs(part.Amount - (costs.Amount * rate / (included ? 100 + rate : 100))).ShouldBeLessThanOrEqualTo(0.5m);
            (net.Amount >= 0 && part.Amount >= 0).ShouldBeTrue();
        }

        foreach (var total in taxes)
        {
            var same = lines.Where(line => line.Rate == total.RatePercent).ToArray();
            total.Tax.Amount.ShouldBe(same.Sum(line => line.Tax.Amount));
            total.Net.Amount.ShouldBe(same.Sum(line => line.Costs.Amount - (included ? line.Tax.Amount : 0)));
        }
    }

    private static Gen<(OrderLine[] Lines, bool Included)> AnyBasket =>
        from count in Gen.Choose(1, 20)
        from quantities in Gen.Choose(1, 10_000).ArrayOf(count)
        from prices in Gen.Choose(0, 1_000_000).ArrayOf(count)
        from rates in Gen.Elements(0m, 7m, 8.875m, 17m, 19m, 25.5m, 100m).ArrayOf(count)
        from share in Gen.Choose(0, 100)
        from included in Gen.Elements(true, false)
        let lines = Enumerable.Range(0, count).Select(i => OrderLine.Priced(
            i + 1, default, default, "Thing", null, quantities[i] / 1_000m, Eur(prices[i]), new(rates[i], included))).ToArray()
        select (Less(lines, lines.Sum(line => line.Subtotal.Amount) * share / 100, included), included);

    private static OrderLine[] Less(OrderLine[] lines, long off, bool included)
    {
        var parts = Eur(off).Spread([.. lines.Select(line => line.Subtotal.Amount)]);
        return [.. lines.Select((line, i) => line.Less(parts[i], included))];
    }

    private static OrderLine Line(int lineNo, long price, decimal rate, bool included = true) =>
        OrderLine.Priced(lineNo, default, default, "Thing", null, 1, Eur(price), new(rate, included));
}
