using Mainstreet.Domain.Payments;

namespace Mainstreet.Domain.Tests.Payments;

internal static class PaymentSamples
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static readonly OrderId Order = new(Uuid.Named("order"));

    public static readonly Money Amount = new(3_250, "EUR");

    public static readonly PaymentInitiated Initiated = new(Payment.IdFor(Order), Order, Amount, "sandbox", "sbx_1", "https://pay.example/sbx_1", Noon);

    public static readonly PaymentAuthorized Authorized = new(Initiated.PaymentId, Order, Amount, "sandbox", "sbx_1", Noon.AddMinutes(1));

    public static readonly PaymentFailed Failed = new(Initiated.PaymentId, Order, Amount, "sandbox", "sbx_1", "card_declined", Noon.AddMinutes(1));

    public static readonly PaymentExpired Expired = new(Initiated.PaymentId, Order, Amount, "sandbox", "sbx_1", Noon.AddMinutes(15));

    public static readonly PaymentVoided Voided = new(Initiated.PaymentId, Order, Amount, "sandbox", "sbx_1", Noon.AddMinutes(20));

    public static PaymentEvent[][] Streams => [[Initiated, Failed, Authorized, Voided], [Initiated, Expired, Authorized, Voided]];
}
