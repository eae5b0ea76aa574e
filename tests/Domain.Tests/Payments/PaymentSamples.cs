using Mainstreet.Domain.Payments;

namespace Mainstreet.Domain.Tests.Payments;

internal static class PaymentSamples
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static readonly OrderId Order = new(Uuid.Named("order"));

    public static readonly Money Amount = Eur(3_250);

    public static readonly PaymentInitiated Initiated = new(Payment.IdFor(Order), Order, Amount, "sandbox", "sbx_1", "https://pay.example/sbx_1", new(Uuid.Named("connection")), Noon);

    public static readonly PaymentAuthorized Authorized = new(Initiated.PaymentId, Order, Amount, "sandbox", "sbx_1", Noon.AddMinutes(1));

    public static readonly PaymentCaptured Captured = new(Initiated.PaymentId, Order, Amount, "sandbox", "sbx_1", Noon.AddMinutes(2));

    public static readonly PaymentFailed Failed = new(Initiated.PaymentId, Order, Amount, "sandbox", "sbx_1", "card_declined", Noon.AddMinutes(1));

    public static readonly PaymentExpired Expired = new(Initiated.PaymentId, Order, Amount, "sandbox", "sbx_1", Noon.AddMinutes(15));

    public static readonly PaymentVoided Voided = new(Initiated.PaymentId, Order, Amount, "sandbox", "sbx_1", Noon.AddMinutes(20));

    public static readonly RefundId First = new(Uuid.Named("first"));

    public static readonly PaymentRefundRequested Requested = new(
        Initiated.PaymentId, Order, First, Eur(1_000), "cold", Automatic: false, "sandbox", "sbx_1", Noon.AddHours(1));

    public static readonly PaymentRefunded Made = new(Initiated.PaymentId, Order, First, Eur(1_000), Eur(1_000), "re_1", "sandbox", "sbx_1", Noon.AddHours(2));

    public static readonly PaymentRefundFailed Refused = new(Initiated.PaymentId, Order, First, Eur(1_000), Eur(0), "expired_card", "sandbox", "sbx_1", Noon.AddHours(2));

    public static readonly PaymentDisputed Disputed = new(Initiated.PaymentId, Order, "dp_1", Amount, "fraudulent", "sandbox", "sbx_1", Noon.AddHours(3));

    public static readonly PaymentDisputeResolved Lost = new(Initiated.PaymentId, Order, "dp_1", Amount, Won: false, Amount, "sandbox", "sbx_1", Noon.AddHours(4));

    public static PaymentEvent[][] Streams =>
    [
        [Initiated, Failed, Authorized, Voided],
        [Initiated, Expired, Authorized, Voided],
        [Initiated, Authorized, Captured, Requested, Made, Refused],
        [Initiated, Authorized, Captured, Disputed, Lost],
    ];

    public static PaymentGatewayEvent[][] Gateways =>
    [
        [new PaymentGatewayChosen("EUR", "stripe", new(Uuid.Named("connection")), Noon), new PaymentGatewayRemoved("EUR", Noon.AddHours(1))],
    ];

    public static Money Eur(long amount) => new(amount, "EUR");
}
