using FsCheck;
using FsCheck.Fluent;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Stock;
using static Mainstreet.Domain.Tests.Orders.OrderSamples;

namespace Mainstreet.Domain.Tests.Orders;

/// <summary>Goods change until they are ready (ORD-12): what is recorded, who has to agree, and what card payments allow.</summary>
public class AmendingAnOrder
{
    private static readonly OrderEvent[] Held = [Placed(PaymentMethod.Card), Authorized];

    private static readonly OrderEvent[] Taken = [.. Held, Confirmed with { Held = Total }, PaidInFull];

    private static Spec<Order, OrderEvent> Cash => new Spec<Order, OrderEvent>().Given(Placed(), Confirmed);

    [Fact]
    public void Fewer_goods_cost_less_and_the_discount_follows()
    {
        var order = Cash.When(order => order.Amend(Pizzas(1), Amended.At)).Then(Amended);
        (order.Total, order.Goods, order.CashDue, order.Status).ShouldBe((Eur(2_062), Eur(1_485), Eur(2_062), OrderStatus.Confirmed));
        order.WorthOf([order.Line(1, 1, restock: false)]).ShouldBe(Eur(1_188));
        Code(() => order.WorthOf([order.Line(1, 2, restock: false)])).ShouldBe("refunds_too_much");
        order.Cancel(CanceledBy.Business, "sold_out", Noon).Single().ShouldBeOfType<OrderCanceled>().Reversed.Total.ShouldBe(Eur(2_062));
    }

    [Fact]
    public void What_changes_nothing_is_not_recorded()
    {
        Cash.When(order => order.Amend(Pizzas(2), Noon)).ThenNothing();
        Cash.When(order => order.Amend(new([], [], TenPercent, null, false), Noon)).ThenNothing();
    }

    [Fact]
    public void A_number_means_one_line_for_good()
    {
        var order = Fold([Placed(), Confirmed]);
        order = Apply(order, new([new(2, 0)], [Soup, Soup], null, null, true));
        order.Lines.Select(line => line.LineNo).ShouldBe([1, 3, 4]);
        order = Apply(order, new([new(4, 0)], [Soup], null, null, true));
        order.Lines.Select(line => line.LineNo).ShouldBe([1, 3, 5]);
        order.Demand.ShouldBe([(Variant("large"), 2m), (Variant("soup"), 2m)]);
    }

    [Fact]
    public void Something_stays_and_it_is_of_the_order()
    {
        Cash.When(order => order.Amend(new([new(1, 0), new(2, 0)], [], null, null, true), Noon)).ThenRejected("order_would_be_empty");
        Cash.When(order => order.Amend(new([new(3, 1)], [], null, null, true), Noon)).ThenRejected("line_unknown");
        Cash.When(order => order.Amend(new([new(3, 1)], [Soup], null, null, true), Noon)).ThenRejected("line_unknown");
        Cash.When(order => order.Amend(Pizzas(-1), Noon)).ThenRejected("invalid_quantity");
        Cash.When(order => order.Amend(Pizzas(0.0001m), Noon)).ThenRejected("invalid_quantity");
        Cash.When(order => order.Amend(new([], [.. Enumerable.Repeat(Soup, 99)], null, null, true), Noon)).ThenRejected("line_count");
        Cash.When(order => order.Amend(new([], [Soup with { UnitPrice = new(1, "USD"), Subtotal = new(1, "USD"), Tax = new(0, "USD") }], null, null, true), Noon)).ThenRejected("currency_mismatch");
    }

    [Fact]
    public void A_card_is_not_asked_for_nothing()
    {
        OrderAmendment free = new([new(1, 1)], [], lines => new([.. lines.Select(line => line.Subtotal)], Eur(0)), null, false);
        new Spec<Order, OrderEvent>().Given(Placed(PaymentMethod.Card) with { DeliveryFee = Eur(0), Tip = Eur(0) }, Authorized)
            .When(order => order.Amend(free, Noon)).ThenRejected("nothing_to_capture");
        Order.Evolve(null, Placed() with { DeliveryFee = Eur(0), Tip = Eur(0) }).Amend(free, Noon).ShouldHaveSingleItem().ShouldBeOfType<OrderAmended>().Total.ShouldBe(Eur(0));
    }

    [Fact]
    public void Nobody_pays_more_without_having_agreed()
    {
        var refused = Cash.When(order => order.Amend(Pizzas(3), Noon)).ThenRejected("consent_required");
        (refused.Details!["previous_total"], refused.Details["total"]).ShouldBe((Total, Eur(4_438)));
        Apply(Fold([Placed(), Confirmed]), Pizzas(3, agreed: true)).Total.ShouldBe(Eur(4_438));
    }

    [Fact]
    public void Until_it_is_captured_an_order_costs_at_most_what_was_authorized()
    {
        new Spec<Order, OrderEvent>().Given(Held).When(order => order.Amend(Pizzas(3, agreed: true), Noon)).ThenRejected("amendment_exceeds_payment").Details!["most"].ShouldBe(Total);
        var fewer = Apply(Fold(Held), Pizzas(1));
        (fewer.Total, fewer.Held).ShouldBe((Eur(2_062), Total));
        Apply(fewer, Pizzas(2, agreed: true)).Total.ShouldBe(Total);

        var confirmed = Order.Evolve(fewer, fewer.Confirm(null, Noon).Single().ShouldBeOfType<OrderConfirmed>());
        confirmed.Held.ShouldBe(Eur(2_062), "what is captured");
        Code(() => Apply(confirmed, Pizzas(2, agreed: true))).ShouldBe("amendment_exceeds_payment");
        Apply(confirmed, new([new(2, 0)], [], TenPercent, null, false)).Held.ShouldBe(Eur(2_062), "so every attempt to capture it asks for the same");
    }

