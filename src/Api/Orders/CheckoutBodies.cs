using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Api.Orders;

/// <param name="Storefront">The storefront's subdomain; it may be left out where a publishable key says which one.</param>
/// <param name="Address">Where to deliver; needed for a delivery.</param>
/// <param name="ScheduledFor">When it is wanted; left out: as soon as possible.</param>
/// <param name="ExpectedTotal">The total the customer saw: at another one the order is not placed, but answered with <c>price_changed</c>.</param>
/// <param name="Id">Chosen by the client, or left out.</param>
internal sealed record GuestCheckoutRequest(
    BasketLineRequest[] Lines,
    DeliveryType DeliveryType,
    ContactRequest Contact,
    PaymentMethod PaymentMethod,
    Address? Address = null,
    DateTimeOffset? ScheduledFor = null,
    Money? Tip = null,
    Money? ExpectedTotal = null,
    Guid? Id = null,
    string? CouponCode = null,
    string? Storefront = null);

/// <inheritdoc cref="GuestCheckoutRequest" />
/// <param name="RedeemPoints">Of the customer who is signed in: a part of the goods is paid with them.</param>
/// <param name="PaymentMethodId">Of the customer who is signed in: what they saved, with which it is paid at once.</param>
internal sealed record PlaceOrderRequest(
    BasketLineRequest[] Lines,
    DeliveryType DeliveryType,
    ContactRequest Contact,
    PaymentMethod PaymentMethod,
    Address? Address = null,
    DateTimeOffset? ScheduledFor = null,
    Money? Tip = null,
    Money? ExpectedTotal = null,
    Guid? Id = null,
    string? CouponCode = null,
    long? RedeemPoints = null,
    Guid? PaymentMethodId = null)
{
    public PlaceOrder ToCommand() => new(
        new OrderId(Id ?? Uuid.New()), [.. Lines.Select(line => line.ToLine())], DeliveryType,
        new Contact(Contact.Name, Contact.Email, Contact.Phone), Address, PaymentMethod, ScheduledFor, Tip, ExpectedTotal, CouponCode, RedeemPoints,
        PaymentMethodId is { } method ? new(method) : null);
}

/// <param name="Quantity">Above 0, with at most 3 decimals.</param>
/// <param name="Note">For whoever prepares it.</param>
/// <param name="Choices">With each one, of the product's option groups, each named once.</param>
internal sealed record BasketLineRequest(Guid VariantId, decimal Quantity, string? Note = null, ChoiceRequest[]? Choices = null)
{
    public BasketLine ToLine() => new(new(VariantId), Quantity, Note, ChoiceRequest.Of(Choices));
}

/// <param name="Quantity">How often, with each one.</param>
internal sealed record ChoiceRequest(Guid ChoiceId, int Quantity = 1)
{
    public static ChosenOption[]? Of(ChoiceRequest[]? choices) => choices is null ? null : [.. choices.Select(choice => new ChosenOption(new(choice.ChoiceId), choice.Quantity))];
}

internal sealed record ContactRequest(string Name, string Email, string Phone);

/// <param name="Email">Of who is going to buy, to see whether the coupon is still theirs.</param>
/// <param name="RedeemPoints">Of the customer who is signed in.</param>
/// <inheritdoc cref="GuestCheckoutRequest" />
internal sealed record QuoteRequest(
    BasketLineRequest[] Lines,
    DeliveryType DeliveryType,
    Address? Address = null,
    DateTimeOffset? ScheduledFor = null,
    Money? Tip = null,
    string? CouponCode = null,
    string? Email = null,
    long? RedeemPoints = null)
{
    public QuoteOrder ToQuery() => new([.. Lines.Select(line => line.ToLine())], DeliveryType, Address, ScheduledFor, Tip, CouponCode, Email, RedeemPoints);
}

/// <summary>What an order would cost now. Nothing is promised by it: <c>expected_total</c> places the order at this total or not at all.</summary>
/// <param name="Taxes">By rate.</param>
/// <param name="ReadyAt">When it can be ready at the earliest.</param>
internal sealed record QuoteBody(OrderLineBody[] Lines, OrderTotals Totals, TaxTotal[] Taxes, AppliedCouponBody? Coupon, AppliedPointsBody? Points, DateTimeOffset ReadyAt)
{
    public static QuoteBody Of(Quote quote) => new(
        [.. quote.Lines.Select(OrderLineBody.Of)], quote.Totals, TaxTotal.Of(quote.Lines, quote.Totals.TaxIncluded), AppliedCouponBody.Of(quote.Coupon), AppliedPointsBody.Of(quote.Points), quote.ReadyAt);
}

/// <summary>The coupon an order is placed with.</summary>
/// <param name="Saved">What the customer pays less.</param>
internal sealed record AppliedCouponBody(string Code, Money Saved)
{
    public static AppliedCouponBody? Of(AppliedCoupon? coupon) => coupon is null ? null : new(coupon.Code, coupon.Saved);
}

/// <summary>The points that a part of an order is paid with.</summary>
/// <param name="Saved">What the customer pays less.</param>
internal sealed record AppliedPointsBody(long Points, Money Saved)
{
    public static AppliedPointsBody? Of(AppliedPoints? points) => points is null ? null : new(points.Points, points.Saved);
}
