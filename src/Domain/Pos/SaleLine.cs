using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Domain.Pos;

/// <summary>Goods on the counter, with the price at which they are sold.</summary>
/// <param name="ListPrice">What the catalogue asks; null where that is what they are sold for.</param>
/// <param name="Reason">Why they are sold for something else.</param>
/// <param name="Choices">What was chosen with each one; null: nothing was.</param>
public sealed record SaleItem(
    ProductId ProductId, VariantId VariantId, string Name, string? VariantName, decimal Quantity, Money UnitPrice, Money? ListPrice, Money Discount,
    Taxation Taxation, string? Reason, LineChoice[]? Choices = null);

/// <summary>What was sold, as it was named, priced and taxed at that time (POS-02).</summary>
/// <param name="Subtotal">Unit price times quantity.</param>
/// <param name="Discount">The line's own, and its part of the sale's.</param>
/// <param name="Tax">On what is left; part of it, or on top: see <see cref="SaleTotals"/>.</param>
/// <param name="Choices">What was chosen with each one, whose prices are in the unit price; null: nothing was.</param>
public sealed record SaleLine(
    int LineNo,
    ProductId ProductId,
    VariantId VariantId,
    string Name,
    string? VariantName,
    decimal Quantity,
    Money UnitPrice,
    Money? ListPrice,
    Money Subtotal,
    Money Discount,
    decimal TaxRatePercent,
    Money Tax,
    string? Reason,
    LineChoice[]? Choices = null)
{
    public const int MaxLines = 100;

    /// <summary>
    /// Spreads the sale's discount over the lines by what they cost, to the last cent, so that each line says what is refunded
    /// for it. Rejects <c>line_count</c>, <c>invalid_quantity</c>, <c>amount_out_of_range</c> and <c>discount_exceeds_price</c>.
    /// </summary>
    public static SaleLine[] Priced(IReadOnlyList<SaleItem> items, Money discount)
    {
        Check.That(items.Count is > 0 and <= MaxLines, OrderErrors.LineCount(items.Count));
        var lines = items.Select((item, i) => Priced(item, i + 1)).ToArray();
        var costs = Tenders.Sum(discount.Currency, lines.Select(line => line.Net));
        Check.That(discount.Amount >= 0, PosErrors.AmountOutOfRange);
        Check.That(discount.Amount <= costs.Amount, PosErrors.DiscountExceedsPrice);
        var parts = discount.Spread([.. lines.Select(line => line.Net.Amount)]);
        return [.. lines.Select((line, i) => line.Less(parts[i], items[i].Taxation))];
    }

    /// <summary>What lines take from stock, per variant.</summary>
    public static IEnumerable<(VariantId VariantId, decimal Quantity)> Demand(IEnumerable<SaleLine> lines) =>
        lines.GroupBy(line => line.VariantId, (variant, same) => (variant, same.Sum(line => line.Quantity)));

    /// <summary>What lines are taxed, by rate.</summary>
    public static TaxTotal[] Taxes(IEnumerable<SaleLine> lines, bool taxIncluded) =>
        TaxTotal.Sum(lines.Select(line => TaxTotal.Of(line.TaxRatePercent, line.Net, line.Tax, taxIncluded)));

    /// <summary>What is left of the price after discounts.</summary>
    internal Money Net => Subtotal - Discount;

    /// <summary>The part of an amount that falls on a quantity, when so much of the line was told before: all parts add up to the amount.</summary>
    internal Money Part(Money amount, decimal before, decimal quantity) => (amount * ((before + quantity) / Quantity)) - (amount * (before / Quantity));

    private static SaleLine Priced(SaleItem item, int lineNo)
    {
        Check.That(Quantities.IsPositive(item.Quantity), OrderErrors.InvalidQuantity(lineNo, item.Quantity));
        Check.That(item.UnitPrice.Amount is >= 0 && item.UnitPrice.Amount * item.Quantity <= Money.MaxAmount, PosErrors.AmountOutOfRange);
        var subtotal = item.UnitPrice * item.Quantity;
        Check.That(item.Discount.Amount >= 0, PosErrors.AmountOutOfRange);
        Check.That(item.Discount.Amount <= subtotal.Amount, PosErrors.DiscountExceedsPrice);
        return new(
            lineNo, item.ProductId, item.VariantId, item.Name, item.VariantName, item.Quantity, item.UnitPrice, item.ListPrice, subtotal, item.Discount,
            item.Taxation.RatePercent, Money.Zero(subtotal.Currency), item.Reason, item.Choices);
    }

    private SaleLine Less(Money discount, Taxation taxation) => this with { Discount = Discount + discount, Tax = taxation.On(Net - discount) };
}

/// <summary>Total = subtotal - discount, and the tax where prices do not include it.</summary>
public sealed record SaleTotals(Money Subtotal, Money Discount, Money Tax, bool TaxIncluded, Money Total)
{
    /// <summary>Rejects <c>amount_out_of_range</c>.</summary>
    public static SaleTotals Of(IReadOnlyCollection<SaleLine> lines, bool taxIncluded)
    {
        var currency = lines.First().Subtotal.Currency;
        var subtotal = Tenders.Sum(currency, lines.Select(line => line.Subtotal));
        var discount = Tenders.Sum(currency, lines.Select(line => line.Discount));
        var tax = Tenders.Sum(currency, lines.Select(line => line.Tax));
        var total = subtotal - discount + (taxIncluded ? Money.Zero(currency) : tax);
        Check.That(new[] { subtotal, tax, total }.All(amount => amount.Amount <= Money.MaxAmount), PosErrors.AmountOutOfRange);
        return new(subtotal, discount, tax, taxIncluded, total);
    }
}
