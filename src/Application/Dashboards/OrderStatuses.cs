using Mainstreet.Domain;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Application.Dashboards;

/// <summary>
/// Where each order stands: narrow rows that are counted when they are read. A step does not say from which status it came,
/// so no fold could keep the counts.
/// </summary>
internal sealed record OrderStatusRow([property: Key] OrderId OrderId, DateOnly BusinessDate, OrderStatus Status);

internal sealed class OrderStatusesProjection : Projection<OrderStatusRow>
{
    public OrderStatusesProjection() : base("order_statuses", version: 1)
    {
        On<OrderPlaced>(
            e => new(e.OrderId, e.BusinessDate, default),
            (row, e) => row with { Status = e.PaymentDueBy is null ? OrderStatus.Pending : OrderStatus.AwaitingPayment });
        Step<OrderPaymentAuthorized>(e => e.OrderId, OrderStatus.Pending);
        Step<OrderPaymentExpired>(e => e.OrderId, OrderStatus.Canceled);
        Step<OrderConfirmed>(e => e.OrderId, OrderStatus.Confirmed);
        Step<OrderRejected>(e => e.OrderId, OrderStatus.Rejected);
        Step<OrderPreparationStarted>(e => e.OrderId, OrderStatus.Preparing);
        Step<OrderReady>(e => e.OrderId, OrderStatus.Ready);
        Step<OrderOutForDelivery>(e => e.OrderId, OrderStatus.OutForDelivery);
        Step<OrderDelivered>(e => e.OrderId, OrderStatus.Delivered);
        Step<OrderCollected>(e => e.OrderId, OrderStatus.Delivered);
        Step<OrderCompleted>(e => e.OrderId, OrderStatus.Completed);
        Step<OrderDeliveryFailed>(e => e.OrderId, OrderStatus.DeliveryFailed);
        Step<OrderRedeliveryRequested>(e => e.OrderId, OrderStatus.Ready);
        Step<OrderReturned>(e => e.OrderId, OrderStatus.Returned);
        Step<OrderCanceled>(e => e.OrderId, OrderStatus.Canceled);
        Index("business_date"); // without the status, so that a step rewrites no index
    }

    private void Step<TEvent>(Func<TEvent, OrderId> order, OrderStatus status) where TEvent : OrderEvent =>
        On<TEvent>(e => new(order(e), default, default), (row, _) => row with { Status = status });
}
