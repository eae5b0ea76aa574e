using Mainstreet.Application.Catalog;
using Mainstreet.Application.Customers;
using Mainstreet.Domain;
using Mainstreet.Domain.Carts;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Application.Carts;

/// <summary>What every step on a cart begins and ends with.</summary>
public sealed class CartSteps(ICarts carts, IReadStore reads, ITenantContext tenant, TimeProvider clock)
{
    /// <summary>How often a step is made again when somebody else was first.</summary>
    private const int Attempts = 5;

    /// <summary>The cart, where the caller may see it. Errors: not_found (404).</summary>
    public async Task<Cart> Get(CartId id, CancellationToken cancellationToken) => await Find(id, cancellationToken) ?? throw new DomainException(CartErrors.NotFound);

    /// <summary>The cart, where the caller may see it; else null.</summary>
    public async Task<Cart?> Find(CartId id, CancellationToken cancellationToken) =>
        await carts.Find(id, cancellationToken) is { MergedInto: null } cart && (cart.AccountId is null || cart.AccountId == tenant.Customer()) ? cart : null;

    /// <summary>By a view that is never behind, written in the commit of the order.</summary>
    public async Task<bool> IsCheckedOut(Cart cart, CancellationToken cancellationToken) =>
        (await reads.List<Guid>("select order_id from rm.orders where order_id = @order_id", new { cart.OrderId }, cancellationToken)).Count > 0;

    /// <summary>Errors: not_found (404), cart_checked_out, conflict (409), stale_version (412), and what <paramref name="change"/> refuses.</summary>
    public async Task<Committed> Change(CartId id, int? expectedVersion, Func<Cart, Cart> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var cart = await Get(id, cancellationToken);
            Check.That(!await IsCheckedOut(cart, cancellationToken), CartErrors.CheckedOut);
            Check.That(expectedVersion is null || expectedVersion == cart.Version, Concurrency.Stale(cart.Version));
            var wanted = change(cart);
            if (ReferenceEquals(wanted, cart))
            {
                return new(cart.Version);
            }

            var changed = wanted.Next(clock.GetUtcNow());
            if (await carts.Save([changed], cancellationToken))
            {
                return new(changed.Version);
            }
        }

        throw new DomainException(CartErrors.Busy);
    }

    /// <summary>The cart of the customer who is signed in, begun anew where the last one was ordered. Errors: conflict (409).</summary>
    public Task<Cart> OfCustomer(AccountId account, CancellationToken cancellationToken) =>
        OfCustomer(account, DeliveryType.Pickup, isDone: _ => false, change: cart => cart, cancellationToken);

    /// <summary>The same with a change, which is all that is written of it. Errors: conflict (409), and what <paramref name="change"/> refuses; then none is begun.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="begun">Of a cart that is begun.</param>
    /// <param name="isDone">Whether the last one, be it ordered or not, has the change already: then it is the one, as it is.</param>
    /// <param name="change">Gets the cart as it would be kept next. The same: one that is there stays as it is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Cart> OfCustomer(AccountId account, DeliveryType begun, Func<Cart, bool> isDone, Func<Cart, Cart> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var last = await carts.OfAccount(account, cancellationToken);
            if (last is not null && isDone(last))
            {
                return last;
            }

            var now = clock.GetUtcNow();
            var present = last is null || await IsCheckedOut(last, cancellationToken) ? null : last;
            var next = present?.Next(now) ?? (Cart.New(new(Guid.NewGuid()), account, now) with { DeliveryType = begun });
            var wanted = change(next);
            if (present is not null && ReferenceEquals(wanted, next))
            {
                return present;
            }

            if (present is null && last is not null)
            {
                await carts.Remove(last.Id, cancellationToken);
            }

            if (present is null ? await carts.Add(wanted, cancellationToken) : await carts.Save([wanted], cancellationToken))
            {
                return wanted;
            }
        }

        throw new DomainException(CartErrors.Busy);
    }

    /// <summary>What one costs now with its choices. Errors: not_available, choices_invalid (422).</summary>
    public async Task<Money> PriceOf(VariantId variant, ChosenOption[]? choices, CancellationToken cancellationToken)
    {
        var found = await reads.Find<VariantPrice>(
            """
            select v.price_amount, v.price_currency, v.option_groups from rm.product_variants v join rm.products p on p.id = v.product_id
             where v.variant_id = @variant and p.status = 'published'
            """,
            new { variant }, cancellationToken) ?? throw new DomainException(CartErrors.NotAvailable);
        var groups = found.OptionGroups ?? [];
        var chosen = OptionMenu.Of(groups, await reads.OptionGroups(groups, cancellationToken)).Choose(choices ?? []);
        Check.That(chosen.Faults is [], CatalogErrors.ChoicesInvalid(chosen.Faults));
        return LineChoice.Added(found.Price, chosen.Choices);
    }

    private sealed record VariantPrice(Money Price, OptionGroupId[]? OptionGroups);
}
