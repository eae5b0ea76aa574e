using Mainstreet.Application.Customers;
using Mainstreet.Domain;
using Mainstreet.Domain.Carts;
using MediatR;

namespace Mainstreet.Application.Carts;

/// <summary>
/// Who has signed in takes along what they put into a cart before: once, however often it is asked for. Errors: not_found (404); cart_checked_out,
/// cart_of_customer, conflict (409); cart_full (422).
/// </summary>
/// <param name="Guest">The guest's cart.</param>
public sealed record MergeCart(AccountId AccountId, CartId Guest) : IRequest<CartReceipt>;

internal sealed class MergeCartHandler(ICarts carts, CartSteps steps, TimeProvider clock) : IRequestHandler<MergeCart, CartReceipt>
{
    private const int Attempts = 5;

    public async Task<CartReceipt> Handle(MergeCart command, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var guest = await carts.Find(command.Guest, cancellationToken) ?? throw new DomainException(CartErrors.NotFound);
            var own = await steps.OfCustomer(command.AccountId, cancellationToken);
            if (guest.MergedInto == own.Id)
            {
                return new(own.Id, own.Version);
            }

            Check.That(guest is { MergedInto: null } && (guest.AccountId is null || guest.AccountId == command.AccountId), CartErrors.NotFound);
            Check.That(guest.AccountId is null, CartErrors.OfCustomer);
            Check.That(!await steps.IsCheckedOut(guest, cancellationToken), CartErrors.CheckedOut);
            var now = clock.GetUtcNow();
            var merged = own.Merge(guest).Next(now);
            if (await carts.Save([merged, guest.Next(now) with { Items = [], MergedInto = own.Id }], cancellationToken))
            {
                return new(merged.Id, merged.Version);
            }
        }

        throw new DomainException(CartErrors.Busy);
    }
}
