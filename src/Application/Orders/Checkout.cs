using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Loyalty;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Stock;
using Mainstreet.Domain.Storefronts;

namespace Mainstreet.Application.Orders;

/// <summary>What a basket is priced by: as it stands in the lane, or as it is shown.</summary>
/// <param name="Products">Of each line; null: there is none.</param>
/// <param name="Coupon">Null: the basket names none.</param>
/// <param name="Taxes">Of categories; null: none has a rate of its own.</param>
/// <param name="OptionGroups">Any that the products name.</param>
/// <param name="Points">Null: the basket redeems none.</param>
internal sealed record CheckoutFacts(
    BusinessSettings Settings, StorefrontSettings Storefront, IReadOnlyList<Product?> Products, Func<VariantId, StockItem?> Stock, CheckoutCoupon? Coupon,
    TaxTable? Taxes, Func<OptionGroupId, OptionGroup> OptionGroups, CheckoutPoints? Points = null);

/// <summary>What a basket costs.</summary>
internal sealed record PricedBasket(OrderLine[] Lines, OrderTotals Totals, AppliedCoupon? Coupon, AppliedPoints? Points, OrderTerms Terms);

/// <summary>
/// What a basket costs and whether it can be sold: the server's prices, the taxes of their categories or the business's, its terms, the storefront's hours and area, the coupon
/// (WL-06, ORD-03, ORD-04, ORD-16).
/// </summary>
internal sealed class Checkout(IBasket basket, CheckoutFacts facts, DateTimeOffset now)
{
    /// <summary>How far ahead an order can be scheduled.</summary>
    public static readonly TimeSpan LongestAhead = TimeSpan.FromDays(90);

    private const int DefaultPreparationMinutes = 20;

    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(facts.Settings.Timezone);

    private string Currency => facts.Settings.Currency;

    private GeoPoint? Place => basket is { DeliveryType: DeliveryType.Delivery, Address: { Latitude: { } latitude, Longitude: { } longitude } } ? new(latitude, longitude) : null;

    private DeliveryZone? Zone => Place is null ? null : facts.Storefront.Delivery?.ZoneOf(Place);

    private Money? Minimum => Zone?.MinimumOrder ?? facts.Storefront.MinimumOrder;

