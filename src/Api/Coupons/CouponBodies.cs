using Mainstreet.Application.Coupons;
using Mainstreet.Domain;
using Mainstreet.Domain.Coupons;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Api.Coupons;

/// <summary>All terms of a coupon: what is left out it does not have.</summary>
/// <param name="Percent">Of a percentage: 12.5 means 12.5%.</param>
/// <param name="Amount">Of a fixed amount, in the business's currency.</param>
/// <param name="MinimumSubtotal">What the goods it is for cost at least.</param>
/// <param name="CategoryIds">It is for products in these and below them; with neither categories nor products for all.</param>
/// <param name="StartsAt">Left out: at once.</param>
/// <param name="EndsAt">From when it is not valid any more; left out: never.</param>
/// <param name="MaxUses">Orders that were canceled, rejected or returned do not count.</param>
internal sealed record CouponTermsRequest(
    CouponKind Kind,
    decimal? Percent = null,
    Money? Amount = null,
    Money? MinimumSubtotal = null,
    Guid[]? CategoryIds = null,
    Guid[]? ProductIds = null,
    DateTimeOffset? StartsAt = null,
    DateTimeOffset? EndsAt = null,
    int? MaxUses = null,
    int? MaxUsesPerCustomer = null)
{
    public CouponTerms ToTerms() => new(
        Kind, Percent, Amount, MinimumSubtotal, [.. (CategoryIds ?? []).Distinct().Select(id => new CategoryId(id))],
        [.. (ProductIds ?? []).Distinct().Select(id => new ProductId(id))], StartsAt, EndsAt, MaxUses, MaxUsesPerCustomer);
}

/// <param name="Code">3 to 40 letters, digits, hyphens and underscores, in any case; it stays.</param>
/// <param name="Id">Chosen by the client, or left out.</param>
/// <inheritdoc cref="CouponTermsRequest" />
internal sealed record CreateCouponRequest(
    string Code,
    CouponKind Kind,
    decimal? Percent = null,
    Money? Amount = null,
    Money? MinimumSubtotal = null,
    Guid[]? CategoryIds = null,
    Guid[]? ProductIds = null,
    DateTimeOffset? StartsAt = null,
    DateTimeOffset? EndsAt = null,
    int? MaxUses = null,
    int? MaxUsesPerCustomer = null,
    Guid? Id = null)
{
    public CouponTerms ToTerms() =>
        new CouponTermsRequest(Kind, Percent, Amount, MinimumSubtotal, CategoryIds, ProductIds, StartsAt, EndsAt, MaxUses, MaxUsesPerCustomer).ToTerms();
}

/// <param name="Code">As it is kept: in capital letters.</param>
internal sealed record CreatedCouponBody(Guid Id, string Code, int Version);

/// <param name="Status">As it stands now.</param>
/// <param name="Used">By orders that count.</param>
internal sealed record CouponBody(
    Guid Id,
    int Version,
    string Code,
    CouponStatus Status,
    CouponKind Kind,
    decimal? Percent,
    Money? Amount,
    Money? MinimumSubtotal,
    Guid[] CategoryIds,
    Guid[] ProductIds,
    DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt,
    int? MaxUses,
    int? MaxUsesPerCustomer,
    int Used,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static CouponBody Of(CouponAtNow now)
    {
        var (coupon, terms) = (now.Coupon, now.Coupon.Terms);
        return new(
            coupon.CouponId.Value, coupon.Version, coupon.Code, now.Status, terms.Kind, terms.Percent, terms.Amount, terms.MinimumSubtotal,
            [.. terms.Categories.Select(category => category.Value)], [.. terms.Products.Select(product => product.Value)], terms.StartsAt, terms.EndsAt,
            terms.MaxUses, terms.MaxUsesPerCustomer, coupon.Used, coupon.CreatedAt, coupon.UpdatedAt);
    }
}

/// <summary>An order that was placed with the coupon.</summary>
/// <param name="Counts">False when its sale was reversed: it is none of the coupon's uses any more.</param>
internal sealed record CouponUseBody(
    Guid OrderId, string Number, OrderStatus Status, bool Counts, Guid CustomerId, Money Saved, Money Total, DateTimeOffset CreatedAt)
{
    public static CouponUseBody Of(CouponUse use) =>
        new(use.OrderId.Value, use.Number, use.Status, use.Counts, use.CustomerId.Value, use.CouponSaved, use.Total, use.PlacedAt);
}
