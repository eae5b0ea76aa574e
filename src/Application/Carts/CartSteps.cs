using Mainstreet.Application.Catalog;
using Mainstreet.Application.Customers;
using Mainstreet.Domain;
using Mainstreet.Domain.Carts;
using Mainstreet.Domain.Catalog;

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

    /// <summary>The cart of the customer who is signed in, begun anew where the last one was ordered.</summary>
    public async Task<Cart> OfCustomer(AccountId account, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var present = await carts.OfAccount(account, cancellationToken);
            if (present is not null && !await IsCheckedOut(present, cancellationToken))
            {
                return present;
            }

            if (present is not null)
            {
                await carts.Remove(present.Id, cancellationToken);
            }

            var begun = Cart.New(new(Guid.NewGuid()), account, clock.GetUtcNow());
            if (await carts.Add(begun, cancellationToken))
            {
                return begun;
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
