using Mainstreet.Domain;
using Mainstreet.Domain.Notifications;
using Mainstreet.Domain.OrderMessages;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Application.Notifications;

/// <summary>Customers are told of every step of their orders (ORD-10). Which ones, says <see cref="OrderNews"/>.</summary>
internal sealed class OrderNotifications : Policy
{
    public OrderNotifications() : base("order_notifications")
    {
        On<OrderPlaced>(Tell);
        On<OrderPaymentAuthorized>(Tell);
        On<OrderPaymentFailed>(Tell);
        On<OrderPaymentExpired>(Tell);
        On<OrderConfirmed>(Tell);
        On<OrderAmended>(Tell);
        On<OrderRejected>(Tell);
        On<OrderPreparationStarted>(Tell);
        On<OrderReady>(Tell);
        On<OrderOutForDelivery>(Tell);
        On<OrderDelivered>(Tell);
        On<OrderCollected>(Tell);
        On<OrderCompleted>(Tell);
        On<OrderDeliveryFailed>(Tell);
        On<OrderRedeliveryRequested>(Tell);
        On<OrderReturned>(Tell);
        On<OrderCanceled>(Tell);
        On<OrderRefunded>(Tell);
        On<OrderMessageSent>((e, envelope) => Tell(OrderNews.Of(e), envelope));
    }

    private static ScheduledCommand? Tell(OrderEvent e, EventEnvelope envelope) => Tell(OrderNews.Of(e), envelope);

    private static ScheduledCommand? Tell(OrderNews? news, EventEnvelope envelope) =>
        news is not null ? Schedule(new NotifyCustomer(news, envelope.EventId), news.At, $"order-news:{envelope.EventId}") : null;
}
