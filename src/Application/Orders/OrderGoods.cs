using Mainstreet.Domain;
using Mainstreet.Domain.Coupons;
using Mainstreet.Domain.Loyalty;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Stock;

namespace Mainstreet.Application.Orders;

/// <summary>
/// What an order's steps mean for its goods, for every decision in the lane that appends to an order: what is not wanted is
/// released, what is wanted besides is promised, what leaves is issued, what comes back is returned (also with a refund), in the commit of the step itself
/// (STK-03, STK-04).
/// With the sale the use of its coupon is reversed, and its points are given back.
/// </summary>
internal static class OrderGoods
{
    /// <summary>
    /// The order, the stock of its lines, its coupon and the points it was paid with. An order that was read before will do: while an amendment may give it other
    /// lines, they are found in the lane.
    /// </summary>
    public static LaneStreams OfOrder(this LaneStreams streams, Order order)
    {
        streams.Of<Order>(order.Id.Value).Of<StockItem>(order.Demand.Select(demand => demand.VariantId.Value)).Of<Coupon>(order.Coupon is { } coupon ? [coupon.CouponId.Value] : [])
            .Of<LoyaltyAccount>(order.Points is { } points ? [LoyaltyAccount.StreamOf(points.AccountId)] : []);
        return order.MayChange ? streams.InLines<StockItem>([order.Id.Value], "variant_id") : streams;
    }

    /// <summary>What the lines of orders name, as they are in the lane.</summary>
    /// <param name="member">Of a line: variant_id or product_id.</param>
    public static LaneStreams InLines<TAggregate>(this LaneStreams streams, Guid[] orders, string member) where TAggregate : class =>
        streams.In<TAggregate>($"select distinct (l ->> '{member}')::uuid from rm.orders o cross join jsonb_array_elements(o.lines) l where o.order_id = any(@orders)", new { orders });

    /// <summary>As <see cref="OfOrder"/>, of many: what they have to do with is found in the lane.</summary>
    /// <param name="accounts">Whose points they were paid with.</param>
    public static LaneStreams OfOrders(this LaneStreams streams, Guid[] orders, IEnumerable<Guid> accounts) =>
        streams.In<Order>("select order_id from rm.orders where order_id = any(@orders)", new { orders })
            .Of<LoyaltyAccount>(accounts.Select(account => LoyaltyAccount.StreamOf(new(account))))
            .InLines<StockItem>(orders, "variant_id")
            .In<Coupon>("select distinct coupon_id from rm.orders where order_id = any(@orders) and coupon_id is not null", new { orders });

    /// <summary>Appends to the order and moves its goods. The streams are those of <see cref="OfOrder"/>.</summary>
    public static void AppendOrder(this ILaneLog log, OrderId id, DateTimeOffset now, params OrderEvent[] events)
    {
        var before = log.Get<Order>(id.Value);
        log.Append<Order, OrderEvent>(id.Value, events);
        var after = log.Get<Order>(id.Value);
        if (after.IsGivenUp && !before.IsGivenUp)
        {
            log.Reverse(after, now);
        }

        foreach (var demand in Change(before, after))
        {
            foreach (var e in events)
            {
                if (log.Find<StockItem>(demand.VariantId.Value) is { } item)
                {
                    log.Append<StockItem, StockEvent>(demand.VariantId.Value, Movement(e, item, id, demand, now));
                }
            }
        }
    }

    /// <summary>What the order takes of each variant, before and after.</summary>
    public static IEnumerable<DemandChange> Change(Order before, Order after)
    {
        var (had, has) = (before.Demand.ToDictionary(), after.Demand.ToDictionary());
        return had.Keys.Union(has.Keys).Select(variant => new DemandChange(variant, had.GetValueOrDefault(variant), has.GetValueOrDefault(variant)));
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

    private static StockEvent[] Movement(OrderEvent e, StockItem item, OrderId id, DemandChange demand, DateTimeOffset now) => e switch
    {
        OrderAmended when demand.After < demand.Before => item.Promise(id, Math.Min(demand.After, item.Reservations.GetValueOrDefault(id)), now), // what was not counted when it was ordered was not promised
        OrderAmended when demand.After > demand.Before => item.Promise(id, demand.After, now),
        OrderCanceled or OrderRejected or OrderPaymentExpired => item.Release(id, now),
        OrderOutForDelivery or OrderCollected => item.Issue(id, now),
        OrderReturned => item.Return(id, demand.After, now),
        OrderRefundRequested refund => item.Restock(id, refund.Lines.Where(line => line.Restocked && line.VariantId == item.Id).Sum(line => line.Quantity), now),
        _ => [],
    };
}

/// <param name="Before">0: nothing.</param>
/// <param name="After">0: nothing any more.</param>
internal sealed record DemandChange(VariantId VariantId, decimal Before, decimal After);
