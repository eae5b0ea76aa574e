using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;

namespace Mainstreet.Application.Dashboards;

/// <summary>
/// What was sold on one business day (ANA-01). An order counts on the day on which it was placed, with all that the customer
/// pays; what is canceled, rejected, unpaid or returned is taken back from that day, whenever that happens. So is a sale at
/// a till, which no longer counts as one when all of its goods came back.
/// </summary>
internal sealed record SalesByDay(
    [property: Key] DateOnly BusinessDate, [property: Key] string Currency, int Orders, long Revenue, decimal Items, int ReversedOrders);

internal sealed class SalesByDayProjection : Projection<SalesByDay>
{
    public SalesByDayProjection() : base("sales_by_day", version: 3)
    {
        On<OrderPlaced>(
            e => Empty(e.BusinessDate, e.Total.Currency),
            (day, e) => day with
            {
                Orders = day.Orders + 1,
                Revenue = day.Revenue + e.Total.Amount,
                Items = day.Items + e.Lines.Sum(line => line.Quantity),
            });
        On<OrderAmended>(
            e => Empty(e.Replaced.BusinessDate, e.Total.Currency),
            (day, e) => day with
            {
                Revenue = day.Revenue + e.Total.Amount - e.Replaced.Total.Amount,
                Items = day.Items + e.Lines.Sum(line => line.Quantity) - e.Replaced.Lines.Sum(line => line.Quantity),
            });
        Reverse<OrderPaymentExpired>(e => e.Reversed);
        Reverse<OrderRejected>(e => e.Reversed);
        Reverse<OrderCanceled>(e => e.Reversed);
        Reverse<OrderReturned>(e => e.Reversed);
        On<SaleRungUp>(
            e => Empty(e.BusinessDate, e.Total.Currency),
            (day, e) => day with { Orders = day.Orders + 1, Revenue = day.Revenue + e.Total.Amount, Items = day.Items + e.Lines.Sum(line => line.Quantity) });
        On<SaleVoided>(e => Empty(e.BusinessDate, e.Total.Currency), (day, e) => Back(day, e.Total, e.Lines, complete: true));
        On<SaleReturned>(e => Empty(e.BusinessDate, e.Total.Currency), (day, e) => Back(day, e.Total, e.Lines, e.Complete));
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

    private static SalesByDay Back(SalesByDay day, Money total, ReturnedLine[] lines, bool complete) => day with
    {
        Orders = day.Orders - (complete ? 1 : 0),
        Revenue = day.Revenue - total.Amount,
        Items = day.Items - lines.Sum(line => line.Quantity),
        ReversedOrders = day.ReversedOrders + (complete ? 1 : 0),
    };

    private static SalesByDay Empty(DateOnly day, string currency) => new(day, currency, 0, 0, 0, 0);
}
