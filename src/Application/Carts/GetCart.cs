using Mainstreet.Application.Customers;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Carts;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Carts;

/// <summary>A cart at today's prices (ORD-01). Errors: not_found (404), amount_out_of_range (422).</summary>
public sealed record GetCart(CartId CartId) : IRequest<PricedCart>;

/// <summary>The cart of the customer who is signed in. Errors: not_found (404) before there is one.</summary>
public sealed record GetCustomerCart(AccountId AccountId) : IRequest<PricedCart>;

/// <param name="Items">With what they cost now; null: they cannot be bought.</param>
/// <param name="Totals">Of what can be bought; null: nothing can.</param>
/// <param name="Changes">What is not as it was when the items were put in.</param>
/// <param name="Problems">Why the coupon, or a delivery, is not reckoned.</param>
public sealed record PricedCart(
    Cart Cart, bool CheckedOut, IReadOnlyList<(CartItem Item, OrderLine? Line)> Items, OrderTotals? Totals, AppliedCoupon? Coupon,
    IReadOnlyList<CartChange> Changes, IReadOnlyList<DomainError> Problems)
{
    /// <summary>By rate; null: nothing can be bought.</summary>
    public TaxTotal[]? Taxes => Totals is null ? null : TaxTotal.Of(Items.Select(item => item.Line).OfType<OrderLine>(), Totals.TaxIncluded);
}

public enum CartChangeKind
{
    PriceChanged,
    NotAvailable,
    OutOfStock,
}

/// <param name="From">The price when it was put in.</param>
/// <param name="To">The present price.</param>
/// <param name="Available">How much there is.</param>
public sealed record CartChange(Guid ItemId, CartChangeKind Kind, Money? From = null, Money? To = null, decimal? Available = null);

internal sealed class GetCartHandler(CartSteps steps, CartPricing pricing) : IRequestHandler<GetCart, PricedCart>
{
    public async Task<PricedCart> Handle(GetCart query, CancellationToken cancellationToken) =>
        await pricing.Price(await steps.Get(query.CartId, cancellationToken), cancellationToken);
}

internal sealed class GetCustomerCartHandler(ICarts carts, CartPricing pricing) : IRequestHandler<GetCustomerCart, PricedCart>
{
    public async Task<PricedCart> Handle(GetCustomerCart query, CancellationToken cancellationToken) => await pricing.Price(
        await carts.OfAccount(query.AccountId, cancellationToken) ?? throw new DomainException(CartErrors.NotFound), cancellationToken);
}
