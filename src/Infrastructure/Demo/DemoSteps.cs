using Mainstreet.Application.Deliveries;
using Mainstreet.Application.Orders;
using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Domain.Deliveries;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Infrastructure.Demo;

/// <summary>Something that somebody does with an order, so many minutes after it was placed.</summary>
internal sealed record DemoStep(int Minute, Func<DemoStage, Task> Take);

/// <summary>What becomes of an order, step by step, as its customer, its business and its driver take them.</summary>
internal static class DemoSteps
{
    /// <param name="order">As it was placed.</param>
    public static IEnumerable<DemoStep> Of(DemoOrder demo, Order order)
    {
        var id = order.Id;
        if (demo.Fate is Fate.Placed or Fate.PlacedByCard or Fate.Unanswered)
        {
            yield break;
        }

        if (order.PaymentMethod == PaymentMethod.Card)
        {
            yield return new(1, stage => stage.AsOwner(new SimulatePayment(id)));
        }

        if (demo.Fate == Fate.CanceledByCustomer)
        {
            yield return new(2, stage => stage.AsGuest(new CancelOrder(id, CanceledBy.Customer, "customer_request")));
            yield break;
        }

        if (demo.Fate == Fate.Rejected)
        {
            yield return new(4, stage => stage.AsOwner(new RejectOrder(id, "We cannot make it today")));
            yield break;
        }

        yield return new(3, stage => stage.AsOwner(new ConfirmOrder(id)));
        if (demo.Fate == Fate.CanceledByBusiness)
        {
            yield return new(7, stage => stage.AsOwner(new CancelOrder(id, CanceledBy.Business, "Sold out over the counter")));
        }

        if (demo.Fate < Fate.Preparing)
        {
            yield break;
        }

        yield return new(6, stage => stage.AsOwner(new StartPreparation(id)));
        if (demo.Fate == Fate.Preparing)
        {
            yield break;
        }

        yield return new(18, stage => stage.AsOwner(new MarkOrderReady(id)));
        if (demo.Fate == Fate.Collected)
        {
            yield return new(32, stage => stage.AsOwner(new CollectOrder(id, order.CashDue)));
        }

        if (demo.Fate is Fate.Ready or Fate.Collected)
        {
            yield break;
        }

        yield return new(20, stage => stage.AsOwner(new AssignDriver(id, demo.Driver.Id)));
        foreach (var step in Driving(demo, order))
        {
            yield return step;
        }
    }

    private static IEnumerable<DemoStep> Driving(DemoOrder demo, Order order)
    {
        yield return Drive(22, id => new AdvanceDelivery(id, DeliveryStatus.ToBusiness));
        yield return Drive(28, id => new AdvanceDelivery(id, DeliveryStatus.AtPickup));
        yield return Drive(31, id => new AdvanceDelivery(id, DeliveryStatus.PickedUp));
        yield return Drive(32, id => new AdvanceDelivery(id, DeliveryStatus.EnRoute));
        if (demo.Fate == Fate.OnTheWay)
        {
            yield break;
        }

        yield return Drive(44, id => new AdvanceDelivery(id, DeliveryStatus.Arrived));
        if (demo.Fate is Fate.Failed or Fate.Returned)
        {
            yield return Drive(52, id => new AdvanceDelivery(id, DeliveryStatus.Failed, DeliveryFailure.CustomerAbsent, "Nobody answered the bell"));
            if (demo.Fate == Fate.Returned)
            {
                yield return new(80, stage => stage.AsOwner(new ReturnOrder(order.Id)));
            }

            yield break;
        }

        yield return Drive(45, id => new SubmitProof(id, new(Signature: demo.Placing.Contact.Name, Note: "Handed over at the door")));
        if (order.CashDue.Amount > 0)
        {
            yield return Drive(46, id => new CollectCash(id, order.CashDue));
        }

        yield return Drive(47, id => new AdvanceDelivery(id, DeliveryStatus.Delivered));

        DemoStep Drive(int minute, Func<DeliveryId, DriverCommand> command) => new(
            minute, stage => stage.AsDriver(demo.Driver.Id, command(Delivery.IdsOf(stage.Business, order.Id)[0])));
    }
}
