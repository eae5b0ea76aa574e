using Mainstreet.Application.Orders;
using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;

namespace Mainstreet.Api.Orders;

/// <summary>An order as its business sees it.</summary>
/// <param name="Taxes">By rate.</param>
/// <param name="AcceptBy">Without an answer by then a pending order is rejected.</param>
/// <param name="Reason">Why it was canceled or rejected, or its delivery failed.</param>
/// <param name="AllowedTransitions">The steps that are possible now.</param>
internal sealed record OrderBody(
    Guid Id,
    int Version,
    string Number,
    OrderStatus Status,
    PaymentStatus PaymentStatus,
    PaymentMethod PaymentMethod,
    OrderChannel Channel,
    DeliveryType DeliveryType,
    OrderCustomerBody Customer,
    Address? Address,
    OrderLineBody[] Lines,
    OrderTotals Totals,
    TaxTotal[] Taxes,
    OrderCouponBody? Coupon,
    AppliedPointsBody? Points,
    DateOnly BusinessDate,
    DateTimeOffset? ScheduledFor,
    DateTimeOffset? PaymentDueBy,
    DateTimeOffset? AcceptBy,
    DateTimeOffset? PromisedAt,
    PaymentBody? Payment,
    Guid? DeliveryId,
    Guid? DriverId,
    CanceledBy? CanceledBy,
    string? Reason,
    Money? CashCollected,
    StatusChange[] Timeline,
    string[] AllowedTransitions,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static OrderBody Of(OrderDetail detail)
    {
        var order = detail.Order;
        return new(
            order.OrderId.Value, order.Version, order.Number, order.Status, order.PaymentStatus, order.PaymentMethod, order.Channel, order.DeliveryType,
            new(order.CustomerId.Value, order.Contact.Name, order.Contact.Email, order.Contact.Phone), order.DropOff,
            [.. order.Lines.Select(OrderLineBody.Of)], order.Totals, order.Taxes,
            order.Coupon is { } coupon ? new(coupon.CouponId.Value, coupon.Code, coupon.Saved) : null, AppliedPointsBody.Of(order.Points), order.BusinessDate, order.ScheduledFor, order.PaymentDueBy,
            order.AcceptBy, order.PromisedAt, detail.Payment is { } payment ? PaymentBody.Of(payment) : null, order.DeliveryId?.Value,
            order.DriverId?.Value, order.CanceledBy, order.Reason, order.CashCollected, order.Timeline, order.AllowedTransitions, order.PlacedAt, order.UpdatedAt);
    }
}

/// <param name="Saved">What the customer pays less.</param>
internal sealed record OrderCouponBody(Guid Id, string Code, Money Saved);

internal sealed record OrderCustomerBody(Guid Id, string? Name, string? Email, string? Phone);

/// <param name="Reference">What the provider calls the payment.</param>
/// <param name="Captured">What the business has of it; left out while it has nothing.</param>
internal sealed record PaymentBody(
    Guid Id, PaymentState Status, Money Amount, Money? Captured, Money Refunded, string Provider, string Reference, string? FailureReason, DateTimeOffset InitiatedAt,
    DateTimeOffset UpdatedAt)
{
    public static PaymentBody Of(PaymentView payment) => new(
        payment.PaymentId.Value, payment.Status, payment.Amount, payment.Captured, payment.Refunded, payment.Provider, payment.Reference, payment.FailureReason,
        payment.InitiatedAt, payment.UpdatedAt);
}

/// <summary>An order in a list.</summary>
internal sealed record OrderSummaryBody(
    Guid Id,
    int Version,
    string Number,
    OrderStatus Status,
    PaymentStatus PaymentStatus,
    PaymentMethod PaymentMethod,
    DeliveryType DeliveryType,
    string? CustomerName,
    int LineCount,
    Money Total,
    DateTimeOffset? ScheduledFor,
    DateTimeOffset? AcceptBy,
    DateTimeOffset? PromisedAt,
    string[] AllowedTransitions,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static OrderSummaryBody Of(OrderView order) => new(
        order.OrderId.Value, order.Version, order.Number, order.Status, order.PaymentStatus, order.PaymentMethod, order.DeliveryType, order.Contact.Name,
        order.Lines.Length, order.Total, order.ScheduledFor, order.AcceptBy, order.PromisedAt, order.AllowedTransitions, order.PlacedAt, order.UpdatedAt);
}
