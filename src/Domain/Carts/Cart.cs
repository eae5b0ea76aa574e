using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Domain.Carts;

/// <summary>
/// What somebody is about to buy (ORD-01). Not a stream: most carts are left standing, and the log keeps everything. It is checked out when there is its
/// order. A guest's cart opens to whoever knows its id, which cannot be guessed, so nothing in it says who they are.
/// </summary>
/// <param name="AccountId">Of a customer who is signed in; null: a guest's.</param>
/// <param name="MergedInto">The customer's, which has its items since.</param>
/// <param name="LastReorder">So that it is made once, however often it is asked for; null: no order was put in.</param>
public sealed record Cart(
    CartId Id, AccountId? AccountId, CartItem[] Items, DeliveryType DeliveryType, string? CouponCode, CartId? MergedInto, int Version, DateTimeOffset ExpiresAt,
    CartReorder? LastReorder = null)
{
    public const int MaxItems = OrderDraft.MaxLines;

    /// <summary>How long it stays after it was last changed.</summary>
    public static readonly TimeSpan Stays = TimeSpan.FromDays(30);

    /// <summary>A cart is one order at most.</summary>
    public OrderId OrderId => new(Uuid.Named("order of a cart", Id.ToString()));

    public static Cart New(CartId id, AccountId? account, DateTimeOffset now) =>
        new(id, account, [], DeliveryType.Pickup, CouponCode: null, MergedInto: null, Version: 1, now + Stays);

    /// <summary>More of what is there with the same choices and note is one item. Rejects <c>cart_full</c> and <c>invalid_quantity</c>.</summary>
    public Cart Add(CartItem item)
    {
        var quantity = Level(item.Quantity);
        if (Array.Find(Items, present => present.IsLike(item)) is { } same)
        {
            return With(same with { Quantity = Level(same.Quantity + quantity), Price = item.Price });
        }

        Check.That(Items.Length < MaxItems, CartErrors.Full);
        return this with { Items = [.. Items, item] };
    }

    /// <summary>
    /// Another quantity, note or choices, seen at today's price. What then is like another item takes that one in. Rejects <c>not_found</c> and
    /// <c>invalid_quantity</c>.
    /// </summary>
    /// <param name="choices">Null: they stay.</param>
    public Cart Change(Guid itemId, decimal? quantity, string? note, bool changesNote, Money price, ChosenOption[]? choices = null)
    {
        var item = Find(itemId);
        var changed = item with
        {
            Quantity = Level(quantity ?? item.Quantity),
            Note = changesNote ? note : item.Note,
            Price = price,
            Choices = choices is null ? item.Choices : CartItem.Kept(choices),
        };
        return Array.Find(Items, other => other.Id != itemId && other.IsLike(changed)) is { } same
            ? Remove(same.Id).With(changed with { Quantity = Level(same.Quantity + changed.Quantity) })
            : With(changed);
    }

    /// <summary>Rejects <c>not_found</c>.</summary>
    public CartItem Find(Guid itemId) => Array.Find(Items, item => item.Id == itemId) ?? throw new DomainException(CartErrors.ItemNotFound);

    /// <summary>The same cart where there is no such item: whoever takes it out again has what they want.</summary>
    public Cart Remove(Guid itemId) => Array.Exists(Items, item => item.Id == itemId) ? this with { Items = [.. Items.Where(item => item.Id != itemId)] } : this;

    /// <summary>The items of a guest's cart too, and its coupon where there is none. Rejects <c>cart_full</c> and <c>invalid_quantity</c>.</summary>
    public Cart Merge(Cart guest) => guest.Items.Aggregate(this, (cart, item) => cart.Add(item)) with { CouponCode = CouponCode ?? guest.CouponCode };

    /// <summary>As it is kept when something has changed.</summary>
    public Cart Next(DateTimeOffset now) => this with { Version = Version + 1, ExpiresAt = now + Stays };

    /// <summary>Notes are people's own words, and states end up in logs.</summary>
    public override string ToString() => $"Cart {Id}";

    private Cart With(CartItem changed) => this with { Items = [.. Items.Select(item => item.Id == changed.Id ? changed : item)] };

    private static decimal Level(decimal quantity) => Quantities.IsPositive(quantity) ? quantity : throw new DomainException(CartErrors.InvalidQuantity);
}

/// <param name="Price">Of one with its choices, as it was when the item was put in or last changed.</param>
/// <param name="Choices">What is chosen with each one; null: nothing.</param>
public sealed record CartItem(Guid Id, VariantId VariantId, decimal Quantity, string? Note, Money Price, ChosenOption[]? Choices = null)
{
    /// <summary>The same thing with the same choices and note.</summary>
    public bool IsLike(CartItem other) =>
        VariantId == other.VariantId && string.Equals(Note, other.Note, StringComparison.Ordinal) && ChosenOption.AreAlike(Choices, other.Choices);

    /// <summary>As items have them.</summary>
    public static ChosenOption[]? Kept(ChosenOption[]? choices) => choices is [] ? null : choices;
}
