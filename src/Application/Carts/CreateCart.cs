using Mainstreet.Application.Customers;
using Mainstreet.Domain;
using Mainstreet.Domain.Carts;
using MediatR;

namespace Mainstreet.Application.Carts;

/// <summary>An empty cart: a guest's, or that of the customer who is signed in, which may be there already.</summary>
public sealed record CreateCart : IRequest<CartReceipt>;

public sealed record CartReceipt(CartId CartId, int Version) : Committed(Version);

internal sealed class CreateCartHandler(ICarts carts, CartSteps steps, ITenantContext tenant, TimeProvider clock) : IRequestHandler<CreateCart, CartReceipt>
{
    public async Task<CartReceipt> Handle(CreateCart command, CancellationToken cancellationToken)
    {
        if (tenant.Customer() is { } account)
        {
            var own = await steps.OfCustomer(account, cancellationToken);
            return new(own.Id, own.Version);
        }

        // random, and not ordered by time: whoever knows the id of a guest's cart has it
        var cart = Cart.New(new(Guid.NewGuid()), account: null, clock.GetUtcNow());
        await carts.Add(cart, cancellationToken);
        return new(cart.Id, cart.Version);
    }
}
