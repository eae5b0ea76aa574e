using Mainstreet.Domain.Orders;
using static Mainstreet.Domain.Tests.Orders.OrderSamples;

namespace Mainstreet.Domain.Tests.Orders;

/// <summary>What goods of an order are worth when they are refunded, and how an order follows its money.</summary>
public class RefundingAnOrder
{
    private static readonly OrderEvent[] Sold = [Placed(PaymentMethod.Card), Authorized, Confirmed with { Held = Total }, PaidInFull, Ready, Left, Delivered with { CashCollected = null }];

    [Fact]
    public void Goods_are_worth_their_part_of_what_was_paid_for_all_of_them()
    {
        var order = Fold(Sold); // goods 27.00 less 2.70 and with 2.43 tax are 26.73; delivery and tip are 5.77
        order.Goods.ShouldBe(Eur(2_673));
        order.WorthOf([order.Line(1, 2, restock: false)]).ShouldBe(Eur(2_376));
        order.WorthOf([order.Line(1, 1, restock: true)]).ShouldBe(Eur(1_188));
        order.WorthOf([order.Line(1, 2, restock: false), order.Line(2, 0.25m, restock: false)]).ShouldBe(Eur(2_673));
    }

    [Fact]
    public void Parts_add_up_to_the_whole_however_they_are_rounded()
    {
        var order = Fold(Sold) with { Goods = Eur(1_000) };
        var sum = 0L;
        foreach (var (line, quantity) in new[] { (2, 0.1m), (1, 0.333m), (1, 0.667m), (2, 0.15m), (1, 1m) })
        {
            var goods = order.Line(line, quantity, restock: false);
            var worth = order.WorthOf([goods]);
            sum += worth.Amount;
            order = Order.Evolve(order, order.RequestRefund(new(Uuid.New()), worth, [goods], null, Noon).Single());
        }

        sum.ShouldBe(1_000);
        Should.Throw<DomainException>(() => order.WorthOf([order.Line(1, 0.001m, restock: false)])).Error.Code.ShouldBe("refunds_too_much");
    }

    [Fact]
    public void What_failed_can_be_refunded_again_and_is_put_on_the_shelf_once()
    {
        var order = Fold([.. Sold, RefundRequested, RefundFailed]);
        order.WorthOf([order.Line(1, 2, restock: false)]).ShouldBe(Eur(2_376));
        Refused(order, 1, 2, restock: true).ShouldBe("refunds_too_much");
        order.WorthOf([order.Line(1, 1, restock: true)]).ShouldBe(Eur(1_188));
    }

    [Fact]
    public void What_has_not_left_is_not_put_back()
    {
        var order = Fold(Sold[..5]);
        Refused(order, 1, 1, restock: true).ShouldBe("goods_not_handed_over");
        order.WorthOf([order.Line(1, 1, restock: false)]).ShouldBe(Eur(1_188));
        Refused(order, 3, 1, restock: false).ShouldBe("line_unknown");
        Refused(order, 1, 2.5m, restock: false).ShouldBe("refunds_too_much");
        Refused(order, 1, 0, restock: false).ShouldBe("invalid_quantity");
    }

    [Fact]
    public void The_payment_status_follows_the_money()
    {
        Fold(Sold).PaymentStatus.ShouldBe(PaymentStatus.Paid);
        Fold([.. Sold, RefundRequested]).PaymentStatus.ShouldBe(PaymentStatus.Paid);
        Fold([.. Sold, RefundRequested, RefundMade]).PaymentStatus.ShouldBe(PaymentStatus.PartiallyRefunded);
        Fold([.. Sold, RefundRequested, RefundMade, RefundFailed]).PaymentStatus.ShouldBe(PaymentStatus.Paid);
        Fold([.. Sold[..3], NotPaid]).PaymentStatus.ShouldBe(PaymentStatus.Failed);
        Fold([.. Sold[..4], Canceled]).PaymentStatus.ShouldBe(PaymentStatus.Paid, "until it is given back");
    }

    [Fact]
    public void Being_paid_is_recorded_once_and_failing_only_while_money_is_held()
    {
        var confirmed = new Spec<Order, OrderEvent>().Given(Sold[..3]);
        confirmed.When(order => order.CapturePayment(Total, PaidInFull.At)).Then(PaidInFull);
        confirmed.When(order => order.FailPayment("card_declined", NotPaid.At)).Then(NotPaid);
        var paid = new Spec<Order, OrderEvent>().Given(Sold);
        paid.When(order => order.CapturePayment(Total, Noon)).ThenNothing();
        paid.When(order => order.FailPayment("card_declined", Noon)).ThenNothing();
        new Spec<Order, OrderEvent>().Given([.. Sold[..2], Rejected]).When(order => order.FailPayment("released", Noon)).ThenNothing();
    }

    private static string Refused(Order order, int line, decimal quantity, bool restock) =>
        Should.Throw<DomainException>(() => order.WorthOf([order.Line(line, quantity, restock)])).Error.Code;

    private static Order Fold(OrderEvent[] events) => events.Aggregate((Order?)null, Order.Evolve)!;
}
