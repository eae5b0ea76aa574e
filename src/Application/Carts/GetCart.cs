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

/// <summary>The same; null where the caller has no such cart (any more).</summary>
public sealed record FindCart(CartId CartId) : IRequest<PricedCart?>;

/// <summary>The cart of the customer who is signed in. Errors: not_found (404) before there is one.</summary>
public sealed record GetCustomerCart(AccountId AccountId) : IRequest<PricedCart>;

/// <param name="Totals">Of what can be bought; null: nothing can.</param>
/// <param name="Changes">What is not as it was when the items were put in.</param>
/// <param name="Problems">Why the coupon, or a delivery, is not reckoned.</param>
public sealed record PricedCart(
    Cart Cart, bool CheckedOut, IReadOnlyList<PricedItem> Items, OrderTotals? Totals, AppliedCoupon? Coupon,
    IReadOnlyList<CartChange> Changes, IReadOnlyList<DomainError> Problems)
{
    /// <summary>By rate; null: nothing can be bought.</summary>
    public TaxTotal[]? Taxes => Totals is null ? null : TaxTotal.Of(Items.Select(item => item.Line).OfType<OrderLine>(), Totals.TaxIncluded);
}

/// <param name="Line">What it costs now; null: it cannot be bought.</param>
/// <param name="Choices">In the order in which they were made.</param>
public sealed record PricedItem(CartItem Item, OrderLine? Line, IReadOnlyList<ChoiceOfCart> Choices);

/// <summary>What was chosen, as the catalogue has it now.</summary>
/// <param name="Group">Null, as name and price: the product does not offer it any more.</param>
/// <param name="Available">False: it is not offered any more, or sold out.</param>
public sealed record ChoiceOfCart(ChoiceId ChoiceId, int Quantity, string? Group, string? Name, Money? Price, bool Available)
{
    internal static ChoiceOfCart[] Of(CartItem item, OptionMenu menu) =>
    [
        .. (item.Choices ?? []).Select(chosen => menu.Find(chosen.ChoiceId) is var (group, choice)
            ? new ChoiceOfCart(chosen.ChoiceId, chosen.Quantity, group.Details.Name, choice.Name, choice.Price, choice.Available)
            : new ChoiceOfCart(chosen.ChoiceId, chosen.Quantity, null, null, null, Available: false)),
    ];
}

public enum CartChangeKind
{
    PriceChanged,
    NotAvailable,
    OutOfStock,

    /// <summary>It is offered, but not with what was chosen: some of it is gone, or more or less is to be chosen.</summary>
    ChoicesNotAvailable,
}

/// <param name="From">The price when it was put in.</param>
/// <param name="To">The present price.</param>
/// <param name="Available">How much there is.</param>
/// <param name="Choices">What speaks against the choices.</param>
public sealed record CartChange(Guid ItemId, CartChangeKind Kind, Money? From = null, Money? To = null, decimal? Available = null, CartChoiceProblem[]? Choices = null);

internal sealed class GetCartHandler(CartSteps steps, CartPricing pricing) : IRequestHandler<GetCart, PricedCart>, IRequestHandler<FindCart, PricedCart?>
{
    public async Task<PricedCart> Handle(GetCart query, CancellationToken cancellationToken) =>
        await pricing.Price(await steps.Get(query.CartId, cancellationToken), cancellationToken);

    public async Task<PricedCart?> Handle(FindCart query, CancellationToken cancellationToken) =>
        await steps.Find(query.CartId, cancellationToken) is { } cart ? await pricing.Price(cart, cancellationToken) : null;
}

internal sealed class GetCustomerCartHandler(ICarts carts, CartPricing pricing) : IRequestHandler<GetCustomerCart, PricedCart>
{
    public async Task<PricedCart> Handle(GetCustomerCart query, CancellationToken cancellationToken) => await pricing.Price(
        await carts.OfAccount(query.AccountId, cancellationToken) ?? throw new DomainException(CartErrors.NotFound), cancellationToken);
}
