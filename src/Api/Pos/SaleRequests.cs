using Mainstreet.Api.Orders;
using Mainstreet.Application.Pos;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;

namespace Mainstreet.Api.Pos;

/// <param name="SessionId">The open session of the till.</param>
/// <param name="Payments">All together make up the total, unless the rest is paid later. Cash may be more: the rest is change.</param>
/// <param name="Discount">On the whole sale, spread over its lines. It takes the permission sales:override, and a reason.</param>
/// <param name="PayLater">What is not paid may be paid afterwards.</param>
/// <param name="ExpectedTotal">What the customer was told: at another total nothing is sold, but answered with <c>price_changed</c>.</param>
/// <param name="ClientId">What the till calls the sale: it is rung up once, offline or not.</param>
/// <param name="Note">For whoever reads the receipt; not for what people keep to themselves.</param>
internal sealed record RingUpSaleRequest(
    Guid SessionId,
    SaleLineRequest[] Lines,
    TenderRequest[] Payments,
    OrderChannel Channel = OrderChannel.WalkIn,
    Guid? CustomerId = null,
    Money? Discount = null,
    string? DiscountReason = null,
    bool PayLater = false,
    Money? ExpectedTotal = null,
    string? ClientId = null,
    string? Note = null)
{
    public TillSale ToSale() => new(
        ClientId, new(SessionId), Channel, CustomerId is { } customer ? new CustomerId(customer) : null,
        [.. Lines.Select(line => new TillLine(new(line.VariantId), line.Quantity, line.UnitPrice, line.Discount, TaxRatePercent: null, line.Reason, line.ToChoices()))],
        Discount, DiscountReason,
        [.. Payments.Select(payment => payment.ToTender())], PayLater, ExpectedTotal, Note);
}

/// <param name="UnitPrice">With what is chosen; left out: what the catalogue asks. Another price and a discount take the permission sales:override, and a reason.</param>
/// <param name="Choices">With each one, of the product's option groups, each named once.</param>
internal sealed record SaleLineRequest(
    Guid VariantId, decimal Quantity, Money? UnitPrice = null, Money? Discount = null, string? Reason = null, ChoiceRequest[]? Choices = null)
{
    public TillChoice[] ToChoices() => [.. (Choices ?? []).Select(choice => new TillChoice(new(choice.ChoiceId), choice.Quantity, Told: null))];
}

/// <param name="Amount">What was handed over.</param>
/// <param name="Reference">What the terminal or the other side calls it; needed of a card.</param>
internal sealed record TenderRequest(TenderMethod Method, Money Amount, string? Reference = null)
{
    public Tender ToTender() => new(Method, Amount, Reference);
}

/// <param name="SessionId">The open session in which the money is taken.</param>
internal sealed record PaySaleRequest(Guid SessionId, TenderRequest[] Payments);

/// <param name="SessionId">That in which it was rung up.</param>
internal sealed record VoidSaleRequest(Guid SessionId, string Reason);

/// <param name="SessionId">The open session in which the goods come back.</param>
/// <param name="Refunds">Exactly what is to be refunded; left out: the way it was paid, the last payment first.</param>
internal sealed record ReturnGoodsRequest(Guid SessionId, ReturnLineRequest[] Lines, TenderRequest[]? Refunds = null, string? Reason = null);

/// <param name="LineNo">Of the sale.</param>
/// <param name="Restock">False: the goods are not put on the shelf again.</param>
internal sealed record ReturnLineRequest(int LineNo, decimal Quantity, bool Restock = true);