    [Fact]
    public void What_is_captured_only_gets_less()
    {
        var fewer = Apply(Fold(Taken), Pizzas(1));
        fewer.Total.ShouldBe(Eur(2_062));
        Code(() => Apply(fewer, Pizzas(2, agreed: true))).ShouldBe("amendment_exceeds_payment");
        Apply(fewer, new([new(2, 0)], [], TenPercent, null, false)).Total.ShouldBe(Eur(1_765));
    }

    [Fact]
    public void What_is_not_paid_and_what_was_refunded_stays()
    {
        new Spec<Order, OrderEvent>().Given([.. Taken[..3], NotPaid]).When(order => order.Amend(Pizzas(1), Noon)).ThenRejected("order_not_paid");
        new Spec<Order, OrderEvent>().Given([.. Taken, RefundRequested]).When(order => order.Amend(Pizzas(1), Noon)).ThenRejected("goods_refunded");
        Apply(Fold([.. Taken, RefundRequested, RefundFailed]), Pizzas(1)).Total.ShouldBe(Eur(2_062));
        Apply(Fold([.. Taken, RefundRequested with { Lines = [] }, RefundMade]), Pizzas(1)).Total.ShouldBe(Eur(2_062), "goodwill is no matter of goods");
    }

    [Fact]
    public void Points_pay_for_as_much_as_there_are_goods()
    {
        var points = new AppliedPoints(new(Uuid.Named("account")), 200, Eur(1_000));
        var order = Fold([Placed() with { Points = points, Coupon = null }]);
        var fewer = Apply(order, new([new(1, 0)], [], null, null, false));
        (fewer.Points, fewer.Total).ShouldBe((points with { Points = 60, Saved = Eur(300) }, Eur(577)));
        Apply(order, new([new(1, 1)], [], null, null, false)).Points.ShouldBe(points);
    }

    /// <summary>Whatever is asked for in whatever order, taken or refused: an order adds up, and is promised what it has.</summary>
    [Fact]
    public void Orders_add_up_and_are_promised_what_they_have() => Prop.ForAll(AnyAmendment.ListOf().ToArbitrary(), amendments =>
    {
        var points = new AppliedPoints(new(Uuid.Named("account")), 50, Eur(250));
        var order = Apply(Fold([Placed() with { Points = points }]), Pizzas(1)); // of now on the sample's points are on its lines
        var stock = new[] { "large", "olives", "soup" }.ToDictionary(Variant, name => Promised(order, Variant(name)));
        foreach (var amendment in amendments)
        {
            try
            {
                var after = Apply(order, amendment);
                var moved = stock.ToDictionary(item => item.Key, item => item.Value.Promise(order.Id, Wanted(after, item.Key), Noon).Aggregate(item.Value, StockItem.Evolve));
                (order, stock) = (after, moved);
            }
            catch (DomainException)
            {
                continue; // a refusal records nothing
            }

            var (subtotal, off, tax) = (order.Lines.Sum(line => line.Subtotal.Amount), order.Lines.Sum(line => line.Off.Amount), order.Lines.Sum(line => line.Tax.Amount));
            order.Total.Amount.ShouldBe(subtotal - off + tax + order.DeliveryFee.Amount + order.Tip.Amount);
            order.Goods.Amount.ShouldBe(subtotal - off + tax);
            off.ShouldBe((order.Points?.Saved.Amount ?? 0) + order.Coupon!.Saved.Amount);
            order.Lines.ShouldAllBe(line => line.Quantity > 0 && line.Net.Amount >= 0);
            order.Lines.Select(line => line.LineNo).ShouldBe(order.Lines.Select(line => line.LineNo).Distinct().Order());
            stock.ShouldAllBe(item => item.Value.Reserved == Wanted(order, item.Key) && item.Value.Available >= 0);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static OrderLine Soup => OrderLine.Priced(1, Product("soup"), Variant("soup"), "Soup", null, 1, Eur(650), new(10, Included: false));

    private static Gen<OrderAmendment> AnyAmendment =>
        from lines in Gen.Choose(1, 5).ListOf()
        from halves in Gen.Choose(0, 9).ArrayOf(5)
        from added in Gen.Choose(0, 2)
        from agreed in Gen.Elements(true, true, false)
        select new OrderAmendment(
            [.. lines.Distinct().Select(line => new LineQuantity(line, halves[line - 1] / 2m))], [.. Enumerable.Repeat(Soup, added)], TenPercent, null, agreed);

    private static StockItem Promised(Order order, VariantId variant)
    {
        var item = StockItem.Open(variant, StockPolicy.Deny, 0, Noon).Aggregate((StockItem?)null, StockItem.Evolve)!;
        item = item.Receive(6, null, null, Noon).Aggregate(item, StockItem.Evolve);
        return item.Promise(order.Id, Wanted(order, variant), Noon).Aggregate(item, StockItem.Evolve);
    }

    private static decimal Wanted(Order order, VariantId variant) => order.Demand.FirstOrDefault(demand => demand.VariantId == variant).Quantity;

    private static Order Apply(Order order, OrderAmendment amendment) => order.Amend(amendment, Noon).Aggregate(order, Order.Evolve);

    private static string Code(Action refused) => Should.Throw<DomainException>(refused).Error.Code;

    private static Order Fold(OrderEvent[] events) => events.Aggregate((Order?)null, Order.Evolve)!;
}
