using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;

namespace Mainstreet.Application.Dashboards;

/// <summary>
/// How much of one product was sold on one business day, by what its lines cost; days are added up when they are read. The
/// name is the one it was last sold under.
/// </summary>
internal sealed record ProductSalesByDay(
    [property: Key] DateOnly BusinessDate, [property: Key] ProductId ProductId, [property: Key] string Currency, string Name, decimal Quantity, long Revenue);

internal sealed class ProductSalesByDayProjection : Projection<ProductSalesByDay>
{
    public ProductSalesByDayProjection() : base("product_sales_by_day", version: 4)
    {
        OnEach<OrderPlaced, OrderLine>(
            e => e.Lines,
            (e, line) => Empty(e.BusinessDate, line.ProductId, line.Subtotal),
            (day, _, line) => day with { Name = line.Name, Quantity = day.Quantity + line.Quantity, Revenue = day.Revenue + line.Net.Amount });
        OnEach<OrderAmended, AmendedGoods>(
            AmendedGoods.Of,
            (e, goods) => Empty(e.Replaced.BusinessDate, goods.ProductId, e.Total),
            (day, _, goods) => day with { Name = goods.Name ?? day.Name, Quantity = day.Quantity + goods.Quantity, Revenue = day.Revenue + goods.Revenue });
        Reverse<OrderPaymentExpired>(e => e.Reversed);
        Reverse<OrderRejected>(e => e.Reversed);
        Reverse<OrderCanceled>(e => e.Reversed);
        Reverse<OrderReturned>(e => e.Reversed);
        OnEach<SaleRungUp, SaleLine>(
            e => e.Lines,
            (e, line) => Empty(e.BusinessDate, line.ProductId, line.Subtotal),
            (day, _, line) => day with { Name = line.Name, Quantity = day.Quantity + line.Quantity, Revenue = day.Revenue + line.Subtotal.Amount - line.Discount.Amount });
        OnEach<SaleVoided, ReturnedLine>(e => e.Lines, (e, line) => Empty(e.BusinessDate, line.ProductId, line.Net), (day, _, line) => Back(day, line));
        OnEach<SaleReturned, ReturnedLine>(e => e.Lines, (e, line) => Empty(e.BusinessDate, line.ProductId, line.Net), (day, _, line) => Back(day, line));
    }

    private static ProductSalesByDay Back(ProductSalesByDay day, ReturnedLine line) =>
        day with { Quantity = day.Quantity - line.Quantity, Revenue = day.Revenue - line.Net.Amount };

    private void Reverse<TEvent>(Func<TEvent, ReversedSale> sale) where TEvent : OrderEvent =>
        OnEach<TEvent, ReversedLine>(
            e => sale(e).Lines,
            (e, line) => Empty(sale(e).BusinessDate, line.ProductId, line.Subtotal),
            (day, _, line) => day with { Quantity = day.Quantity - line.Quantity, Revenue = day.Revenue - line.Subtotal.Amount + (line.Discount?.Amount ?? 0) });

    /// <summary>What an amendment adds to the goods, or takes off them.</summary>
    private sealed record AmendedGoods(ProductId ProductId, string? Name, decimal Quantity, long Revenue)
    {
        public static IEnumerable<AmendedGoods> Of(OrderAmended e) =>
        [
            .. e.Replaced.Lines.Select(line => new AmendedGoods(line.ProductId, null, -line.Quantity, (line.Discount?.Amount ?? 0) - line.Subtotal.Amount)),
            .. e.Lines.Select(line => new AmendedGoods(line.ProductId, line.Name, line.Quantity, line.Net.Amount)),
        ];
    }

    private static ProductSalesByDay Empty(DateOnly day, ProductId product, Money price) => new(day, product, price.Currency, "", 0, 0);
}
