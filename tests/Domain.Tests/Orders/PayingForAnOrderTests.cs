using Mainstreet.Domain.Orders;
using static Mainstreet.Domain.Tests.Orders.OrderSamples;

namespace Mainstreet.Domain.Tests.Orders;

public class PayingForAnOrderTests
{
    private static readonly OrderPlaced Prepaid = Placed(PaymentMethod.Card);

    private static readonly DateTimeOffset Later = Noon.AddHours(1);

    [Fact]
    public void An_authorized_order_goes_to_the_business() => Given(Prepaid)
        .When(order => order.AuthorizePayment("pi_1", Noon.AddMinutes(1)))
        .Then(Authorized).Status.ShouldBe(OrderStatus.Pending);

    [Fact]
    public void A_business_that_confirms_by_itself_does_so_when_it_is_paid()
    {
        var terms = Terms with { AutoConfirm = true, OpensAt = Noon.AddHours(1) };
        Given(Prepaid with { Terms = terms, ScheduledFor = null })
            .When(order => order.AuthorizePayment("pi_1", Noon.AddMinutes(1)))
            .Then(Authorized with { AcceptBy = null }, new OrderConfirmed(Id, "1001", Noon.AddMinutes(80), Total, Noon.AddMinutes(1)));
    }

    [Fact]
    public void A_late_repeat_of_the_notification_records_nothing() => Given(Prepaid, Authorized, Confirmed, Canceled)
        .When(order => order.AuthorizePayment("pi_1", Later))
        .ThenNothing();

    [Fact]
    public void Another_payment_for_a_paid_order_is_refused() => Given(Prepaid, Authorized)
        .When(order => order.AuthorizePayment("pi_2", Later))
        .ThenRejected("illegal_transition");

    [Fact]
    public void A_payment_expires_when_it_is_due_and_not_before()
    {
        var due = Noon.AddMinutes(Terms.PaymentMinutes);
        Given(Prepaid).When(order => order.ExpirePayment(due.AddTicks(-1))).ThenNothing();
        Given(Prepaid).When(order => order.ExpirePayment(due)).Then(Expired).PaymentStatus.ShouldBe(PaymentStatus.Expired);
    }

    [Fact]
    public void Cash_on_delivery_is_paid_when_the_driver_has_collected_it() => Given(Placed(), Confirmed, Ready, Left)
        .When(order => order.CompleteDelivery(Total, Delivered.At))
        .Then(Delivered).PaymentStatus.ShouldBe(PaymentStatus.Paid);

    [Fact]
    public void A_pickup_is_paid_when_the_cash_is_there() => Given(Placed(type: DeliveryType.Pickup), Confirmed, Ready)
        .When(order => order.Collect(Total, Collected.At))
        .Then(Collected).PaymentStatus.ShouldBe(PaymentStatus.Paid);

    [Fact]
    public void Goods_are_not_handed_over_without_exactly_the_cash_that_is_due()
    {
        var cod = Given(Placed(), Confirmed, Ready, Left);
        foreach (var cash in new Money?[] { null, Eur(0), Eur(3_249), Eur(3_251), new(3_250, "USD") })
        {
            cod.When(order => order.CompleteDelivery(cash, Later)).ThenRejected("cash_mismatch").Details!["due"].ShouldBe(Total);
        }
    }

    [Fact]
    public void No_cash_is_taken_for_a_prepaid_order()
    {
        var prepaid = Given(Prepaid, Authorized, Confirmed, Ready, Left);
        prepaid.When(order => order.CompleteDelivery(Total, Later)).ThenRejected("cash_mismatch");
        prepaid.When(order => order.CompleteDelivery(null, Delivered.At))
            .Then(Delivered with { CashCollected = null }).PaymentStatus.ShouldBe(PaymentStatus.Authorized);
    }

    [Fact]
    public void A_free_order_is_settled_with_nothing() => Given(Placed() with { Total = Eur(0) }, Confirmed, Ready, Left)
        .When(order => order.CompleteDelivery(null, Delivered.At))
        .Then(Delivered with { CashCollected = Eur(0) }).PaymentStatus.ShouldBe(PaymentStatus.Paid);

    [Fact]
    public void Nothing_is_due_for_what_will_not_be_fulfilled()
    {
        Fold(Placed(), Rejected).PaymentStatus.ShouldBe(PaymentStatus.Voided);
        Fold(Prepaid, Authorized, Canceled).PaymentStatus.ShouldBe(PaymentStatus.Voided);
        Fold(Placed(), Confirmed, Ready, Left, Failed, Returned).CashDue.ShouldBe(Eur(0));
    }

    [Fact]
    public void Without_a_promise_the_wanted_time_is_promised() => Given(Placed())
        .When(order => order.Confirm(null, Noon.AddMinutes(2)))
        .Then(Confirmed with { PromisedAt = Noon.AddMinutes(45) });

    [Fact]
    public void A_promise_is_not_in_the_past() => Given(Placed())
        .When(order => order.Confirm(Noon, Noon.AddTicks(1)))
        .ThenRejected("in_the_past");

    [Fact]
    public void An_order_has_one_active_delivery() => Given(Placed(), Confirmed, Ready, Left)
        .When(order => order.HandToDriver(new(Uuid.Named("another")), Dan, Later))
        .ThenRejected("illegal_transition");

    [Fact]
    public void A_redelivery_may_be_another_delivery() => Given(Placed(), Confirmed, Ready, Left, Failed, Redelivery)
        .When(order => order.HandToDriver(new(Uuid.Named("another")), Dan, Left.At))
        .Then(Left with { DeliveryId = new(Uuid.Named("another")) });

    [Fact]
    public void A_reversed_sale_repeats_what_was_placed() => Given(Placed(), Confirmed)
        .When(order => order.Cancel(CanceledBy.Business, "sold_out", Canceled.At))
        .Then(Canceled);

    private static Spec<Order, OrderEvent> Given(params OrderEvent[] events) => new Spec<Order, OrderEvent>().Given(events);

    private static Order Fold(params OrderEvent[] events) => events.Aggregate((Order?)null, Order.Evolve)!;
}
