using Mainstreet.Domain;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Application.Orders;

/// <summary>What happens to an order when nobody does anything (requirements part 12).</summary>
internal sealed class OrderDeadlines : Policy
{
    public OrderDeadlines() : base("order_deadlines")
    {
        On<OrderPlaced>(e => e.PaymentDueBy is { } due ? Schedule(new ExpireOrderPayment(e.OrderId), due) : Answer(e.OrderId, e.AcceptBy));
        On<OrderPaymentAuthorized>(e => Answer(e.OrderId, e.AcceptBy));
        On<OrderDelivered>(e => Close(e.OrderId, e.At));
        On<OrderCollected>(e => Close(e.OrderId, e.At));
    }

    private static ScheduledCommand? Answer(OrderId order, DateTimeOffset? due) => due is null ? null : Schedule(new TimeoutOrderAcceptance(order), due.Value);

    private static ScheduledCommand Close(OrderId order, DateTimeOffset handedOver) => Schedule(new CloseDeliveredOrder(order), handedOver + Order.ClosesAfter);
}
