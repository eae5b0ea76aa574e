using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;
using static Mainstreet.Domain.Tests.Pos.PosSamples;

namespace Mainstreet.Domain.Tests.Pos;

public class TakingGoodsBack
{
    [Fact]
    public void Parts_of_a_line_add_up_to_what_was_paid_for_it()
    {
        var sale = Rung(SaleLine.Priced([SellingAtATill.Item(333, 3)], Eur(100)), Cash(899));
        var refunded = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            var back = sale.Return($"A-{i}", [new(1, 1, Restock: true)], null, null, Session(), Now).Single().ShouldBeOfType<SaleReturned>();
            refunded.Add(back.Total.Amount);
            sale = Sale.Evolve(sale, back);
        }

        (refunded.Sum(), sale.Status).ShouldBe((899, SaleStatus.Returned));
        refunded.ShouldAllBe(cents => cents == 299 || cents == 300);
        sale.Returned.Sum(line => line.Tax.Amount).ShouldBe(new Taxation(19, Included: true).On(Eur(899)).Amount);
        Should.Throw<DomainException>(() => sale.Return("A-9", [new(1, 1, Restock: true)], null, null, Session(), Now)).Error.Code.ShouldBe("illegal_transition");
    }

    [Theory]
    [InlineData(1, 2.001, "returns_too_much")]
    [InlineData(1, 0, "invalid_quantity")]
    [InlineData(2, 1, "line_unknown")]
    public void Never_more_comes_back_than_was_sold(int line, double quantity, string code) => new Spec<Sale, SaleEvent>().Given(RungUp(due: 0, Cash(1190)))
        .When(sale => sale.Return("A-1002", [new(line, (decimal)quantity, Restock: true)], null, null, Session(), Now)).ThenRejected(code);

    [Fact]
    public void It_is_refunded_the_way_it_was_paid_the_last_payment_first()
    {
        var sale = Rung(SaleLine.Priced([SellingAtATill.Item(1190, 1)], Eur(0)), new SalePayment(TenderMethod.Card, Eur(1000), null, "T-1"), Cash(190));
        Refunds(sale.Return("A-1", [new(1, 1, Restock: true)], null, null, Session(), Now)).ShouldBe(["Cash 190 ", "Card 1000 T-1"]);
        Refunds(sale.Return("A-1", [new(1, 0.1m, Restock: true)], null, null, Session(), Now)).ShouldBe(["Cash 119 "]);
        Refunds(sale.Return("A-1", [new(1, 1, Restock: true)], [new(TenderMethod.Cash, Eur(1190))], null, Session(), Now)).ShouldBe(["Cash 1190 "]);
        Refused(sale, "refund_mismatch", new Tender(TenderMethod.Cash, Eur(1189)));
        Refused(sale, "refund_above_payment", new Tender(TenderMethod.Card, Eur(1190)));
        Refused(sale, "refund_above_payment", new Tender(TenderMethod.Voucher, Eur(190)), new Tender(TenderMethod.Card, Eur(1000)));
    }

    [Fact]
    public void What_is_still_due_is_taken_off_before_anything_is_refunded()
    {
        var sale = Sale.Evolve(null, RungUp(due: 1000, Cash(190)));
        var half = sale.Return("A-1", [new(1, 1, Restock: true)], null, null, Session(), Now).Single().ShouldBeOfType<SaleReturned>();
        (half.Refunds.Length, half.Due).ShouldBe((0, Eur(405)));
        var rest = Sale.Evolve(sale, half).Return("A-2", [new(1, 1, Restock: false)], null, null, Session(), Now).Single().ShouldBeOfType<SaleReturned>();
        (Refunds([rest]).Single(), rest.Due, rest.Complete).ShouldBe(("Cash 190 ", Eur(0), true));
    }

    private static void Refused(Sale sale, string code, params Tender[] refunds) => Should
        .Throw<DomainException>(() => sale.Return("A-1", [new(1, 1, Restock: true)], refunds, null, Session(), Now)).Error.Code.ShouldBe(code);

    private static string[] Refunds(SaleEvent[] events) =>
        [.. ((SaleReturned)events.Single()).Refunds.Select(refund => $"{refund.Method} {refund.Amount.Amount} {refund.Reference}")];

    private static Sale Rung(SaleLine[] lines, params SalePayment[] payments)
    {
        var totals = SaleTotals.Of(lines, taxIncluded: true);
        return Sale.Evolve(null, RungUp(due: 0, payments) with { Lines = lines, Total = totals.Total });
    }
}
