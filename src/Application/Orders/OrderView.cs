using Mainstreet.Domain;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Application.Orders;

/// <summary>An order as staff see it. Contact and address are there for those who prepare and bring it.</summary>
public sealed record OrderView(
    [property: Key] OrderId OrderId,
    int Version,
    string Number,
    OrderStatus Status,
    PaymentStatus PaymentStatus,
    PaymentMethod PaymentMethod,
    OrderChannel Channel,
    DeliveryType DeliveryType,
    CustomerId CustomerId,
    Contact Contact,
    Address? DropOff,
    OrderLine[] Lines,
    Money Subtotal,
    Money Discount,
    Money Tax,
    bool TaxIncluded,
    Money DeliveryFee,
    Money Tip,
    Money Total,
    DateOnly BusinessDate,
    [property: NotShown] string TrackingTokenHash,
    DateTimeOffset? ScheduledFor,
    DateTimeOffset? PaymentDueBy,
    DateTimeOffset? AcceptBy,
    DateTimeOffset? PromisedAt,
    DeliveryId? DeliveryId,
    DriverId? DriverId,
    CanceledBy? CanceledBy,
    string? Reason,
    Money? CashCollected,
    CouponId? CouponId,
    string? CouponCode,
    Money? CouponSaved,
    AppliedPoints? Points,
    StatusChange[] Timeline,
    DateTimeOffset PlacedAt,
    DateTimeOffset UpdatedAt)
{
    public AppliedCoupon? Coupon => CouponId is { } coupon ? new(coupon, CouponCode!, CouponSaved!.Value) : null;

    public OrderTotals Totals => new(Subtotal, Discount, Tax, TaxIncluded, DeliveryFee, Tip, Total);

    public TaxTotal[] Taxes => TaxTotal.Of(Lines, TaxIncluded);

    public string[] AllowedTransitions => Order.TransitionsFrom(Status, DeliveryType);

    /// <summary>A row before its first event.</summary>
    internal static OrderView Empty(OrderId id)
    {
        var nothing = Money.Zero("");
        return new(
            id, 0, "", default, default, default, default, default, default, new(null, null, null), null, [],
            nothing, nothing, nothing, false, nothing, nothing, nothing, default, "",
            null, null, null, null, null, null, null, null, null, null, null, null, null, [], default, default);
    }
}

/// <summary>When an order reached a status (ORD-06); who did it stands in its history.</summary>
public sealed record StatusChange(OrderStatus Status, DateTimeOffset At);