    /// <summary>The order as it would be placed. Errors: those of <see cref="Price"/>, price_changed.</summary>
    public OrderDraft Draft(PlaceOrder order, string number, CustomerId customer, string trackingTokenHash)
    {
        CheckCurrency("expected_total", order.ExpectedTotal);
        var priced = Price();
        if (order.ExpectedTotal is { } expected && expected != priced.Totals.Total)
        {
            throw new DomainException(CheckoutErrors.PriceChanged(priced.Totals));
        }

        return new(
            order.OrderId, facts.Settings.OrderPrefix + number, OrderChannel.Online, order.DeliveryType, priced.Lines, priced.Totals, order.PaymentMethod,
            customer, order.Contact, order.Address, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime), trackingTokenHash,
            priced.Terms, order.ScheduledFor, priced.Coupon, priced.Points);
    }

    /// <summary>Errors: see <see cref="CheckoutErrors"/>, and those of the coupon.</summary>
    public PricedBasket Price()
    {
        CheckTime();
        CheckPlace();
        CheckCurrency("tip", basket.Tip);
        var priced = Sum();
        if (Minimum is { } minimum && priced.Totals.Subtotal.Amount < minimum.Amount)
        {
            throw new DomainException(CheckoutErrors.BelowMinimum(minimum, priced.Totals.Subtotal));
        }

        return priced;
    }

    /// <summary>What it costs, whether or not an order would be taken now.</summary>
    public PricedBasket Sum()
    {
        var (lines, fee, nothing) = (GoodsPrices.Of(basket.Lines, facts.Products, facts.OptionGroups, facts.Taxes, facts.Settings), DeliveryFee(), Money.Zero(Currency));
        var saving = facts.Coupon?.SavingOn(lines, facts.Products, fee, now);
        var coupon = saving is null ? null : new AppliedCoupon(facts.Coupon!.Coupon.Id, facts.Coupon.Coupon.Code, saving.Total);
        var points = Redeemed(lines.Aggregate(nothing, (sum, line) => sum + line.Subtotal) - (saving?.OffGoods ?? nothing));
        var discounted = OrderLine.Less(lines, saving?.Lines, points?.Saved, facts.Settings.PricesIncludeTax);
        var totals = OrderTotals.Of(discounted, facts.Settings.PricesIncludeTax, saving?.Delivery ?? nothing, fee, basket.Tip ?? nothing);
        return new(discounted, totals, coupon, points, Terms());
    }

    /// <summary>What bringing it costs, what the goods cost at least and how long it takes, whatever is in it. Errors: as of <see cref="Price"/> for time and place.</summary>
    public (Money Fee, Money? Minimum, string? Zone, OrderTerms Terms) Delivery()
    {
        CheckTime();
        return (DeliveryFee(), Minimum, Zone?.Name, Terms());
    }

    /// <summary>Points pay for goods, after the coupon; not for the delivery and the tip, which the driver is given in money.</summary>
    private AppliedPoints? Redeemed(Money goods) => basket.RedeemPoints is { } points
        ? facts.Points?.Redeem(points, goods, now) ?? throw new DomainException(LoyaltyErrors.NotOffered)
        : null;

    /// <summary>What each item promises to the order. Lines of one variant are one demand (STK-04). Errors: out_of_stock with every shortage.</summary>
    public IEnumerable<(VariantId VariantId, StockEvent[] Reserved)> Reserve(OrderDraft draft)
    {
        CheckStock(draft.Lines);
        return OrderLine.Demand(draft.Lines).Select(needed => (needed.VariantId, facts.Stock(needed.VariantId)!.Reserve(draft.OrderId, needed.Quantity, now)));
    }

    /// <summary>Errors: out_of_stock with every shortage.</summary>
    public void CheckStock(OrderLine[] lines)
    {
        var shortages = OrderLine.Demand(lines)
            .Where(needed => facts.Stock(needed.VariantId)?.Covers(needed.Quantity) != true)
            .Select(needed => new Shortage(
                needed.VariantId, needed.Quantity, facts.Stock(needed.VariantId)?.Available ?? 0,
                [.. lines.Where(line => line.VariantId == needed.VariantId).Select(line => line.LineNo - 1)]))
            .ToArray();
        Check.That(shortages.Length == 0, CheckoutErrors.OutOfStock(shortages));
    }

    private void CheckTime()
    {
        var wanted = basket.ScheduledFor ?? now;
        Check.That(wanted <= now + LongestAhead, CheckoutErrors.ScheduledTooLate);
        if (wanted >= now && !facts.Storefront.OpeningHours.IsOpenAt(wanted, zone))
        {
            throw new DomainException(CheckoutErrors.Closed(facts.Storefront.OpeningHours.NextOpening(wanted, zone)));
        }
    }

    private void CheckCurrency(string member, Money? money) =>
        Check.That(money is null || money.Value.Currency == Currency, CheckoutErrors.OtherCurrency(member, Currency));

    private Money DeliveryFee()
    {
        if (basket.DeliveryType != DeliveryType.Delivery)
        {
            return Money.Zero(Currency);
        }

        var terms = facts.Storefront.Delivery ?? throw new DomainException(CheckoutErrors.DeliveryNotOffered);
        Check.That(Place is null || terms.Reaches(Place), CheckoutErrors.OutsideDeliveryArea);
        return Zone?.Fee ?? terms.Fee ?? facts.Settings.DeliveryFee;
    }

    /// <summary>Where the fee depends on the place, nothing is sold without knowing it; a cart shows what holds everywhere else.</summary>
    private void CheckPlace() =>
        Check.That(basket.DeliveryType != DeliveryType.Delivery || Place is not null || facts.Storefront.Delivery?.HasZones is not true, CheckoutErrors.PositionRequired);

    private OrderTerms Terms()
    {
        var settings = facts.Settings;
        var preparation = facts.Products.Select(product => product!.Details.PreparationMinutes ?? DefaultPreparationMinutes).DefaultIfEmpty(DefaultPreparationMinutes).Max();
        var opens = facts.Storefront.OpeningHours.NextOpening(now, zone);
        return new(settings.AcceptanceMinutes, settings.UnpaidExpiryMinutes, preparation, settings.AutoConfirm, opens > now ? opens : null);
    }
}
