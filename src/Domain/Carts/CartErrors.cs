namespace Mainstreet.Domain.Carts;

public static class CartErrors
{
    /// <summary>Also for one that has expired, is somebody else's, or went into another.</summary>
    public static readonly DomainError NotFound = DomainError.NotFound("cart");

    public static readonly DomainError ItemNotFound = DomainError.NotFound("item");

    public static readonly DomainError Full = new("cart_full", $"A cart has at most {Cart.MaxItems} items.");

    public static readonly DomainError InvalidQuantity =
        new("invalid_quantity", $"A quantity is above 0, at most {Quantities.Max} and has at most 3 decimals.") { Place = "/quantity" };

    public static readonly DomainError CheckedOut = new("cart_checked_out", "The cart was ordered: begin another one.", ErrorKind.Conflict);

    public static readonly DomainError OfCustomer = new("cart_of_customer", "Only a guest's cart goes into another one.", ErrorKind.Conflict);

    public static readonly DomainError Busy = new("conflict", "Somebody else is changing the cart at this very moment.", ErrorKind.Busy);

    public static readonly DomainError NotAvailable = new("not_available", "It is not offered.") { Place = "/variant_id" };

    /// <summary><c>changes</c> say of each line why.</summary>
    public static DomainError NothingToReorder(IReadOnlyList<ReorderChange> changes) =>
        new("nothing_to_reorder", "Nothing of this order can be bought now.", Details: DomainError.DetailsOf(("changes", changes)));
}
