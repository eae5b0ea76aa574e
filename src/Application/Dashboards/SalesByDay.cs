using Mainstreet.Domain;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Application.Dashboards;

/// <summary>
/// What was sold on one business day (ANA-01). An order counts on the day on which it was placed, with all that the customer
/// pays; what is canceled, rejected, unpaid or returned is taken back from that day, whenever that happens.
/// </summary>
internal sealed record SalesByDay(
    [property: Key] DateOnly BusinessDate, [property: Key] string Currency, int Orders, long Revenue, decimal Items, int ReversedOrders);

internal sealed class SalesByDayProjection : Projection<SalesByDay>
{
    public SalesByDayProjection() : base("sales_by_day", version: 1)
    {
        On<OrderPlaced>(
            e => Empty(e.BusinessDate, e.Total.Currency),
            (day, e) => day with
            {
                Orders = day.Orders + 1,
                Revenue = day.Revenue + e.Total.Amount,
                Items = day.Items + e.Lines.Sum(line => line.Quantity),
            });
        Reverse<OrderPaymentExpired>(e => e.Reversed);
        Reverse<OrderRejected>(e => e.Reversed);
        Reverse<OrderCanceled>(e => e.Reversed);
        Reverse<OrderReturned>(e => e.Reversed);
    }

    private void Reverse<TEvent>(Func<TEvent, ReversedSale> sale) where TEvent : OrderEvent =>
        On<TEvent>(
            e => Empty(sale(e).BusinessDate, sale(e).Total.Currency),
            (day, e) => day with
            {
                Orders = day.Orders - 1,
                Revenue = day.Revenue - sale(e).Total.Amount,
                Items = day.Items - sale(e).Lines.Sum(line => line.Quantity),
                ReversedOrders = day.ReversedOrders + 1,
            });

    private static SalesByDay Empty(DateOnly day, string currency) => new(day, currency, 0, 0, 0, 0);
}
