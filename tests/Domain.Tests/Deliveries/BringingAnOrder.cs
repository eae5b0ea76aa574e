using Mainstreet.Domain.Deliveries;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Tests.Orders;

namespace Mainstreet.Domain.Tests.Deliveries;

public class BringingAnOrder
{
    private static readonly OrderPlaced Placed = OrderSamples.Placed();

    [Fact]
    public void A_request_says_what_the_driver_needs() =>
        DeliveryRequest.For(Fold(Placed), DeliverySamples.Parcel, DeliverySamples.CashRequest.Pickup).ShouldBe(new DeliveryRequest(
            DeliverySamples.Parcel, Placed.OrderId, "1001", Placed.CustomerId, DeliverySamples.CashRequest.Pickup, Placed.DropOff!, Placed.Contact, Placed.Total, Placed.DeliveryFee));

    [Fact]
    public void Nothing_is_due_at_the_door_when_it_was_paid_before() =>
        DeliveryRequest.For(Fold(OrderSamples.Placed(PaymentMethod.Card), OrderSamples.Authorized), DeliverySamples.Parcel, DeliverySamples.CashRequest.Pickup).CashToCollect.ShouldBeNull();

    [Fact]
    public void A_driver_can_have_it_from_its_confirmation_until_it_leaves()
    {
        Refusal(Placed).Code.ShouldBe("illegal_transition");
        Refusal(Placed, OrderSamples.Confirmed, OrderSamples.Canceled).Details!["allowed_transitions"].ShouldBe(Array.Empty<string>());
        Refusal(Placed, OrderSamples.Confirmed, OrderSamples.Ready, OrderSamples.Left).Details!["current_status"].ShouldBe("out_for_delivery");
        Refusal(OrderSamples.Placed(type: DeliveryType.Pickup), OrderSamples.Confirmed).Code.ShouldBe("not_for_delivery");
        foreach (OrderEvent[] way in (OrderEvent[][])[[], [OrderSamples.Preparing], [OrderSamples.Preparing, OrderSamples.Ready]])
        {
            Delivery.RequireAssignable(Fold([Placed, OrderSamples.Confirmed, .. way]));
        }
    }

    [Fact]
    public void The_deliveries_of_an_order_are_known_beforehand_and_belong_to_its_business()
    {
        var ids = Delivery.IdsOf(TenantId.From(Uuid.Named("bakery")), Placed.OrderId);

        ids.ShouldBeUnique();
        ids.Length.ShouldBe(Delivery.MostPerOrder);
        Delivery.IdsOf(TenantId.From(Uuid.Named("bakery")), Placed.OrderId).ShouldBe(ids);
        Delivery.IdsOf(TenantId.From(Uuid.Named("florist")), Placed.OrderId).ShouldNotContain(id => ids.Contains(id));
    }

    private static Order Fold(params OrderEvent[] events) => events.Aggregate((Order?)null, Order.Evolve)!;

    private static DomainError Refusal(params OrderEvent[] events) => Should.Throw<DomainException>(() => Delivery.RequireAssignable(Fold(events))).Error;
}
