using Mainstreet.Domain;
using Mainstreet.Domain.Carts;

namespace Mainstreet.Application.Carts;

/// <summary>The carts of the present tenant, those that have expired not among them.</summary>
public interface ICarts
{
    Task<Cart?> Find(CartId id, CancellationToken cancellationToken);

    Task<Cart?> OfAccount(AccountId account, CancellationToken cancellationToken);

    /// <summary>False when there is one with this id, or the account has one, or nobody is signed in to it any more, as where it was closed meanwhile.</summary>
    Task<bool> Add(Cart cart, CancellationToken cancellationToken);

    /// <summary>All of them or none: false when one is not of the version before any more.</summary>
    Task<bool> Save(IReadOnlyList<Cart> carts, CancellationToken cancellationToken);

    Task Remove(CartId id, CancellationToken cancellationToken);
}
