using Mainstreet.Domain;
using Mainstreet.Domain.Coupons;
using Mainstreet.Domain.Loyalty;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Stock;

namespace Mainstreet.Application.Orders;

/// <summary>
/// What an order's steps mean for its goods, for every decision in the lane that appends to an order: what is not wanted is
/// released, what leaves is issued, what comes back is returned (also with a refund), in the commit of the step itself (STK-03, STK-04).
/// With the sale the use of its coupon is reversed, and its points are given back.
/// </summary>
internal static class OrderGoods
{
    /// <summary>The order, the stock of its lines, its coupon and the points it was paid with. Lines never change, so an order that was read before will do.</summary>
    public static LaneStreams OfOrder(this LaneStreams streams, Order order) =>
        streams.Of<Order>(order.Id.Value).Of<StockItem>(order.Demand.Select(demand => demand.VariantId.Value)).Of<Coupon>(order.Coupon is { } coupon ? [coupon.CouponId.Value] : [])
            .Of<LoyaltyAccount>(order.Points is { } points ? [LoyaltyAccount.StreamOf(points.AccountId)] : []);

    /// <summary>As <see cref="OfOrder"/>, of many: what they have to do with is found in the lane.</summary>
    /// <param name="accounts">Whose points they were paid with.</param>
    public static LaneStreams OfOrders(this LaneStreams streams, Guid[] orders, IEnumerable<Guid> accounts) =>
        streams.Of<Order>(orders)
            .Of<LoyaltyAccount>(accounts.Select(account => LoyaltyAccount.StreamOf(new(account))))
            .In<StockItem>(
                "select distinct (l ->> 'variant_id')::uuid from rm.orders o cross join jsonb_array_elements(o.lines) l where o.order_id = any(@orders)", new { orders })
            .In<Coupon>("select distinct coupon_id from rm.orders where order_id = any(@orders) and coupon_id is not null", new { orders });

    /// <summary>Appends to the order and moves its goods. The streams are those of <see cref="OfOrder"/>.</summary>
    public static void AppendOrder(this ILaneLog log, OrderId id, DateTimeOffset now, params OrderEvent[] events)
    {
        var counted = !log.Get<Order>(id.Value).IsGivenUp;
        log.Append<Order, OrderEvent>(id.Value, events);
        if (log.Get<Order>(id.Value) is { IsGivenUp: true } reversed && counted)
        {
            log.Reverse(reversed, now);
        }

        foreach (var (variant, quantity) in log.Get<Order>(id.Value).Demand)
        {
            foreach (var e in events)
            {
                if (log.Find<StockItem>(variant.Value) is { } item)
                {
                    log.Append<StockItem, StockEvent>(variant.Value, Movement(e, item, id, quantity, now));
                }
            }
        }
    }

    private static void Reverse(this ILaneLog log, Order order, DateTimeOffset now)
    {
        if (order.Coupon is { CouponId.Value: var coupon })
        {
            log.Append<Coupon, CouponEvent>(coupon, log.Get<Coupon>(coupon).Release(order.Id, now));
        }

        if (order.Points is { AccountId: var account })
        {
            var points = LoyaltyAccount.StreamOf(account);
            log.Append<LoyaltyAccount, LoyaltyEvent>(points, log.Get<LoyaltyAccount>(points).GiveBack(order.Id, now));
        }
    }

    private static StockEvent[] Movement(OrderEvent e, StockItem item, OrderId id, decimal quantity, DateTimeOffset now) => e switch
    {
        OrderCanceled or OrderRejected or OrderPaymentExpired => item.Release(id, now),
        OrderOutForDelivery or OrderCollected => item.Issue(id, now),
        OrderReturned => item.Return(id, quantity, now),
        OrderRefundRequested refund => item.Restock(id, refund.Lines.Where(line => line.Restocked && line.VariantId == item.Id).Sum(line => line.Quantity), now),
        _ => [],
    };
}
