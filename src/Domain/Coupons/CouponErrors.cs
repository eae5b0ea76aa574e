namespace Mainstreet.Domain.Coupons;

public static class CouponErrors
{
    /// <summary>Where an order, a quote and a cart name their coupon.</summary>
    private const string Place = "/coupon_code";

    public static readonly DomainError CodeInvalid =
        new("code_invalid", "A code has 3 to 40 letters, digits, hyphens and underscores.", ErrorKind.Invalid) { Place = "/code" };

    public static readonly DomainError CodeTaken = new("code_taken", "There is a coupon with this code already.", ErrorKind.Conflict) { Place = "/code" };

    public static readonly DomainError PercentInvalid =
        new("percent_invalid", "A percentage is above 0, at most 100 and has at most 2 decimals; only coupons of this kind have one.", ErrorKind.Invalid) { Place = "/percent" };

    public static readonly DomainError AmountInvalid =
        new("amount_invalid", "A fixed amount is above 0, in the business's currency; only coupons of this kind have one.", ErrorKind.Invalid) { Place = "/amount" };

    public static readonly DomainError MinimumInvalid =
        new("minimum_invalid", "A minimum is above 0, in the business's currency.", ErrorKind.Invalid) { Place = "/minimum_subtotal" };

    public static readonly DomainError PeriodInvalid = new("period_invalid", "A coupon ends after it begins.", ErrorKind.Invalid) { Place = "/ends_at" };

    public static readonly DomainError Unknown = new("coupon_unknown", "There is no such coupon.") { Place = Place };

    public static readonly DomainError Expired = new("coupon_expired", "The coupon is not valid any more.") { Place = Place };

    public static readonly DomainError UsedUp = new("coupon_used_up", "The coupon has been used as often as it can be.") { Place = Place };

    public static readonly DomainError UsedByCustomer =
        new("coupon_used_by_customer", "This customer has used the coupon as often as one customer can.") { Place = Place };

    public static readonly DomainError NotApplicable = new("coupon_not_applicable", "The coupon is for nothing in this order.") { Place = Place };

    public static DomainError NotYetValid(DateTimeOffset startsAt) =>
        new("coupon_not_yet_valid", "The coupon is not valid yet.", Details: DomainError.DetailsOf(("starts_at", startsAt))) { Place = Place };

    public static DomainError BelowMinimum(Money minimum, Money subtotal) => new(
        "coupon_below_minimum", "The goods that the coupon is for cost less than it asks for.",
        Details: DomainError.DetailsOf(("minimum", minimum), ("subtotal", subtotal)))
    { Place = Place };

    public static DomainError LimitInvalid(string place) => new("limit_invalid", "A limit is 1 or more.", ErrorKind.Invalid) { Place = place };

    public static DomainError TooManyGoods(string place) =>
        new("too_many_goods", $"A coupon names at most {CouponTerms.MaxGoods} categories and as many products.", ErrorKind.Invalid) { Place = place };

    /// <param name="places">Each names what there is not.</param>
    public static DomainError GoodsUnknown(IEnumerable<string> places)
    {
        const string code = "not_found";
        const string message = "There is no such product or category.";
        return new(code, message, ErrorKind.NotFound, DomainError.DetailsOf(
            ("errors", places.Select(place => DomainError.DetailsOf(("code", code), ("message", message), ("pointer", place))).ToArray())));
    }
}
