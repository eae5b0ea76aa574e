using Mainstreet.Domain;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Application.Tests.Dashboards;

/// <summary>Orders as the log holds them: two loaves and a cake, placed when and where a test says.</summary>
internal static class OrderEventSamples
{
    public static readonly DateOnly Monday = new(2026, 3, 2);
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly ProductId Bread = new(Uuid.Named("product", "bread"));
    public static readonly ProductId Cake = new(Uuid.Named("product", "cake"));

    /// <summary>19.00 in all: two loaves at 4.00, half a cake at 18.00, 2.00 for the delivery.</summary>
    public static OrderPlaced Placed(string order = "first", DateOnly? on = null, DateTimeOffset? at = null, string currency = "EUR", string bread = "Bread", DateTimeOffset? paymentDueBy = null)
    {
        OrderLine[] lines =
        [
            OrderLine.Priced(1, Bread, new(Uuid.Named("variant", "bread")), bread, null, 2, new(400, currency)),
            OrderLine.Priced(2, Cake, new(Uuid.Named("variant", "cake")), "Cake", "half", 0.5m, new(1_800, currency)),
        ];
        var totals = OrderTotals.Of(lines, taxIncluded: true, Money.Zero(currency), new(200, currency), Money.Zero(currency));
        return new(
            Id(order), order, OrderChannel.Online, DeliveryType.Delivery, lines, totals.Subtotal, totals.Discount, totals.Tax, true, totals.DeliveryFee,
            totals.Tip, totals.Total, paymentDueBy is null ? PaymentMethod.Cash : PaymentMethod.Card, PaymentStatus.Pending, new(Uuid.Named("customer")),
            new("Anna Berg", "anna@example.com", null), null, on ?? Monday, "", new(10, 15, 20, AutoConfirm: false), null, paymentDueBy, null, null, null, at ?? Noon);
    }

    public static OrderId Id(string order) => new(Uuid.Named("order", order));

    public static OrderConfirmed Confirmed(this OrderPlaced e) => new(e.OrderId, e.Number, e.At.AddHours(1), null, e.At);

    public static OrderCanceled Canceled(this OrderPlaced e) => new(e.OrderId, e.Number, CanceledBy.Business, "sold_out", e.Reversed(), e.At.AddDays(2));

    public static OrderRejected Rejected(this OrderPlaced e) => new(e.OrderId, e.Number, "closed", e.Reversed(), e.At);

    public static OrderReturned Returned(this OrderPlaced e) => new(e.OrderId, e.Number, e.Reversed(), e.At.AddDays(1));

    public static OrderPaymentExpired Expired(this OrderPlaced e) => new(e.OrderId, e.Number, e.Reversed(), e.At.AddMinutes(15));

    private static ReversedSale Reversed(this OrderPlaced e) => new(
        e.BusinessDate, e.Channel, e.CustomerId, e.Total,
        [.. e.Lines.Select(line => new ReversedLine(line.ProductId, line.VariantId, line.Quantity, line.Subtotal, line.Discount))]);
}
