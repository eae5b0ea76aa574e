using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;
using static Mainstreet.Domain.Tests.Pos.PosSamples;

namespace Mainstreet.Domain.Tests.Pos;

public class SellingAtATill
{
    [Theory]
    [InlineData("cash 1190", "cash 1190")]
    [InlineData("cash 2000", "cash 1190-810")]
    [InlineData("card 1000, cash 500", "card 1000, cash 190-310")]
    [InlineData("cash 500, card 1000", "cash 190-310, card 1000")]
    [InlineData("cash 600, cash 1000", "cash 600, cash 590-410")]
    [InlineData("card 1191", "overpaid")]
    [InlineData("card 1190, cash 1", "overpaid")]
    [InlineData("cash 0", "amount_out_of_range")]
    public void Only_cash_is_given_change_for(string given, string counts)
    {
        string said;
        try
        {
            said = string.Join(", ", Tenders.For(Eur(1190), [.. given.Split(", ").Select(Parsed)]).Select(payment =>
                $"{payment.Method.ToString().ToLowerInvariant()} {payment.Amount.Amount}{(payment.Change is { } change ? $"-{change.Amount}" : "")}"));
        }
        catch (DomainException e)
        {
            said = e.Error.Code;
        }

        said.ShouldBe(counts);
    }

    [Fact]
    public void A_card_names_its_terminals_reference() =>
        Should.Throw<DomainException>(() => Tenders.For(Eur(1), [new(TenderMethod.Card, Eur(1))])).Error.Code.ShouldBe("reference_required");

    [Fact]
    public void A_discount_on_the_sale_is_spread_to_the_last_cent_and_lowers_the_tax()
    {
        var lines = SaleLine.Priced([Item(1000, 1), Item(1000, 1), Item(1000, 1)], Eur(100));
        lines.Select(line => line.Discount.Amount).ShouldBe([34, 33, 33]);
        lines.Select(line => line.Tax).ShouldBe([.. lines.Select(line => new Taxation(19, Included: true).On(line.Subtotal - line.Discount))]);
        SaleTotals.Of(lines, taxIncluded: true).ShouldBe(new(Eur(3000), Eur(100), Eur(154 + 154 + 154), true, Eur(2900)));
    }

    [Fact]
    public void What_is_given_away_costs_nothing() =>
        SaleTotals.Of(SaleLine.Priced([Item(1000, 1), Item(0, 3)], Eur(1000)), taxIncluded: false).Total.ShouldBe(Eur(0));

    [Theory]
    [InlineData(3001, 0, "discount_exceeds_price")]
    [InlineData(-1, 0, "amount_out_of_range")]
    [InlineData(0, 1001, "discount_exceeds_price")]
    [InlineData(0, -1, "amount_out_of_range")]
    public void A_discount_is_at_most_the_price(long sale, long line, string code) => Should.Throw<DomainException>(() =>
        SaleLine.Priced([Item(1000, 1) with { Discount = Eur(line) }, Item(2000, 1)], Eur(sale))).Error.Code.ShouldBe(code);

    [Fact]
    public void What_is_not_paid_is_paid_later_or_not_sold()
    {
        var lines = SaleLine.Priced([Item(595, 2)], Eur(0));
        var draft = new SaleDraft(
            Id, null, "A-1001", Session(), OrderChannel.WalkIn, null, lines, SaleTotals.Of(lines, taxIncluded: true), [new(TenderMethod.Cash, Eur(1000))], PayLater: false, Today,
            null, null, null);
        new Spec<Sale, SaleEvent>().WhenNew(() => Sale.RingUp(draft, Now)).ThenRejected("payment_incomplete");
        Sale.Evolve(null, Sale.RingUp(draft with { PayLater = true }, Now).Single()).ShouldSatisfyAllConditions(
            sale => sale.Status.ShouldBe(SaleStatus.PendingPayment), sale => sale.Due.ShouldBe(Eur(190)));
    }

    [Fact]
    public void Later_it_is_paid_once()
    {
        var paid = Given(RungUp(due: 190, Cash(1000))).When(sale => sale.Pay([new(TenderMethod.Cash, Eur(200))], Session(), Now))
            .Then(new SalePaid(Id, "A-1001", Till.Id, Morning, [Cash(190, change: 10)], Eur(0), Now));
        paid.Status.ShouldBe(SaleStatus.Completed);
        Given(RungUp(due: 0, Cash(1190))).When(sale => sale.Pay([new(TenderMethod.Cash, Eur(1))], Session(), Now)).ThenRejected("nothing_due");
    }

    [Fact]
    public void It_is_voided_where_it_was_rung_up()
    {
        var elsewhere = Session() with { Id = new(Uuid.Named("evening")) };
        var voided = Given(RungUp(due: 0, Cash(1190, change: 10))).When(sale => sale.Void("mistake", Session(), Now)).Then(
            new SaleVoided(Id, "A-1001", Till.Id, Morning, "mistake", Today, [new(1, Product, Variant, 2, Eur(1190), 19, Eur(190), Restocked: true)], Eur(1190), [Cash(1190)], new(Uuid.Named("customer")), Now));
        voided.Void("again", elsewhere, Now).ShouldBeEmpty();
        Given(RungUp(due: 0, Cash(1190))).When(sale => sale.Void("mistake", elsewhere, Now)).ThenRejected("other_session");
        Given(RungUp(due: 190, Cash(1000)), new SalePaid(Id, "A-1001", Till.Id, elsewhere.Id, [Cash(190)], Eur(0), Now))
            .When(sale => sale.Void("mistake", Session(), Now)).ThenRejected("other_session");
        Given(PosSamples.Sales[0]).When(sale => sale.Void("mistake", Session(), Now)).ThenRejected("goods_returned");
    }

    internal static SaleItem Item(long price, decimal quantity) =>
        new(Product, Variant, "Lamp", null, quantity, Eur(price), null, Eur(0), new Taxation(19, Included: true), null);

    private static Spec<Sale, SaleEvent> Given(params SaleEvent[] events) => new Spec<Sale, SaleEvent>().Given(events);

    private static Tender Parsed(string tender)
    {
        var parts = tender.Split(' ');
        return parts[0] == "card" ? new(TenderMethod.Card, Eur(long.Parse(parts[1])), "T-1") : new(TenderMethod.Cash, Eur(long.Parse(parts[1])));
    }
}
