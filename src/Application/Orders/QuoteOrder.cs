using FluentValidation;
using Mainstreet.Application.Catalog;
using Mainstreet.Application.Customers;
using Mainstreet.Application.Flags;
using Mainstreet.Application.Stock;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Stock;
using Mainstreet.Domain.Storefronts;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>
/// What a basket would cost now: priced and refused as <see cref="PlaceOrder"/> does it, and nothing is promised or counted. Errors: those of
/// <see cref="PlaceOrder"/> but for what concerns contact, payment and the time already past.
/// </summary>
/// <param name="Email">Of who buys, to see whether the coupon is still theirs; a customer who is signed in is known.</param>
public sealed record QuoteOrder(
    IReadOnlyList<BasketLine> Lines, DeliveryType DeliveryType, Address? Address, DateTimeOffset? ScheduledFor, Money? Tip, string? CouponCode, string? Email,
    long? RedeemPoints = null) : IRequest<Quote>, IBasket;

/// <param name="ReadyAt">When it can be ready at the earliest, if the business confirms it at once.</param>
public sealed record Quote(OrderLine[] Lines, OrderTotals Totals, AppliedCoupon? Coupon, AppliedPoints? Points, DateTimeOffset ReadyAt);

internal sealed class QuoteOrderValidator : BasketValidator<QuoteOrder>
{
    public QuoteOrderValidator() =>
        RuleFor(c => c.Email).Must(EmailAddress.IsWellFormed).When(c => c.Email is not null).WithErrorCode("email_invalid").WithMessage("This is not an e-mail address.");
}

internal sealed class QuoteOrderHandler(IReadStore reads, IAggregates aggregates, IFeatures features, ITenantContext tenant, TimeProvider clock) : IRequestHandler<QuoteOrder, Quote>
{
    public async Task<Quote> Handle(QuoteOrder query, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var buyer = new Buyer(tenant.Customer(), query.Email is { } email ? Guest.IdOf(tenant.Tenant, email) : null);
        var coupon = await NamedCoupon.Find(reads, query.CouponCode, buyer, cancellationToken);
        var points = await NamedPoints.Find(features, tenant, query.RedeemPoints, cancellationToken);
        var facts = await reads.CheckoutFacts(query, coupon, cancellationToken);
        var checkout = new Checkout(query, facts with { Points = points is null ? null : await points.In(aggregates, cancellationToken) }, now);
        var priced = checkout.Price();
        checkout.CheckStock(priced.Lines);
        return new(priced.Lines, priced.Totals, priced.Coupon, priced.Points, priced.Terms.ReadyAt(now));
    }
}

internal static class ShownFacts
{
    /// <summary>By what is shown: none of these views is ever behind. Errors: not_found (404) where nothing is sold.</summary>
    public static async Task<CheckoutFacts> CheckoutFacts(this IReadStore reads, IBasket basket, NamedCoupon? coupon, CancellationToken cancellationToken)
    {
        var shop = await reads.Find<Shop>(
            """
            select p.settings, s.branding, s.opening_hours, s.delivery, s.minimum_order_amount, s.minimum_order_currency
              from rm.storefront s cross join rm.business_profile p where s.published
            """,
            null, cancellationToken) ?? throw new DomainException(DomainError.NotFound("storefront"));
        var wanted = new { Variants = basket.Lines.Select(line => line.VariantId.Value).Distinct().ToArray() };
        var products = await reads.List<ProductView>(
            "select * from rm.products where id in (select product_id from rm.product_variants where variant_id = any (@variants) and not archived)", wanted, cancellationToken);
        var owners = products.SelectMany(product => product.Variants.Select(variant => (variant.Id, product.State))).ToDictionary(owner => owner.Id, owner => owner.State);
        var levels = (await reads.List<StockLevelView>("select * from rm.stock_levels where item_id = any (@variants)", wanted, cancellationToken))
            .ToDictionary(level => level.VariantId, level => level.State);
        var categories = await reads.List<CategoryView>(
            "select * from rm.categories where exists (select from rm.categories where tax_rate_percent is not null)", null, cancellationToken);
        var groups = await reads.OptionGroups(products.SelectMany(product => product.OptionGroups), cancellationToken);
        return new(
            shop.Settings, new(shop.Branding, shop.OpeningHours, shop.Delivery, shop.MinimumOrder),
            [.. basket.Lines.Select(line => owners.GetValueOrDefault(line.VariantId))], levels.GetValueOrDefault,
            coupon is null ? null : await coupon.In(reads, cancellationToken),
            new(new CategoryTree(categories.Select(category => category.State!)).Rates()), groups);
    }

    private sealed record Shop(BusinessSettings Settings, Branding Branding, OpeningHours OpeningHours, DeliveryTerms? Delivery, Money? MinimumOrder);
}
