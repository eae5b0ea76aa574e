using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Coupons;

/// <summary>The orders that were placed with a coupon, the newest first, those that no longer count among them. Errors: not_found (404).</summary>
public sealed record ListCouponUses(CouponId CouponId, PageRequest Page) : IRequest<Page<CouponUse>>;

/// <summary>An order that was placed with a coupon.</summary>
public sealed record CouponUse(OrderId OrderId, string Number, OrderStatus Status, CustomerId CustomerId, Money CouponSaved, Money Total, DateTimeOffset PlacedAt)
{
    /// <summary>Whether it is one of the coupon's uses: its sale was not reversed.</summary>
    public bool Counts => !Status.IsReversed();
}

internal sealed class ListCouponUsesHandler(IReadStore reads, IMediator mediator) : IRequestHandler<ListCouponUses, Page<CouponUse>>
{
    public async Task<Page<CouponUse>> Handle(ListCouponUses query, CancellationToken cancellationToken)
    {
        await mediator.Send(new GetCoupon(query.CouponId), cancellationToken);
        var list = $"coupon uses {query.CouponId}";
        var after = query.Page.After(list);
        var rows = await reads.List<CouponUse>(
            $"""
            select * from rm.orders where coupon_id = @coupon_id
               {(after is null ? "" : "and (placed_at, order_id) < (@placed_at, @order_id)")}
             order by placed_at desc, order_id desc limit @rows
            """,
            new { query.CouponId, query.Page.Rows, PlacedAt = after?.Time(0), OrderId = after?.Id(1) }, cancellationToken);
        return query.Page.Cut(rows, list, use => [use.PlacedAt, use.OrderId]);
    }
}