internal sealed class OrderProjection : Projection<OrderView>
{
    public OrderProjection() : base("orders", version: 6, inline: true)
    {
        On<OrderPlaced>(e => OrderView.Empty(e.OrderId), Placed);
        Step<OrderPaymentAuthorized>(e => e.OrderId, e => e.At, OrderStatus.Pending,
            (order, e) => order with { PaymentStatus = PaymentStatus.Authorized, AcceptBy = e.AcceptBy });
        Changes<OrderPaymentCaptured>(e => e.OrderId, e => e.At, (order, _) => order with { PaymentStatus = PaymentStatus.Paid });
        Changes<OrderPaymentFailed>(e => e.OrderId, e => e.At, (order, _) => order with { PaymentStatus = PaymentStatus.Failed });
        Changes<OrderRefundRequested>(e => e.OrderId, e => e.At, (order, _) => order);
        Changes<OrderRefunded>(e => e.OrderId, e => e.At, (order, e) => order with { PaymentStatus = e.PaymentStatus });
        Changes<OrderRefundFailed>(e => e.OrderId, e => e.At, (order, e) => order with { PaymentStatus = e.PaymentStatus });
        Step<OrderPaymentExpired>(e => e.OrderId, e => e.At, OrderStatus.Canceled,
            (order, _) => order with { PaymentStatus = PaymentStatus.Expired, Reason = "payment_expired" });
        Step<OrderConfirmed>(e => e.OrderId, e => e.At, OrderStatus.Confirmed, (order, e) => order with { PromisedAt = e.PromisedAt });
        Changes<OrderAmended>(e => e.OrderId, e => e.At, (order, e) => order with
        {
            Lines = e.Lines,
            Subtotal = e.Subtotal,
            Discount = e.Discount,
            Tax = e.Tax,
            Total = e.Total,
            CouponSaved = e.Coupon?.Saved,
            Points = e.Points,
        });
        Step<OrderRejected>(e => e.OrderId, e => e.At, OrderStatus.Rejected, (order, e) => Unfulfilled(order) with { Reason = e.Reason });
        Step<OrderPreparationStarted>(e => e.OrderId, e => e.At, OrderStatus.Preparing);
        Step<OrderReady>(e => e.OrderId, e => e.At, OrderStatus.Ready);
        Step<OrderOutForDelivery>(e => e.OrderId, e => e.At, OrderStatus.OutForDelivery,
            (order, e) => order with { DeliveryId = e.DeliveryId, DriverId = e.DriverId });
        Step<OrderDelivered>(e => e.OrderId, e => e.At, OrderStatus.Delivered, (order, e) => HandedOver(order, e.CashCollected));
        Step<OrderCollected>(e => e.OrderId, e => e.At, OrderStatus.Delivered, (order, e) => HandedOver(order, e.CashCollected));
        Step<OrderCompleted>(e => e.OrderId, e => e.At, OrderStatus.Completed);
        Step<OrderDeliveryFailed>(e => e.OrderId, e => e.At, OrderStatus.DeliveryFailed, (order, e) => order with { Reason = e.Reason });
        Step<OrderRedeliveryRequested>(e => e.OrderId, e => e.At, OrderStatus.Ready, (order, _) => order with { Reason = null });
        Step<OrderReturned>(e => e.OrderId, e => e.At, OrderStatus.Returned, (order, _) => Unfulfilled(order));
        Step<OrderCanceled>(e => e.OrderId, e => e.At, OrderStatus.Canceled,
            (order, e) => Unfulfilled(order) with { CanceledBy = e.By, Reason = e.Reason });
        Index("placed_at desc", "order_id desc");
        Index("status", "placed_at desc", "order_id desc");
        Index("customer_id", "placed_at desc");
        IndexWhere("coupon_id is not null", "coupon_id", "placed_at desc", "order_id desc");
    }

    private static OrderView Placed(OrderView order, OrderPlaced e, FoldContext context) => Changed(
        new(
            e.OrderId, context.Version, e.Number, default, e.PaymentStatus, e.PaymentMethod, e.Channel, e.DeliveryType, e.CustomerId, e.Contact,
            e.DropOff, e.Lines, e.Subtotal, e.Discount, e.Tax, e.TaxIncluded, e.DeliveryFee, e.Tip, e.Total, e.BusinessDate, e.TrackingTokenHash,
            e.ScheduledFor, e.PaymentDueBy, e.AcceptBy, null, null, null, null, null, null, e.Coupon?.CouponId, e.Coupon?.Code, e.Coupon?.Saved, e.Points, [], e.At, e.At),
        e.PaymentDueBy is null ? OrderStatus.Pending : OrderStatus.AwaitingPayment, e.At, context);

    private void Step<TEvent>(
        Func<TEvent, OrderId> id, Func<TEvent, DateTimeOffset> at, OrderStatus status, Func<OrderView, TEvent, OrderView>? fold = null)
        where TEvent : OrderEvent =>
        On<TEvent>(
            e => OrderView.Empty(id(e)),
            (order, e, context) => Changed(fold is null ? order : fold(order, e), status, at(e), context));

    private void Changes<TEvent>(Func<TEvent, OrderId> id, Func<TEvent, DateTimeOffset> at, Func<OrderView, TEvent, OrderView> fold) where TEvent : OrderEvent =>
        On<TEvent>(e => OrderView.Empty(id(e)), (order, e, context) => fold(order, e) with { Version = context.Version, UpdatedAt = at(e) });

    private static OrderView Changed(OrderView order, OrderStatus status, DateTimeOffset at, FoldContext context) =>
        order with { Version = context.Version, Status = status, Timeline = [.. order.Timeline, new(status, at)], UpdatedAt = at };

    private static OrderView HandedOver(OrderView order, Money? cash) =>
        order with { CashCollected = cash, PaymentStatus = cash is null ? order.PaymentStatus : PaymentStatus.Paid };

    private static OrderView Unfulfilled(OrderView order) =>
        order with { PaymentStatus = order.PaymentStatus.IsSettled() ? order.PaymentStatus : PaymentStatus.Voided };
}
