using Mainstreet.Api.Reviews;
using Mainstreet.Application.Orders;
using Mainstreet.Application.Reviews;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;

namespace Mainstreet.Api.Orders;

/// <summary>The order as it was placed, with what is needed to follow it.</summary>
/// <param name="PaymentDueBy">Until when a card order has to be paid.</param>
internal sealed record PlacedOrderBody(
    Guid Id,
    string Number,
    OrderStatus Status,
    PaymentStatus PaymentStatus,
    OrderTotals Totals,
    AppliedCouponBody? Coupon,
    AppliedPointsBody? Points,
    DateTimeOffset? ScheduledFor,
    DateTimeOffset? PaymentDueBy,
    TrackingLinkBody Tracking,
    DateTimeOffset CreatedAt)
{
    public static PlacedOrderBody Of(OrderReceipt receipt, string token) => new(
        receipt.OrderId.Value, receipt.Number, receipt.Status, receipt.PaymentStatus, receipt.Totals, AppliedCouponBody.Of(receipt.Coupon), AppliedPointsBody.Of(receipt.Points),
        receipt.ScheduledFor, receipt.PaymentDueBy,
        new(token, $"{Http.ApiRoot.Base}/orders/{receipt.OrderId}/tracking?token={token}"), receipt.PlacedAt);
}

/// <param name="Token">Opens this order to whoever holds it.</param>
internal sealed record TrackingLinkBody(string Token, string Url);

/// <summary>
/// The order as its guest sees it. Contact and address are left out: a tracking link is passed on more easily than it should.
/// </summary>
/// <param name="Taxes">By rate.</param>
/// <param name="CanCancel">Whether the guest can still cancel it.</param>
/// <param name="Review">What was said of it; left out where nothing was.</param>
internal sealed record TrackedOrderBody(
    Guid Id,
    string Number,
    OrderStatus Status,
    PaymentStatus PaymentStatus,
    PaymentMethod PaymentMethod,
    DeliveryType DeliveryType,
    OrderLineBody[] Lines,
    OrderTotals Totals,
    TaxTotal[] Taxes,
    AppliedCouponBody? Coupon,
    AppliedPointsBody? Points,
    DateTimeOffset? ScheduledFor,
    DateTimeOffset? PaymentDueBy,
    DateTimeOffset? PromisedAt,
    PaymentStepBody? Payment,
    bool CanCancel,
    OwnReviewBody? Review,
    string? Reason,
    StatusChange[] Timeline,
    DateTimeOffset CreatedAt)
{
    public static TrackedOrderBody Of(OrderDetail detail, ReviewView? review)
    {
        var order = detail.Order;
        return new(
            order.OrderId.Value, order.Number, order.Status, order.PaymentStatus, order.PaymentMethod, order.DeliveryType,
            [.. order.Lines.Select(OrderLineBody.Of)], order.Totals, order.Taxes, AppliedCouponBody.Of(order.Coupon), AppliedPointsBody.Of(order.Points), order.ScheduledFor, order.PaymentDueBy, order.PromisedAt,
            detail.Payment is { } payment ? new(payment.Status, payment.PayUrl) : null,
            order.Status is OrderStatus.AwaitingPayment or OrderStatus.Pending, OwnReviewBody.Of(review), order.Reason, order.Timeline, order.PlacedAt);
    }
}

/// <param name="PayUrl">Where the customer pays; left out where that needs no page.</param>
internal sealed record PaymentStepBody(PaymentState Status, string? PayUrl);

/// <summary>Where the order stands.</summary>
internal sealed record TrackingBody(
    Guid OrderId, string Number, OrderStatus Status, DeliveryType DeliveryType, DateTimeOffset? ScheduledFor, DateTimeOffset? PromisedAt, StatusChange[] Timeline)
{
    public static TrackingBody Of(OrderView order) => new(
        order.OrderId.Value, order.Number, order.Status, order.DeliveryType, order.ScheduledFor, order.PromisedAt, order.Timeline);
}

/// <param name="UnitPrice">With what is chosen.</param>
/// <param name="Discount">Off the subtotal; the tax is on what is left.</param>
/// <param name="Choices">What was chosen with each one, as it was named and priced then; absent where nothing was.</param>
internal sealed record OrderLineBody(
    int LineNo,
    Guid ProductId,
    Guid VariantId,
    string Name,
    string? VariantName,
    decimal Quantity,
    Money UnitPrice,
    Money Subtotal,
    Money Discount,
    decimal TaxRatePercent,
    Money Tax,
    string? Note,
    LineChoice[]? Choices)
{
    public static OrderLineBody Of(OrderLine line) => new(
        line.LineNo, line.ProductId.Value, line.VariantId.Value, line.Name, line.VariantName, line.Quantity, line.UnitPrice, line.Subtotal,
        line.Off, line.TaxRatePercent, line.Tax, line.Note, line.Choices);
}
