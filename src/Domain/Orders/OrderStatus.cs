namespace Mainstreet.Domain.Orders;

public enum OrderStatus
{
    /// <summary>Prepaid, and the payment has not been authorized yet.</summary>
    AwaitingPayment,

    /// <summary>The business has to confirm or reject it.</summary>
    Pending,
    Confirmed,
    Preparing,
    Ready,
    OutForDelivery,

    /// <summary>In the customer's hands, whether brought or collected.</summary>
    Delivered,
    Completed,
    Canceled,
    Rejected,
    DeliveryFailed,
    Returned,
}

public static class OrderStatuses
{
    /// <summary>Whether the sale no longer counts: it was called off, or the goods came back.</summary>
    public static bool IsReversed(this OrderStatus status) => status is OrderStatus.Canceled or OrderStatus.Rejected or OrderStatus.Returned;
}

public enum PaymentMethod
{
    Cash,

    /// <summary>Paid before the business sees the order.</summary>
    Card,
}

public enum PaymentStatus
{
    Pending,
    Authorized,
    Paid,
    PartiallyRefunded,
    Refunded,
    Failed,

    /// <summary>The driver collects the total in cash.</summary>
    CodDue,

    /// <summary>It was not paid in time.</summary>
    Expired,

    /// <summary>Nothing is due any more, because the order will not be fulfilled; an authorization is to be released.</summary>
    Voided,
}

public static class PaymentStatuses
{
    /// <summary>The business was paid, whatever it has given back since.</summary>
    public static bool IsSettled(this PaymentStatus status) => status is PaymentStatus.Paid or PaymentStatus.PartiallyRefunded or PaymentStatus.Refunded;
}

/// <summary>Where an order came from (C8).</summary>
public enum OrderChannel
{
    Online,
    WalkIn,
    Delivery,
    Phone,
    Marketplace,
}

public enum DeliveryType
{
    Delivery,
    Pickup,
}

public enum CanceledBy
{
    Customer,
    Business,
}
