using Mainstreet.Domain.Orders;

namespace Mainstreet.Application.Payments;

/// <summary>What orders mean for money: a prepaid one opens a payment, one that is taken on takes it, one that will not be fulfilled releases it.</summary>
internal sealed class OrderPayments : Policy
{
    public OrderPayments() : base("order_payments")
    {
        On<OrderPlaced>(e => e.PaymentDueBy is null ? null : Schedule(new InitiatePayment(e.OrderId), e.At));
        On<OrderConfirmed>(e => e.Held is null ? null : Schedule(new CapturePayment(e.OrderId), e.At));
        On<OrderPaymentExpired>(e => Schedule(new ReleasePayment(e.OrderId), e.At));
        On<OrderCanceled>(e => Schedule(new ReleasePayment(e.OrderId), e.At));
        On<OrderRejected>(e => Schedule(new ReleasePayment(e.OrderId), e.At));
        On<OrderReturned>(e => Schedule(new ReleasePayment(e.OrderId), e.At));
    }
}
