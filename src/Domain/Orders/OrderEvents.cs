using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Orders;

public abstract record OrderEvent : IEvent;

/// <summary>
/// <paramref name="BusinessDate"/> is the day in the business's timezone: the order's revenue counts on it, until one of
/// the events with a <see cref="ReversedSale"/> takes it back. Without an answer by <paramref name="AcceptBy"/> it is rejected;
/// null while it is unpaid, or when it needs no answer.
/// </summary>
/// <param name="Discount">Of the lines, and off the delivery fee.</param>
[EventType("order.placed.v1", Description = "A customer ordered. The sale counts on the business date, until an event with a reversed sale takes it back.")]
public sealed record OrderPlaced(
    OrderId OrderId,
    string Number,
    OrderChannel Channel,
    DeliveryType DeliveryType,
    OrderLine[] Lines,
    Money Subtotal,
    Money Discount,
    Money Tax,
    bool TaxIncluded,
    Money DeliveryFee,
    Money Tip,
    Money Total,
    PaymentMethod PaymentMethod,
    PaymentStatus PaymentStatus,
    [property: DataSubject] CustomerId CustomerId,
    Contact Contact,
    Address? DropOff,
    DateOnly BusinessDate,
    string TrackingTokenHash,
    OrderTerms Terms,
    DateTimeOffset? ScheduledFor,
    DateTimeOffset? PaymentDueBy,
    DateTimeOffset? AcceptBy,
    AppliedCoupon? Coupon,
    AppliedPoints? Points,
    DateTimeOffset At) : OrderEvent;

[EventType("order.payment_authorized.v1", Description = "The payment of an order is sure; it waits for the business's answer.")]
public sealed record OrderPaymentAuthorized(
    OrderId OrderId, string Number, string Reference, Money Amount, DateTimeOffset? AcceptBy, DateTimeOffset At) : OrderEvent;

[EventType("order.payment_captured.v1", Description = "What was held for an order is paid.")]
public sealed record OrderPaymentCaptured(OrderId OrderId, string Number, Money Amount, DateTimeOffset At) : OrderEvent;

/// <summary><paramref name="Reason"/> is the provider's code: the business has confirmed the order, and is not paid for it.</summary>
[EventType("order.payment_failed.v1", Description = "What was held for an order cannot be had any more. The business decides what becomes of the order.")]
public sealed record OrderPaymentFailed(OrderId OrderId, string Number, string Reason, DateTimeOffset At) : OrderEvent;

[EventType("order.payment_expired.v1", Description = "An order was not paid in time and is void.")]
public sealed record OrderPaymentExpired(OrderId OrderId, string Number, ReversedSale Reversed, DateTimeOffset At) : OrderEvent;

/// <summary><paramref name="Held"/> is what the provider holds for the order and is to be taken now; null where nothing is prepaid.</summary>
[EventType("order.confirmed.v1", Description = "The business took the order on.")]
public sealed record OrderConfirmed(OrderId OrderId, string Number, DateTimeOffset PromisedAt, Money? Held, DateTimeOffset At) : OrderEvent;

[EventType("order.rejected.v1", Description = "The business did not take the order on, or did not answer in time.")]
public sealed record OrderRejected(OrderId OrderId, string Number, string Reason, ReversedSale Reversed, DateTimeOffset At) : OrderEvent;

[EventType("order.preparation_started.v1", Description = "The business is preparing the order.")]
public sealed record OrderPreparationStarted(OrderId OrderId, string Number, DateTimeOffset At) : OrderEvent;

[EventType("order.ready.v1", Description = "The order is ready to be collected or delivered.")]
public sealed record OrderReady(OrderId OrderId, string Number, DateTimeOffset At) : OrderEvent;

[EventType("order.out_for_delivery.v1", Description = "The order is on the way to the customer.")]
public sealed record OrderOutForDelivery(OrderId OrderId, string Number, DeliveryId DeliveryId, DriverId DriverId, DateTimeOffset At) : OrderEvent;

[EventType("order.delivered.v1", Description = "The order was handed over at the door.")]
public sealed record OrderDelivered(OrderId OrderId, string Number, DeliveryId DeliveryId, Money? CashCollected, DateTimeOffset At) : OrderEvent;

[EventType("order.collected.v1", Description = "The customer collected the order.")]
public sealed record OrderCollected(OrderId OrderId, string Number, Money? CashCollected, DateTimeOffset At) : OrderEvent;

[EventType("order.completed.v1", Description = "The order is done; nothing follows but a return.")]
public sealed record OrderCompleted(OrderId OrderId, string Number, DateTimeOffset At) : OrderEvent;

[EventType("order.delivery_failed.v1", Description = "The order could not be handed over.")]
public sealed record OrderDeliveryFailed(OrderId OrderId, string Number, DeliveryId DeliveryId, string Reason, DateTimeOffset At) : OrderEvent;

[EventType("order.redelivery_requested.v1", Description = "The order is to be tried again.")]
public sealed record OrderRedeliveryRequested(OrderId OrderId, string Number, DateTimeOffset At) : OrderEvent;

