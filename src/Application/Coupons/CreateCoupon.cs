using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Coupons;
using MediatR;

namespace Mainstreet.Application.Coupons;

/// <summary>
/// A new coupon, which can be used at once where its terms say nothing else (ORD-16). Errors: code_invalid, percent_invalid, amount_invalid,
/// minimum_invalid, period_invalid, limit_invalid, too_many_goods (400); not_found (404) for what it is for; already_exists, code_taken (409).
/// </summary>
public sealed record CreateCoupon(CouponId CouponId, string Code, CouponTerms Terms) : IRequest<CouponReceipt>;

/// <param name="Code">As it is kept.</param>
public sealed record CouponReceipt(CouponId CouponId, string Code, int Version) : Committed(Version);

internal sealed class CreateCouponHandler(ILane lane, ITenantContext tenant) : IRequestHandler<CreateCoupon, CouponReceipt>
{
    public Task<CouponReceipt> Handle(CreateCoupon command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.Of<Coupon>(command.CouponId.Value).Of<BusinessProfile>(tenant.Tenant.Value).OfGoods(command.Terms),
        (log, now) =>
        {
            log.RefuseExisting<Coupon>(command.CouponId.Value);
            log.Append<Coupon, CouponEvent>(
                command.CouponId.Value,
                Coupon.Create(command.CouponId, command.Code, command.Terms, log.Get<BusinessProfile>(tenant.Tenant.Value).Settings.Currency, now));
            log.RefuseUnknownGoods(command.Terms);
            return new CouponReceipt(command.CouponId, log.Get<Coupon>(command.CouponId.Value).Code, log.Version(command.CouponId.Value));
        },
        cancellationToken);
}

/// <summary>What a coupon is for is there when its terms are decided.</summary>
internal static class CouponGoods
{
    public static LaneStreams OfGoods(this LaneStreams streams, CouponTerms terms) => streams
        .Of<Category>(terms.Categories.Take(CouponTerms.MaxGoods).Select(category => category.Value))
        .Of<Product>(terms.Products.Take(CouponTerms.MaxGoods).Select(product => product.Value));

    /// <summary>Errors: not_found (404), with every place.</summary>
    public static void RefuseUnknownGoods(this ILaneLog log, CouponTerms terms)
    {
        string[] unknown =
        [
            .. terms.Categories.Index().Where(category => log.Find<Category>(category.Item.Value) is null).Select(category => $"/category_ids/{category.Index}"),
            .. terms.Products.Index().Where(product => log.Find<Product>(product.Item.Value) is null).Select(product => $"/product_ids/{product.Index}"),
        ];
        Check.That(unknown.Length == 0, CouponErrors.GoodsUnknown(unknown));
    }
}
