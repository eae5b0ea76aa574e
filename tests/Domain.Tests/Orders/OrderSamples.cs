using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Coupons;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Domain.Tests.Orders;

/// <summary>One order in every variation that the specs need. Its times and ids never change, so golden files don't either.</summary>
internal static class OrderSamples
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static readonly OrderId Id = new(Uuid.Named("order"));

    public static readonly CustomerId Anna = new(Uuid.Named("anna"));

    public static readonly DeliveryId Delivery = new(Uuid.Named("delivery"));

    public static readonly DriverId Dan = new(Uuid.Named("dan"));

    public static readonly Money Total = Eur(3_250);

    public static readonly ReversedSale Reversed = new(
        new(2026, 3, 2), OrderChannel.Online, Anna, Total,
        [new(Product("pizza"), Variant("large"), 2, Eur(2_400), Eur(240)), new(Product("olives"), Variant("olives"), 0.25m, Eur(300), Eur(30))]);

    public static readonly AppliedCoupon Welcome = new(new(Uuid.Named("coupon")), "WELCOME", Eur(270));

    public static readonly OrderPaymentAuthorized Authorized = new(Id, "1001", "pi_1", Total, Noon.AddMinutes(11), Noon.AddMinutes(1));

    public static readonly OrderTerms Terms = new(AcceptanceMinutes: 10, PaymentMinutes: 15, PreparationMinutes: 20, AutoConfirm: false);

    public static readonly OrderPaymentExpired Expired = new(Id, "1001", Reversed, Noon.AddMinutes(15));

    public static readonly OrderConfirmed Confirmed = new(Id, "1001", Noon.AddMinutes(40), null, Noon.AddMinutes(2));

    public static readonly OrderRejected Rejected = new(Id, "1001", "oven_broken", Reversed, Noon.AddMinutes(2));

    public static readonly OrderPreparationStarted Preparing = new(Id, "1001", Noon.AddMinutes(5));

    public static readonly OrderReady Ready = new(Id, "1001", Noon.AddMinutes(20));

    public static readonly OrderOutForDelivery Left = new(Id, "1001", Delivery, Dan, Noon.AddMinutes(25));

    public static readonly OrderDelivered Delivered = new(Id, "1001", Delivery, Total, Noon.AddMinutes(38));

    public static readonly OrderCollected Collected = new(Id, "1001", Total, Noon.AddMinutes(38));

    public static readonly OrderCompleted Completed = new(Id, "1001", Noon.AddDays(1));

    public static readonly OrderDeliveryFailed Failed = new(Id, "1001", Delivery, "nobody_home", Noon.AddMinutes(38));

    public static readonly OrderRedeliveryRequested Redelivery = new(Id, "1001", Noon.AddMinutes(50));

    public static readonly OrderReturned Returned = new(Id, "1001", Reversed, Noon.AddMinutes(50));

    public static readonly OrderCanceled Canceled = new(Id, "1001", CanceledBy.Business, "sold_out", Reversed, Noon.AddMinutes(10));

    /// <summary>In the price of a pizza.</summary>
    private static readonly LineChoice[] ham = [new(new(Uuid.Named("ham")), new(Uuid.Named("toppings")), "Toppings", "Ham", 2, Eur(100))];

    public static readonly OrderAmended Amended = new(
        Id, "1001", Anna,
        [
            OrderLine.Priced(1, Product("pizza"), Variant("large"), "Pizza", "large", 1, Eur(1_200), new(10, Included: false), "no onions").With(ham).Less(Eur(120), taxIncluded: false),
            OrderLine.Priced(2, Product("olives"), Variant("olives"), "Olives", null, 0.25m, Eur(1_200), new(10, Included: false)).Less(Eur(30), taxIncluded: false),
        ],
        Eur(1_500), Eur(150), Eur(135), Eur(2_062), new(new(Uuid.Named("coupon")), "WELCOME", Eur(150)), null, Reversed, "sold_out", CustomerAgreed: false, Noon.AddMinutes(6));

    public static readonly OrderPaymentCaptured PaidInFull = new(Id, "1001", Total, Noon.AddMinutes(3));

    public static readonly OrderPaymentFailed NotPaid = new(Id, "1001", "card_declined", Noon.AddMinutes(3));

    public static readonly RefundId OneRefund = new(Uuid.Named("refund"));

    public static readonly OrderRefundRequested RefundRequested = new(Id, "1001", OneRefund, Eur(1_200), [new(1, Variant("large"), 1, Restocked: true)], "cold", Noon.AddDays(2));

    public static readonly OrderRefunded RefundMade = new(Id, "1001", OneRefund, Eur(1_200), PaymentStatus.PartiallyRefunded, Noon.AddDays(2));

    public static readonly OrderRefundFailed RefundFailed = new(Id, "1001", OneRefund, Eur(1_200), "expired_card", PaymentStatus.Paid, Noon.AddDays(3));

    public static OrderEvent[][] Streams =>
    [
        [Placed(), Confirmed, Preparing, Ready, Left, Delivered, Completed],
        [Placed(), Confirmed, Ready, Left, Failed, Redelivery, Left, Failed, Returned],
        [Placed(type: DeliveryType.Pickup), Confirmed, Ready, Collected],
        [Placed(PaymentMethod.Card), Authorized, Rejected],
        [Placed(PaymentMethod.Card), Expired],
        [Placed(PaymentMethod.Card), Authorized, Confirmed with { Held = Total }, PaidInFull, Ready, Left, Delivered with { CashCollected = null }, RefundRequested, RefundMade, RefundFailed],
        [Placed(PaymentMethod.Card), Authorized, Confirmed with { Held = Total }, NotPaid],
        [Placed(), Confirmed, Canceled],
        [Placed(), Confirmed, Amended],
    ];

    public static Money Eur(long amount) => new(amount, "EUR");

    private static OrderLine With(this OrderLine line, LineChoice[] choices) => line with { Choices = choices };

    /// <summary>So much of the first line, with a coupon of ten percent.</summary>
    public static OrderAmendment Pizzas(decimal quantity, bool agreed = false) => new([new(1, quantity)], [], TenPercent, "sold_out", agreed);

    public static CouponSaving TenPercent(OrderLine[] goods) => new([.. goods.Select(line => line.Subtotal * 0.1m)], Eur(0));

    public static OrderPlaced Placed(PaymentMethod method = PaymentMethod.Cash, DeliveryType type = DeliveryType.Delivery)
    {
        var draft = Draft(method, type);
        return new(
            Id, "1001", OrderChannel.Online, type, draft.Lines, Eur(2_700), Eur(270), Eur(243), false, Eur(350), Eur(227), Total,
            method, method == PaymentMethod.Cash && type == DeliveryType.Delivery ? PaymentStatus.CodDue : PaymentStatus.Pending,
            Anna, draft.Contact, type == DeliveryType.Delivery ? draft.DropOff : null, draft.BusinessDate, draft.TrackingTokenHash,
            Terms, Noon.AddMinutes(45), method == PaymentMethod.Card ? Noon.AddMinutes(15) : null, method == PaymentMethod.Card ? null : Noon.AddMinutes(10), Welcome, null, Noon);
    }

    public static OrderDraft Draft(PaymentMethod method = PaymentMethod.Cash, DeliveryType type = DeliveryType.Delivery)
    {
        var tax = new Taxation(10, Included: false);
        OrderLine[] lines =
        [
            OrderLine.Priced(1, Product("pizza"), Variant("large"), "Pizza", "large", 2, Eur(1_200), tax, "no onions").With(ham).Less(Eur(240), taxIncluded: false),
            OrderLine.Priced(2, Product("olives"), Variant("olives"), "Olives", null, 0.25m, Eur(1_200), tax).Less(Eur(30), taxIncluded: false),
        ];
        return new(
            Id, "1001", OrderChannel.Online, type, lines, OrderTotals.Of(lines, taxIncluded: false, Eur(0), Eur(350), Eur(227)), method,
            Anna, new("Anna Berg", "anna@example.com", "+4930123456"),
            new("Lindenstr. 1", "Berlin", "10969", "DE", 52.503, 13.396, "2nd floor"),
            new(2026, 3, 2), "3b7f0c9a", Terms, Noon.AddMinutes(45), Welcome);
    }

    public static ProductId Product(string name) => new(Uuid.Named("product", name));

    public static VariantId Variant(string name) => new(Uuid.Named("variant", name));
}