[EventType("order.returned.v1", Description = "The goods came back; the sale no longer counts.")]
public sealed record OrderReturned(OrderId OrderId, string Number, ReversedSale Reversed, DateTimeOffset At) : OrderEvent;

[EventType("order.canceled.v1", Description = "The order was called off; the sale no longer counts.")]
public sealed record OrderCanceled(OrderId OrderId, string Number, CanceledBy By, string Reason, ReversedSale Reversed, DateTimeOffset At) : OrderEvent;

/// <summary>
/// The goods as they are from now on, and what they come to; delivery fee and tip stay. <paramref name="Replaced"/> is the sale as it counted until now, repeated
/// here because a projection cannot look it up.
/// </summary>
/// <param name="CustomerAgreed">To pay more, where it is more.</param>
[EventType("order.amended.v1", Description = "The goods of an order were changed before they were ready. The sale counts as it is now, and no longer as the replaced one.")]
public sealed record OrderAmended(
    OrderId OrderId,
    string Number,
    [property: DataSubject] CustomerId CustomerId,
    OrderLine[] Lines,
    Money Subtotal,
    Money Discount,
    Money Tax,
    Money Total,
    AppliedCoupon? Coupon,
    AppliedPoints? Points,
    ReversedSale Replaced,
    [property: PersonalData] string? Reason,
    bool CustomerAgreed,
    DateTimeOffset At) : OrderEvent;

/// <summary>Goods that come back are on the shelf again from now on, whatever becomes of the money.</summary>
[EventType("order.refund_requested.v1", Description = "Something of what was paid for an order is to be given back, for these goods or for other reasons.")]
public sealed record OrderRefundRequested(
    OrderId OrderId, string Number, RefundId RefundId, Money Amount, RefundedLine[] Lines, string? Reason, DateTimeOffset At) : OrderEvent;

[EventType("order.refunded.v1", Description = "Something of what was paid for an order was given back.")]
public sealed record OrderRefunded(
    OrderId OrderId, string Number, RefundId RefundId, Money Amount, PaymentStatus PaymentStatus, DateTimeOffset At) : OrderEvent;

[EventType("order.refund_failed.v1", Description = "A refund of an order could not be made: the customer does not have that money.")]
public sealed record OrderRefundFailed(
    OrderId OrderId, string Number, RefundId RefundId, Money Amount, string Reason, PaymentStatus PaymentStatus, DateTimeOffset At) : OrderEvent;

/// <summary>The sale that no longer counts, repeated here because a projection cannot look it up.</summary>
public sealed record ReversedSale(DateOnly BusinessDate, OrderChannel Channel, CustomerId CustomerId, Money Total, ReversedLine[] Lines);

/// <param name="Discount">Off the subtotal; null: nothing was.</param>
public sealed record ReversedLine(ProductId ProductId, VariantId VariantId, decimal Quantity, Money Subtotal, Money? Discount = null);

/// <summary>The coupon an order was placed with, as it was then.</summary>
/// <param name="Saved">What the customer pays less.</param>
public sealed record AppliedCoupon(CouponId CouponId, string Code, Money Saved);

/// <summary>The points of a customer's account that an order is paid with in part.</summary>
/// <param name="Saved">What the customer pays less.</param>
public sealed record AppliedPoints(AccountId AccountId, long Points, Money Saved)
{
    /// <summary>The same, or as many of them as there are goods to pay for; null: none.</summary>
    internal AppliedPoints? For(Money goods)
    {
        var value = Saved.Amount / Points; // of one: a whole number of minor units
        var most = goods.Amount / value;
        return Points <= most ? this : most == 0 ? null : this with { Points = most, Saved = Saved with { Amount = most * value } };
    }
}

/// <param name="Restocked">It is on the shelf again.</param>
public sealed record RefundedLine(int LineNo, VariantId VariantId, decimal Quantity, bool Restocked);

[JsonSerializable(typeof(OrderPlaced))]
[JsonSerializable(typeof(OrderPaymentAuthorized))]
[JsonSerializable(typeof(OrderPaymentCaptured))]
[JsonSerializable(typeof(OrderPaymentFailed))]
[JsonSerializable(typeof(OrderPaymentExpired))]
[JsonSerializable(typeof(OrderConfirmed))]
[JsonSerializable(typeof(OrderRejected))]
[JsonSerializable(typeof(OrderPreparationStarted))]
[JsonSerializable(typeof(OrderReady))]
[JsonSerializable(typeof(OrderOutForDelivery))]
[JsonSerializable(typeof(OrderDelivered))]
[JsonSerializable(typeof(OrderCollected))]
[JsonSerializable(typeof(OrderCompleted))]
[JsonSerializable(typeof(OrderDeliveryFailed))]
[JsonSerializable(typeof(OrderRedeliveryRequested))]
[JsonSerializable(typeof(OrderReturned))]
[JsonSerializable(typeof(OrderCanceled))]
[JsonSerializable(typeof(OrderAmended))]
[JsonSerializable(typeof(OrderRefundRequested))]
[JsonSerializable(typeof(OrderRefunded))]
[JsonSerializable(typeof(OrderRefundFailed))]
internal sealed partial class OrderJson : JsonSerializerContext;
