using System.Text.Json.Serialization;
using Mainstreet.Domain.Catalog;

namespace Mainstreet.Domain.Orders;

/// <summary>
/// What was ordered, as it was named, priced and taxed at that time (ORD-04). <paramref name="Tax"/> is part of what the line costs
/// or comes on top, see <see cref="OrderTotals"/>. The note is the customer's own words.
/// </summary>
/// <param name="Discount">Off the subtotal: the line's part of what a coupon and points take off. Null: nothing is.</param>
/// <param name="Choices">What was chosen with each one, whose prices are in the unit price; null: nothing was.</param>
public sealed record OrderLine(
    int LineNo,
    ProductId ProductId,
    VariantId VariantId,
    string Name,
    string? VariantName,
    decimal Quantity,
    Money UnitPrice,
    Money Subtotal,
    decimal TaxRatePercent,
    Money Tax,
    [property: PersonalData] string? Note,
    Money? Discount = null,
    LineChoice[]? Choices = null)
{
    /// <summary>What the line costs: the subtotal without the discount.</summary>
    [JsonIgnore]
    public Money Net => Subtotal - Off;

    /// <summary>The discount, or zero.</summary>
    [JsonIgnore]
    public Money Off => Discount ?? Money.Zero(Subtotal.Currency);

    /// <summary>A line whose subtotal is unit price times quantity. Rejects <c>invalid_quantity</c> and <c>amount_out_of_range</c>.</summary>
    public static OrderLine Priced(
        int lineNo, ProductId product, VariantId variant, string name, string? variantName, decimal quantity, Money unitPrice,
        Taxation? taxation = null, string? note = null)
    {
        CheckPrice(lineNo, quantity, unitPrice);
        var (subtotal, taxed) = (unitPrice * quantity, taxation ?? Taxation.None);
        return new(lineNo, product, variant, name, variantName, quantity, unitPrice, subtotal, taxed.RatePercent, taxed.On(subtotal), note);
    }

    /// <summary>The same line for less, taxed on what is left.</summary>
    public OrderLine Less(Money discount, bool taxIncluded) =>
        discount.Amount == 0 ? this : this with { Discount = discount, Tax = new Taxation(TaxRatePercent, taxIncluded).On(Subtotal - discount) };

    /// <summary>Lines that have no discount yet, for less: what a coupon takes off each, then points by what is left of them.</summary>
    public static OrderLine[] Less(OrderLine[] lines, Money[]? coupon, Money? points, bool taxIncluded)
    {
        Money[] left = [.. lines.Select((line, i) => coupon is null ? line.Subtotal : line.Subtotal - coupon[i])];
        var redeemed = points?.Spread([.. left.Select(money => money.Amount)]);
        return [.. lines.Select((line, i) => line.Less(line.Subtotal - (redeemed is null ? left[i] : left[i] - redeemed[i]), taxIncluded))];
    }

    /// <summary>So much of the same at the same price, without any discount. Rejects as <see cref="Priced"/> does.</summary>
    public OrderLine Of(decimal quantity, bool taxIncluded) =>
        Priced(LineNo, ProductId, VariantId, Name, VariantName, quantity, UnitPrice, new(TaxRatePercent, taxIncluded), Note) with { Choices = Choices };

    /// <summary>What the lines take from stock. Lines that share a variant are one demand, so they cannot be promised the same goods (STK-04).</summary>
    public static IEnumerable<(VariantId VariantId, decimal Quantity)> Demand(IEnumerable<OrderLine> lines) =>
        lines.GroupBy(line => line.VariantId, (variant, same) => (variant, same.Sum(line => line.Quantity)));

    internal void Check()
    {
        CheckPrice(LineNo, Quantity, UnitPrice);
        if (Subtotal != UnitPrice * Quantity)
        {
            throw new DomainException(OrderErrors.TotalsMismatch($"Line {LineNo}", Subtotal, UnitPrice * Quantity));
        }
    }

    private static void CheckPrice(int lineNo, decimal quantity, Money unitPrice)
    {
        if (!Quantities.IsPositive(quantity))
        {
            throw new DomainException(OrderErrors.InvalidQuantity(lineNo, quantity));
        }

        // as a decimal, which cannot overflow here
        if (unitPrice.Amount < 0 || unitPrice.Amount * quantity > Money.MaxAmount)
        {
            throw new DomainException(OrderErrors.AmountOutOfRange($"Line {lineNo}"));
        }
    }
}

/// <summary>How goods are taxed: a rate of 19 means 19%. Where prices include the tax, it is named but not added (TEN-05).</summary>
public sealed record Taxation(decimal RatePercent, bool Included)
{
    public static readonly Taxation None = new(0, Included: true);

    public Money On(Money subtotal) => subtotal * (RatePercent / (Included ? 100 + RatePercent : 100));
}
