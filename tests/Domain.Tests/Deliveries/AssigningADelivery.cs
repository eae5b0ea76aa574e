using Mainstreet.Domain.Deliveries;
using static Mainstreet.Domain.Tests.Deliveries.DeliverySamples;

namespace Mainstreet.Domain.Tests.Deliveries;

public class AssigningADelivery
{
    [Fact]
    public void Gives_it_to_one_driver()
    {
        When(DeliveryStatus.Unassigned, d => d.Assign(Dana, "Dana R.", Now)).Then(new DeliveryAssigned(Parcel, Order, Dana, "Dana R.", Now)).DriverId.ShouldBe(Dana);
        When(DeliveryStatus.Assigned, d => d.Assign(Dana, "Dana R.", Now)).ThenNothing();
        When(DeliveryStatus.EnRoute, d => d.Assign(Dana, "Dana R.", Now)).ThenNothing();
        Illegal(DeliveryStatus.Assigned, d => d.Assign(Emil, null, Now), "unassigned", "canceled");
        Illegal(DeliveryStatus.PickedUp, d => d.Assign(Emil, null, Now));
        Illegal(DeliveryStatus.Delivered, d => d.Assign(Dana, null, Now));
    }

    [Theory]
    [InlineData(DeliveryStatus.Assigned)]
    [InlineData(DeliveryStatus.ToBusiness)]
    [InlineData(DeliveryStatus.AtPickup)]
    public void Can_be_taken_back_before_the_goods_are_picked_up(DeliveryStatus status)
    {
        var unassigned = new DeliveryUnassigned(Parcel, Order, Dana, "Flat tyre", Now);
        var delivery = When(status, d => d.Unassign("Flat tyre", Now)).Then(unassigned);
        (delivery.Status, delivery.DriverId).ShouldBe((DeliveryStatus.Unassigned, null));
        Should.Throw<DomainException>(() => delivery.Advance(DeliveryStatus.ToBusiness, Dana, Now)).Error.Code.ShouldBe("not_found");
    }

    [Theory]
    [InlineData(DeliveryStatus.PickedUp)]
    [InlineData(DeliveryStatus.EnRoute)]
    [InlineData(DeliveryStatus.Arrived)]
    [InlineData(DeliveryStatus.Delivered)]
    [InlineData(DeliveryStatus.Failed)]
    public void Is_final_once_the_goods_are_on_the_way(DeliveryStatus status)
    {
        Illegal(status, d => d.Unassign(null, Now));
        Illegal(status, d => d.Cancel(null, Now));
    }

    [Fact]
    public void Has_nothing_to_take_back_before()
    {
        When(DeliveryStatus.Unassigned, d => d.Unassign(null, Now)).ThenNothing();
        When(DeliveryStatus.Assigned, d => d.Unassign(new string('r', 501), Now)).ThenRejected("reason_invalid");
        Illegal(DeliveryStatus.Canceled, d => d.Unassign(null, Now));
    }

    [Fact]
    public void Can_be_canceled_instead()
    {
        When(DeliveryStatus.Unassigned, d => d.Cancel("Sold out", Now)).Then(new DeliveryCanceled(Parcel, Order, null, Carla, "Sold out", Now));
        When(DeliveryStatus.AtPickup, d => d.Cancel(null, Now)).Then(new DeliveryCanceled(Parcel, Order, Dana, Carla, null, Now)).Status.ShouldBe(DeliveryStatus.Canceled);
        When(DeliveryStatus.Canceled, d => d.Cancel(null, Now)).ThenNothing();
        When(DeliveryStatus.Assigned, d => d.Cancel(new string('r', 501), Now)).ThenRejected("reason_invalid");
    }

    private static Spec<Delivery, DeliveryEvent> When(DeliveryStatus status, Func<Delivery, DeliveryEvent[]> decide) =>
        new Spec<Delivery, DeliveryEvent>().Given(In(status)).When(decide);

    private static void Illegal(DeliveryStatus status, Func<Delivery, DeliveryEvent[]> decide, params string[] allowed) =>
        When(status, decide).ThenRejected("illegal_transition").Details!["allowed_transitions"].ShouldBe(allowed);
}
