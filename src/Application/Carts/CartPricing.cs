using Mainstreet.Application.Customers;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Carts;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Application.Carts;

/// <summary>Prices carts as orders are priced, but leaves out what cannot be bought instead of refusing it.</summary>
public sealed class CartPricing(IReadStore reads, CartSteps steps, ITenantContext tenant, TimeProvider clock)
{
    public async Task<PricedCart> Price(Cart cart, CancellationToken cancellationToken)
    {
        var problems = new List<DomainError>();
        var all = CartBasket.Of(cart.Items, cart.DeliveryType);
        var facts = await reads.CheckoutFacts(all, await Coupon(cart, problems, cancellationToken), cancellationToken);
        var menus = facts.Products.Select(product => product is null ? OptionMenu.Empty : OptionMenu.Of(product.OptionGroups, facts.OptionGroups)).ToArray();
        var faults = cart.Items.Select((item, i) => menus[i].Choose(item.Choices ?? []).Faults).ToArray();
        var known = cart.Items.Index().Where(item => facts.Products[item.Index] is { Status: ProductStatus.Published } product && product.Find(item.Item.VariantId) is not null).ToArray();
        var offered = known.Where(item => faults[item.Index] is []).ToArray();
        var basket = CartBasket.Of(offered.Select(item => item.Item), cart.DeliveryType);
        var priced = offered.Length == 0 ? null
            : Sum(basket, facts with { Products = [.. offered.Select(item => facts.Products[item.Index])] }, problems);
        var lines = offered.Select((item, i) => (item.Item.Id, Line: priced!.Lines[i])).ToDictionary(line => line.Id, line => line.Line);
        return new(
            cart, await steps.IsCheckedOut(cart, cancellationToken), [.. cart.Items.Select((item, i) => new PricedItem(item, lines.GetValueOrDefault(item.Id), ChoiceOfCart.Of(item, menus[i])))],
            priced?.Totals, priced?.Coupon, [.. Changes(cart, lines, known.ToDictionary(item => item.Item.Id, item => faults[item.Index]), facts)], problems);
    }

    private async Task<NamedCoupon?> Coupon(Cart cart, List<DomainError> problems, CancellationToken cancellationToken)
    {
        try
        {
            return await NamedCoupon.Find(reads, cart.CouponCode, new(tenant.Customer(), Guest: null), cancellationToken);
        }
        catch (DomainException e)
        {
            problems.Add(e.Error);
            return null;
        }
    }

    /// <summary>Without the coupon, or as if it were collected, where these are what is refused.</summary>
    private PricedBasket Sum(CartBasket basket, CheckoutFacts facts, List<DomainError> problems)
    {
        try
        {
            return new Checkout(basket, facts, clock.GetUtcNow()).Sum();
        }
        catch (DomainException e) when (e.Error == CheckoutErrors.DeliveryNotOffered)
        {
            problems.Add(e.Error);
            return Sum(basket with { DeliveryType = DeliveryType.Pickup }, facts, problems);
        }
        catch (DomainException e) when (facts.Coupon is not null)
        {
            problems.Add(e.Error);
            return Sum(basket, facts with { Coupon = null }, problems);
        }
    }

    /// <param name="faults">Of what is offered: what speaks against the choices.</param>
    private static IEnumerable<CartChange> Changes(Cart cart, Dictionary<Guid, OrderLine> lines, Dictionary<Guid, ChoiceFault[]> faults, CheckoutFacts facts)
    {
        var demand = OrderLine.Demand(lines.Values).ToDictionary(needed => needed.VariantId, needed => needed.Quantity);
        foreach (var item in cart.Items)
        {
            if (!lines.TryGetValue(item.Id, out var line))
            {
                yield return faults.TryGetValue(item.Id, out var refused)
                    ? new(item.Id, CartChangeKind.ChoicesNotAvailable, Choices: CartChoiceProblem.Of(refused))
                    : new(item.Id, CartChangeKind.NotAvailable);
                continue;
            }

            if (line.UnitPrice != item.Price)
            {
                yield return new(item.Id, CartChangeKind.PriceChanged, item.Price, line.UnitPrice);
            }

            var stock = facts.Stock(item.VariantId);
            if (stock?.Covers(demand[item.VariantId]) != true)
            {
                yield return new(item.Id, CartChangeKind.OutOfStock, Available: Math.Max(0, stock?.Available ?? 0));
            }
        }
    }
}
