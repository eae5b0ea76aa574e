namespace Mainstreet.Domain.Coupons;

public enum CouponKind
{
    /// <summary>A part of what the goods cost.</summary>
    Percentage,

    /// <summary>An amount, or all that the goods cost where that is less.</summary>
    FixedAmount,

    /// <summary>The delivery fee.</summary>
    FreeDelivery,
}

/// <summary>What a coupon is worth, to whom and when (ORD-16). An order keeps what it was worth when it was placed.</summary>
/// <param name="Percent">Of a percentage: 12.5 means 12.5%.</param>
/// <param name="Amount">Of a fixed amount.</param>
/// <param name="MinimumSubtotal">What the goods it is for cost at least; null: anything.</param>
/// <param name="Categories">It is for products in these, and below them.</param>
/// <param name="Products">It is for these products. With no categories either it is for all.</param>
/// <param name="EndsAt">From when it is not valid any more.</param>
/// <param name="MaxUses">By orders that count; null: any number.</param>
public sealed record CouponTerms(
    CouponKind Kind,
    decimal? Percent,
    Money? Amount,
    Money? MinimumSubtotal,
    CategoryId[] Categories,
    ProductId[] Products,
    DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt,
    int? MaxUses,
    int? MaxUsesPerCustomer)
{
    public const int MaxGoods = 100;

    /// <summary>Whether it is for a product.</summary>
    /// <param name="product">Which one.</param>
    /// <param name="shelves">The category that the product is in, and those above it.</param>
    public bool Cover(ProductId product, IEnumerable<CategoryId> shelves) =>
        (Categories.Length == 0 && Products.Length == 0) || Products.Contains(product) || shelves.Any(Categories.Contains);

    internal bool SameAs(CouponTerms other) =>
        Categories.SequenceEqual(other.Categories) && Products.SequenceEqual(other.Products) && this with { Categories = other.Categories, Products = other.Products } == other;

    /// <param name="currency">The business's.</param>
    internal void Validate(string currency)
    {
        Check.That((Percent is not null) == (Kind is CouponKind.Percentage) && Percent is not (<= 0 or > 100), CouponErrors.PercentInvalid);
        Check.That(Percent is not { } percent || decimal.Round(percent, 2) == percent, CouponErrors.PercentInvalid);
        Check.That((Amount is not null) == (Kind is CouponKind.FixedAmount) && IsAmount(Amount, currency), CouponErrors.AmountInvalid);
        Check.That(IsAmount(MinimumSubtotal, currency), CouponErrors.MinimumInvalid);
        Check.That(StartsAt is null || EndsAt is null || StartsAt < EndsAt, CouponErrors.PeriodInvalid);
        Check.That(MaxUses is not < 1, CouponErrors.LimitInvalid("/max_uses"));
        Check.That(MaxUsesPerCustomer is not < 1, CouponErrors.LimitInvalid("/max_uses_per_customer"));
        Check.That(Categories.Length <= MaxGoods, CouponErrors.TooManyGoods("/category_ids"));
        Check.That(Products.Length <= MaxGoods, CouponErrors.TooManyGoods("/product_ids"));
    }

    private static bool IsAmount(Money? money, string currency) =>
        money is not { } given || (given.Amount is > 0 and <= Money.MaxAmount && string.Equals(given.Currency, currency, StringComparison.Ordinal));
}
