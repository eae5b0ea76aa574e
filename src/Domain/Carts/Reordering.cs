using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Stock;

namespace Mainstreet.Domain.Carts;

public enum ReorderChangeKind
{
    /// <summary>It came along, and costs another price now.</summary>
    PriceChanged,

    /// <summary>Less of it came along than was ordered: there is no more.</summary>
    QuantityReduced,

    /// <summary>It came along without some of what was chosen, or with less of it.</summary>
    ChoicesChanged,

    /// <summary>It is not offered any more.</summary>
    NotAvailable,

    /// <summary>There is none, or all there is is in the cart already.</summary>
    OutOfStock,

    /// <summary>It is offered, but not with what is left of the choices: they are to be made anew.</summary>
    ChoicesNotAvailable,

    /// <summary>The cart has as many items, or as much of this one, as it can have, or more of it would cost more than an amount can say.</summary>
    CartFull,
}

/// <summary>What of a line is not as it was ordered.</summary>
/// <param name="LineNo">Of the order.</param>
/// <param name="Name">Of the product, as it was ordered.</param>
/// <param name="ItemId">Of the cart; null: the line did not come along.</param>
/// <param name="From">What one cost with its choices.</param>
/// <param name="To">What one costs now with those that came along.</param>
/// <param name="Ordered">How much of it was ordered.</param>
/// <param name="Quantity">How much of it came along.</param>
/// <param name="Choices">What speaks against the choices that were made.</param>
public sealed record ReorderChange(
    int LineNo, VariantId VariantId, string Name, ReorderChangeKind Kind, Guid? ItemId = null, Money? From = null, Money? To = null,
    decimal? Ordered = null, decimal? Quantity = null, CartChoiceProblem[]? Choices = null);

/// <summary>That an order was put into a cart.</summary>
/// <param name="CommandId">By which request.</param>
/// <param name="Version">Of the cart with it.</param>
/// <param name="Changes">What is not as it was ordered.</param>
public sealed record CartReorder(Guid CommandId, int Version, ReorderChange[] Changes);

/// <summary>What a shop has of what was ordered, as it stands today.</summary>
/// <param name="Products">Of each line; null: there is none.</param>
/// <param name="Groups">Any option group that they name.</param>
/// <param name="Stock">Null: none.</param>
public sealed record ReorderOffer(IReadOnlyList<Product?> Products, Func<OptionGroupId, OptionGroup> Groups, Func<VariantId, StockItem?> Stock);

/// <summary>
/// An order's lines become items of a cart (ORD-11), at today's prices. What cannot come along is told and stops nothing else; what came along as it was is not told of.
/// </summary>
public static class Reordering
{
    /// <summary>Rejects <c>nothing_to_reorder</c> where no line can come along.</summary>
    /// <param name="cart">Gets the lines: the same with the same choices and note is one item.</param>
    /// <param name="lines">Of the order.</param>
    /// <param name="offer">Of today.</param>
    /// <param name="newItem">Makes the ids of items.</param>
    public static (Cart Cart, ReorderChange[] Changes) Reorder(this Cart cart, IReadOnlyList<OrderLine> lines, ReorderOffer offer, Func<Guid> newItem)
    {
        var (filled, changes) = (cart, new List<ReorderChange>());
        foreach (var (i, line) in lines.Index())
        {
            var product = offer.Products[i];
            (filled, var differs) = product is { Status: ProductStatus.Published } && product.Find(line.VariantId) is { } variant
                ? Put(filled, line, variant, OptionMenu.Of(product.OptionGroups, offer.Groups), offer.Stock(line.VariantId), newItem)
                : (filled, [Left(line, ReorderChangeKind.NotAvailable)]);
            changes.AddRange(differs);
        }

        return ReferenceEquals(filled, cart) ? throw new DomainException(CartErrors.NothingToReorder(changes)) : (filled, [.. changes]);
    }

    private static (Cart Cart, ReorderChange[] Changes) Put(Cart cart, OrderLine line, Variant variant, OptionMenu menu, StockItem? stock, Func<Guid> newItem)
    {
        ChosenOption[] made = [.. (line.Choices ?? []).Where(choice => choice.ChoiceId is not null).Select(choice => new ChosenOption(choice.ChoiceId!.Value, choice.Quantity))];
        var faults = menu.Choose(made).Faults;
        var kept = faults is [] ? made : Offered(made, menu);
        var selection = menu.Choose(kept);
        if (selection.Faults is not [])
        {
            return (cart, [Left(line, ReorderChangeKind.ChoicesNotAvailable) with { Choices = CartChoiceProblem.Of(faults) }]);
        }

        var item = new CartItem(newItem(), line.VariantId, line.Quantity, line.Note, LineChoice.Added(variant.Price, selection.Choices), CartItem.Kept(kept));
        var like = Array.Find(cart.Items, item.IsLike);
        var quantity = Math.Min(There(cart, line, stock), line.Quantity);
        var level = quantity + (like?.Quantity ?? 0);
        var room = (like is not null || cart.Items.Length < Cart.MaxItems) && level <= Quantities.Max && item.Price.Amount * level <= Money.MaxAmount;
        if (quantity <= 0 || !room)
        {
            return (cart, [Left(line, quantity <= 0 ? ReorderChangeKind.OutOfStock : ReorderChangeKind.CartFull)]);
        }

        var told = new ReorderChange(line.LineNo, line.VariantId, line.Name, default, like?.Id ?? item.Id);
        return (cart.Add(item with { Quantity = quantity }),
        [
            .. item.Price == line.UnitPrice ? [] : new[] { told with { Kind = ReorderChangeKind.PriceChanged, From = line.UnitPrice, To = item.Price } },
            .. quantity == line.Quantity ? [] : new[] { told with { Kind = ReorderChangeKind.QuantityReduced, Ordered = line.Quantity, Quantity = quantity } },
            .. faults is [] ? [] : new[] { told with { Kind = ReorderChangeKind.ChoicesChanged, Choices = CartChoiceProblem.Of(faults) } },
        ]);
    }

    /// <summary>What of the choices there is, as often as it can be taken.</summary>
    private static ChosenOption[] Offered(ChosenOption[] made, OptionMenu menu) =>
    [
        .. made.Select(chosen => (Chosen: chosen, menu.Find(chosen.ChoiceId)?.Choice)).Where(found => found.Choice is { Available: true })
            .Select(found => found.Chosen with { Quantity = Math.Min(found.Chosen.Quantity, found.Choice!.Limit) }),
    ];

    /// <summary>How much of it can still come into the cart. What was ordered in whole pieces comes in whole pieces.</summary>
    private static decimal There(Cart cart, OrderLine line, StockItem? stock)
    {
        var inCart = cart.Items.Where(item => item.VariantId == line.VariantId).Sum(item => item.Quantity);
        if (stock?.Covers(inCart + line.Quantity) == true)
        {
            return line.Quantity;
        }

        var left = (stock?.Available ?? 0) - inCart;
        return decimal.Truncate(line.Quantity) == line.Quantity ? decimal.Truncate(left) : left;
    }

    private static ReorderChange Left(OrderLine line, ReorderChangeKind kind) => new(line.LineNo, line.VariantId, line.Name, kind, Ordered: line.Quantity, Quantity: 0);
}
