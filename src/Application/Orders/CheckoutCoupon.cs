using Mainstreet.Application.Catalog;
using Mainstreet.Application.Coupons;
using Mainstreet.Application.Customers;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Coupons;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Application.Orders;

/// <summary>A coupon as it stands for one customer.</summary>
/// <param name="UsedByCustomer">By orders that count.</param>
/// <param name="Categories">Those of the business: a coupon for one is for those below it too.</param>
internal sealed record CheckoutCoupon(Coupon Coupon, int UsedByCustomer, CategoryTree Categories)
{
    /// <summary>What it takes off. Errors: those of <see cref="Coupon.CheckUsable"/> and <see cref="Coupon.SavingOn"/>.</summary>
    public CouponSaving SavingOn(IReadOnlyList<OrderLine> lines, IReadOnlyList<Product?> products, Money deliveryFee, DateTimeOffset now)
    {
        Coupon.CheckUsable(UsedByCustomer, now);
        return Coupon.SavingOn(lines, Covered(products), deliveryFee);
    }

    /// <summary>What it takes off an order that has it already.</summary>
    public CouponSaving WorthOn(IReadOnlyList<OrderLine> lines, IReadOnlyList<Product?> products, Money deliveryFee) => Coupon.WorthOn(lines, Covered(products), deliveryFee);

    private bool[] Covered(IReadOnlyList<Product?> products) =>
        [.. products.Select(product => Coupon.Terms.Cover(product!.Id, Categories.PathTo(product.Details.CategoryId)))];
}

/// <summary>Who buys: a customer who is signed in, else a guest by what they gave as their address; null: nobody knows yet.</summary>
internal sealed record Buyer(AccountId? Account, CustomerId? Guest);

/// <summary>The coupon that a basket names, as it is found before the lane is taken. What it is worth is decided on what it is in the lane.</summary>
internal sealed record NamedCoupon(CouponId CouponId, Guid[] Categories, Buyer Buyer)
{
    /// <summary>The orders in which the buyer has used it, as many as matter, by a view that is never behind in the lane.</summary>
    private static readonly string Uses = $"""
        select o.order_id from rm.orders o
         where o.coupon_id = @coupon_id and o.status not in ('canceled', 'rejected', 'returned')
           and o.customer_id = {SamePerson.Ids("coalesce((select a.customer_id from rm.customer_accounts a where a.account_id = @account), @guest::uuid)")}
         limit (select coalesce((c.terms->>'max_uses_per_customer')::int, 0) from rm.coupons c where c.coupon_id = @coupon_id)
        """;

    private object Parameters => new { CouponId, Buyer.Account, Buyer.Guest };

    /// <summary>Null without a code. Errors: coupon_unknown (422).</summary>
    public static async Task<NamedCoupon?> Find(IReadStore reads, string? code, Buyer buyer, CancellationToken cancellationToken)
    {
        if (code is null)
        {
            return null;
        }

        var found = await reads.Find<Found>(
            "select coupon_id, (select coalesce(jsonb_agg(id), '[]') from rm.categories) as categories from rm.coupons where code = @code",
            new { Code = Coupon.CodeOf(code) }, cancellationToken);
        return found is null ? throw new DomainException(CouponErrors.Unknown) : new(found.CouponId, found.Categories, buyer);
    }

    public LaneStreams NameIn(LaneStreams streams) => streams
        .Of<Coupon>(CouponId.Value).Of<Category>(Categories).In<Order>(Uses, Parameters);

    public CheckoutCoupon In(ILaneLog log) => new(
        log.Get<Coupon>(CouponId.Value),
        log.All<Order>().Count(order => order.Coupon?.CouponId == CouponId && !order.IsGivenUp),
        new(log.All<Category>()));

    /// <summary>As it is shown, where nothing is decided.</summary>
    public async Task<CheckoutCoupon> In(IReadStore reads, CancellationToken cancellationToken)
    {
        var coupon = await reads.Find<CouponView>("select * from rm.coupons where coupon_id = @coupon_id", new { CouponId }, cancellationToken);
        var uses = await reads.List<Guid>(Uses, Parameters, cancellationToken);
        var categories = await reads.List<CategoryView>("select * from rm.categories", null, cancellationToken);
        return new(coupon!.State!, uses.Count, new(categories.Select(category => category.State!)));
    }

    private sealed record Found(CouponId CouponId, Guid[] Categories);
}
