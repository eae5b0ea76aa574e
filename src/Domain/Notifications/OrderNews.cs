using Mainstreet.Domain.OrderMessages;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Domain.Notifications;

/// <summary>What a customer is told of an order's step.</summary>
/// <param name="Kind">A <see cref="NotificationKind"/>.</param>
/// <param name="Amount">What it is about, where that is not the order's total.</param>
/// <param name="Time">When the goods can be expected.</param>
public sealed record OrderNews(OrderId OrderId, string Kind, DateTimeOffset At, Money? Amount = null, DateTimeOffset? Time = null)
{
    /// <summary>
    /// The table of steps and news (ORD-10). Null: nobody needs to be told. An order that confirms itself is told once, as confirmed; one that waits for its
    /// payment is told as placed when the payment is sure; what is only asked for, such as a refund, is told when it is done.
    /// </summary>
    public static OrderNews? Of(OrderEvent e) => e switch
    {
        OrderPlaced { PaymentDueBy: null, Terms.AutoConfirm: false } placed => new(placed.OrderId, NotificationKind.Placed, placed.At),
        OrderPlaced => null,
        OrderPaymentAuthorized { AcceptBy: not null } paid => new(paid.OrderId, NotificationKind.Placed, paid.At),
        OrderPaymentAuthorized => null,
        OrderPaymentCaptured => null,
        OrderPaymentFailed failed => new(failed.OrderId, NotificationKind.PaymentFailed, failed.At),
        OrderPaymentExpired expired => new(expired.OrderId, NotificationKind.PaymentExpired, expired.At),
        OrderConfirmed confirmed => new(confirmed.OrderId, NotificationKind.Confirmed, confirmed.At, Time: confirmed.PromisedAt),
        OrderAmended amended => new(amended.OrderId, NotificationKind.Amended, amended.At),
        OrderRejected rejected => new(rejected.OrderId, NotificationKind.Rejected, rejected.At),
        OrderPreparationStarted started => new(started.OrderId, NotificationKind.Preparing, started.At),
        OrderReady ready => new(ready.OrderId, NotificationKind.Ready, ready.At),
        OrderOutForDelivery left => new(left.OrderId, NotificationKind.OutForDelivery, left.At),
        OrderDelivered delivered => new(delivered.OrderId, NotificationKind.Delivered, delivered.At),
        OrderCollected collected => new(collected.OrderId, NotificationKind.Collected, collected.At),
        OrderCompleted completed => new(completed.OrderId, NotificationKind.Completed, completed.At),
        OrderDeliveryFailed failed => new(failed.OrderId, NotificationKind.DeliveryFailed, failed.At),
        OrderRedeliveryRequested requested => new(requested.OrderId, NotificationKind.Redelivery, requested.At),
        OrderReturned returned => new(returned.OrderId, NotificationKind.Returned, returned.At),
        OrderCanceled canceled => new(canceled.OrderId, NotificationKind.Canceled, canceled.At),
        OrderRefundRequested or OrderRefundFailed => null,
        OrderRefunded refunded => new(refunded.OrderId, NotificationKind.Refunded, refunded.At, refunded.Amount),
        _ => throw new InvalidOperationException($"Nobody has said whether customers are told of {e.GetType().Name}."),
    };

    /// <summary>That business or driver wrote to the customer. What they wrote is read where the order is: a mail or an SMS would keep it, whoever is erased.</summary>
    public static OrderNews? Of(OrderMessageSent e) => e.Announced ? new(e.OrderId, NotificationKind.Message, e.At) : null;
}
