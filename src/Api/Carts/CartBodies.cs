using Mainstreet.Api.Orders;
using Mainstreet.Application;
using Mainstreet.Application.Carts;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Carts;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Api.Carts;

internal enum CartStatus
{
    Open,

    /// <summary>There is its order.</summary>
    CheckedOut,
}

/// <summary>A cart at today's prices.</summary>
/// <param name="Totals">Of what can be bought; absent when nothing can. An order may refuse more: see the quote.</param>
/// <param name="Taxes">Those of the totals, by rate.</param>
/// <param name="CouponCode">As it was given, whether or not it is worth something.</param>
/// <param name="Coupon">What it is worth.</param>
/// <param name="Changes">What is not as it was when the items were put in, or last changed.</param>
/// <param name="Problems">Why the coupon, or a delivery, is not reckoned.</param>
/// <param name="ExpiresAt">From when the cart is gone, unless it is changed before.</param>
internal sealed record CartBody(
    Guid Id, int Version, CartStatus Status, DeliveryType DeliveryType, CartItemBody[] Items, OrderTotals? Totals, TaxTotal[]? Taxes, string? CouponCode, AppliedCouponBody? Coupon,
    CartChange[] Changes, CartProblemBody[] Problems, DateTimeOffset ExpiresAt)
{
    public static CartBody Of(PricedCart cart) => new(
        cart.Cart.Id.Value, cart.Cart.Version, cart.CheckedOut ? CartStatus.CheckedOut : CartStatus.Open, cart.Cart.DeliveryType,
        [.. cart.Items.Select(CartItemBody.Of)], cart.Totals, cart.Taxes, cart.Cart.CouponCode, AppliedCouponBody.Of(cart.Coupon),
        [.. cart.Changes], [.. cart.Problems.Select(problem => new CartProblemBody(problem.Code, problem.Message))], cart.Cart.ExpiresAt);
}

/// <param name="Available">False: it is not offered any more, or not with what was chosen, and not in the totals.</param>
/// <param name="UnitPrice">What one costs now with its choices; where it is not offered any more: what it cost.</param>
/// <param name="Discount">Off the subtotal, by the coupon.</param>
/// <param name="Choices">What is chosen with each one, as the catalogue has it now.</param>
internal sealed record CartItemBody(
    Guid Id, Guid VariantId, string? Name, string? VariantName, decimal Quantity, string? Note, bool Available, Money UnitPrice, Money? Subtotal, Money? Discount,
    ChoiceOfCart[] Choices)
{
    public static CartItemBody Of(PricedItem priced)
    {
        var (item, line) = (priced.Item, priced.Line);
        return new(
            item.Id, item.VariantId.Value, line?.Name, line?.VariantName, item.Quantity, item.Note, line is not null, line?.UnitPrice ?? item.Price, line?.Subtotal, line?.Off,
            [.. priced.Choices]);
    }
}

/// <param name="Code">As a checkout would be refused with it.</param>
internal sealed record CartProblemBody(string Code, string Message);

/// <summary>The cart, or the item, that was made.</summary>
/// <param name="Version">Of the cart.</param>
internal sealed record CartReferenceBody(Guid Id, int Version);

/// <summary>A member that is left out stays as it is. Null takes the coupon away.</summary>
internal sealed record ChangeCartRequest(DeliveryType? DeliveryType = null)
{
    private Change<string>? couponCode;

    public string? CouponCode
    {
        get => couponCode?.To;
        init => couponCode = new(value);
    }

    public ChangeCart ToCommand(CartId cart, int? expectedVersion) => new(cart, expectedVersion, DeliveryType, couponCode);
}

/// <summary>A member that is left out stays as it is. Null takes the note away.</summary>
/// <param name="Choices">All of them from now on; null: they stay.</param>
internal sealed record ChangeCartItemRequest(decimal? Quantity = null, ChoiceRequest[]? Choices = null)
{
    private Change<string>? note;

    public string? Note
    {
        get => note?.To;
        init => note = new(value);
    }

    public ChangeCartItem ToCommand(CartId cart, Guid item, int? expectedVersion) => new(cart, item, expectedVersion, Quantity, note, ChoiceRequest.Of(Choices));
}

/// <param name="Cart">With what came along; absent where the request is repeated and the cart is gone by then.</param>
/// <param name="Changes">What is not as it was ordered, by line; nothing for a line that came along as it was.</param>
internal sealed record ReorderedBody(CartBody? Cart, ReorderChange[] Changes);

internal sealed record MergeCartRequest(Guid GuestCartId);

/// <summary>What an order needs beside the cart.</summary>
/// <param name="RedeemPoints">Of the customer who is signed in: a part of the goods is paid with them.</param>
/// <param name="PaymentMethodId">Of the customer who is signed in: what they saved, with which it is paid at once.</param>
/// <inheritdoc cref="GuestCheckoutRequest" />
internal sealed record CheckOutCartRequest(
    ContactRequest Contact,
    PaymentMethod PaymentMethod,
    Address? Address = null,
    DateTimeOffset? ScheduledFor = null,
    Money? Tip = null,
    Money? ExpectedTotal = null,
    long? RedeemPoints = null,
    Guid? PaymentMethodId = null)
{
    public PlaceOrder ToCommand(Cart cart) => new(
        cart.OrderId, [.. cart.Items.Select(item => new BasketLine(item.VariantId, item.Quantity, item.Note, item.Choices))], cart.DeliveryType,
        new(Contact.Name, Contact.Email, Contact.Phone), Address, PaymentMethod, ScheduledFor, Tip, ExpectedTotal, cart.CouponCode, RedeemPoints,
        PaymentMethodId is { } method ? new(method) : null);
}
