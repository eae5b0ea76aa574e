using Mainstreet.Application.Dashboards;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using static Mainstreet.Application.Tests.Dashboards.OrderEventSamples;

namespace Mainstreet.Application.Tests.Dashboards;

public class OrderStatusesTests
{
    private static ProjectionSpec<OrderStatusRow> Statuses => new(new OrderStatusesProjection());

    [Fact]
    public void An_order_begins_pending_or_awaiting_its_payment() => Statuses
        .Given(Placed("cash"), Placed("card", paymentDueBy: Noon.AddMinutes(15)))
        .ThenView(new(Id("cash"), Monday, OrderStatus.Pending), new(Id("card"), Monday, OrderStatus.AwaitingPayment));

    /// <summary>Every step, against the status that the order itself has.</summary>
    [Fact]
    public void Each_step_leads_where_the_order_says()
    {
        var placed = Placed();
        var (id, number, delivery) = (placed.OrderId, placed.Number, new DeliveryId(Uuid.Named("delivery")));
        OrderEvent[] steps =
        [
            placed, placed.Confirmed(), new OrderPreparationStarted(id, number, Noon), new OrderReady(id, number, Noon),
            new OrderOutForDelivery(id, number, delivery, new(Uuid.Named("driver")), Noon), new OrderDeliveryFailed(id, number, delivery, "nobody_home", Noon),
            new OrderRedeliveryRequested(id, number, Noon), new OrderOutForDelivery(id, number, delivery, new(Uuid.Named("driver")), Noon),
            new OrderDelivered(id, number, delivery, null, Noon), new OrderCompleted(id, number, Noon), .. Money(placed),
        ];
        OrderEvent[][] others =
        [
            [Placed(paymentDueBy: Noon), new OrderPaymentAuthorized(id, number, "pi_1", placed.Total, null, Noon)],
            [Placed(paymentDueBy: Noon), placed.Expired()], [placed, placed.Rejected()], [placed, placed.Canceled()], [placed, placed.Returned()],
            [placed, new OrderCollected(id, number, null, Noon)],
            [
                placed, new OrderAmended(
                    id, number, placed.CustomerId, placed.Lines, placed.Subtotal, placed.Discount, placed.Tax, placed.Total, null, null, placed.Rejected().Reversed, null, false, Noon),
            ],
        ];
        var histories = Enumerable.Range(1, steps.Length).Select(n => steps[..n]).Concat(others).ToArray();
        foreach (var history in histories)
        {
            var order = history.Aggregate((Order?)null, Order.Evolve)!;
            Statuses.Given(history).ThenView(new OrderStatusRow(id, Monday, order.Status));
        }

        histories.SelectMany(history => history).Select(e => e.GetType()).Distinct()
            .ShouldBe(typeof(OrderEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(OrderEvent))), ignoreOrder: true);
    }

    /// <summary>What happens to the money leaves the order where it stands.</summary>
    private static OrderEvent[] Money(OrderPlaced placed)
    {
        var (id, number, refund) = (placed.OrderId, placed.Number, new RefundId(Uuid.Named("refund")));
        return
        [
            new OrderPaymentFailed(id, number, "card_declined", Noon), new OrderPaymentCaptured(id, number, placed.Total, Noon),
            new OrderRefundRequested(id, number, refund, placed.Total, [], null, Noon), new OrderRefunded(id, number, refund, placed.Total, PaymentStatus.Refunded, Noon),
            new OrderRefundFailed(id, number, refund, placed.Total, "expired_card", PaymentStatus.Paid, Noon),
        ];
    }
}
