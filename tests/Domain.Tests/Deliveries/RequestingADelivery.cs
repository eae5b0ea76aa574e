using Mainstreet.Domain.Deliveries;
using static Mainstreet.Domain.Tests.Deliveries.DeliverySamples;

namespace Mainstreet.Domain.Tests.Deliveries;

public class RequestingADelivery
{
    [Fact]
    public void Starts_unassigned() => New(CashRequest)
        .Then(new DeliveryRequested(Parcel, Order, "1001", Carla, CashRequest.Pickup, CashRequest.DropOff, CashRequest.Contact, Due, CashRequest.Fee, Now))
        .Status.ShouldBe(DeliveryStatus.Unassigned);

    [Fact]
    public void Is_checked()
    {
        New(CashRequest with { OrderNumber = "" }).ThenRejected("order_number_missing");
        New(CashRequest with { Pickup = CashRequest.Pickup with { Name = "" } }).ThenRejected("pickup_invalid");
        New(CashRequest with { Pickup = CashRequest.Pickup with { Address = CashRequest.Pickup.Address! with { Line = "" } } }).ThenRejected("address_invalid");
        New(CashRequest with { DropOff = CashRequest.DropOff with { Line = " " } }).ThenRejected("address_required");
        New(CashRequest with { Fee = new Money(-1, "EUR") }).ThenRejected("amount_invalid");
        New(CashRequest with { CashToCollect = Money.Zero("EUR") }).ThenRejected("amount_invalid");
        New(CashRequest with { CashToCollect = new Money(1, "USD") }).ThenRejected("amount_invalid");
    }

    private static Spec<Delivery, DeliveryEvent> New(DeliveryRequest request) => new Spec<Delivery, DeliveryEvent>().WhenNew(() => Delivery.Request(request, Now));
}
