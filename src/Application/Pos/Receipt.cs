using System.Globalization;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Pos;

namespace Mainstreet.Application.Pos;

public enum ReceiptStyle
{
    Title,
    Plain,

    /// <summary>What counts most: the total.</summary>
    Strong,

    /// <summary>A line across.</summary>
    Rule,

    /// <summary>A QR code of the text, by which a till finds the sale again.</summary>
    Code,
}

/// <param name="Amount">At the right end of the line.</param>
public sealed record ReceiptLine(ReceiptStyle Style, string Text, string? Amount = null);

/// <summary>A receipt as lines, from which every form of it is made (POS-04).</summary>
/// <param name="Currency">Of all amounts.</param>
/// <param name="Language">Of its words, such as he.</param>
public sealed record Receipt(string Number, string Currency, string Language, IReadOnlyList<ReceiptLine> Lines)
{
    internal static Receipt Of(SaleView sale, string register, BusinessDetails business, string timezone, ReceiptWords words) => new(
        sale.Number, sale.Total.Currency, words.Language,
        [.. Head(sale, register, business, timezone, words), .. Goods(sale, words), .. Sums(sale, words), .. Foot(sale, words)]);

    private static IEnumerable<ReceiptLine> Head(SaleView sale, string register, BusinessDetails business, string timezone, ReceiptWords words)
    {
        yield return new(ReceiptStyle.Title, business.Name);
        if (business.Address is { } address)
        {
            yield return Plain(address.Line);
            yield return Plain(string.Join(' ', new[] { address.PostalCode, address.City }.OfType<string>()));
        }

        if (business.TaxNumber is { } tax)
        {
            yield return Plain($"{words.TaxNumber} {tax}");
        }

        var sold = TimeZoneInfo.ConvertTime(sale.SoldAt, TimeZoneInfo.FindSystemTimeZoneById(timezone));
        yield return Plain($"{words.Receipt} {sale.Number}", sold.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        yield return Plain(register);
        yield return Rule;
    }

    private static IEnumerable<ReceiptLine> Goods(SaleView sale, ReceiptWords words)
    {
        foreach (var line in sale.Lines)
        {
            yield return Plain(line.VariantName is { } variant ? $"{line.Name}, {variant}" : line.Name, Amount(line.Subtotal));
            foreach (var choice in line.Choices ?? [])
            {
                yield return Plain(Chosen(choice));
            }

            if (line.Quantity != 1)
            {
                yield return Plain($"  {line.Quantity.ToString("0.###", CultureInfo.InvariantCulture)} x {Amount(line.UnitPrice)}");
            }

            if (line.Discount.Amount != 0)
            {
                yield return Plain($"  {words.Discount}", Amount(-line.Discount));
            }
        }

        yield return Rule;
    }

    private static IEnumerable<ReceiptLine> Sums(SaleView sale, ReceiptWords words)
    {
        if (!sale.TaxIncluded)
        {
            yield return Plain(words.Net, Amount(sale.Total - sale.Tax));
        }

        var taxes = SaleLine.Taxes(sale.Lines, sale.TaxIncluded);
        foreach (var tax in taxes.Where(tax => taxes.Length > 1 || tax.Tax.Amount != 0)) // beside other rates, what is not taxed is named too
        {
            var rate = tax.RatePercent.ToString("0.###", CultureInfo.InvariantCulture);
            yield return Plain($"{(sale.TaxIncluded ? words.IncludedTax : words.Tax)} {rate}% {words.From} {Amount(tax.Net)}", Amount(tax.Tax));
        }

        yield return new(ReceiptStyle.Strong, $"{words.Total} {sale.Total.Currency}", Amount(sale.Total));
        foreach (var payment in sale.Payments)
        {
            var method = words.Of(payment.Method);
            yield return Plain(payment.Reference is { } reference ? $"{method} {reference}" : method, Amount(payment.Amount + (payment.Change ?? Money.Zero(payment.Amount.Currency))));
            if (payment.Change is { } change)
            {
                yield return Plain(words.Change, Amount(-change));
            }
        }

        if (sale.Due.Amount != 0)
        {
            yield return new(ReceiptStyle.Strong, words.ToBePaid, Amount(sale.Due));
        }
    }

    private static IEnumerable<ReceiptLine> Foot(SaleView sale, ReceiptWords words)
    {
        foreach (var back in sale.Returns)
        {
            yield return Plain($"{words.Returned} {back.Number}", Amount(-back.Total));
        }

        if (sale.Status == SaleStatus.Voided)
        {
            yield return new(ReceiptStyle.Strong, words.Void);
        }

        if (sale.Note is { } note)
        {
            yield return Plain(note);
        }

        yield return new(ReceiptStyle.Code, $"urn:uuid:{sale.SaleId}");
    }

    /// <summary>With its price, which is in that of the goods above, and so not among the amounts.</summary>
    private static string Chosen(LineChoice choice)
    {
        var (times, price) = (choice.Quantity == 1 ? "" : $"{choice.Quantity} x ", choice.Price.Amount == 0 ? "" : $" ({Amount(choice.Price * choice.Quantity)})");
        return $"  {choice.Group}: {times}{choice.Name}{price}";
    }

    private static ReceiptLine Rule => new(ReceiptStyle.Rule, "");

    private static ReceiptLine Plain(string text, string? amount = null) => new(ReceiptStyle.Plain, text, amount);

    private static string Amount(Money money)
    {
        var digits = Currencies.DigitsOf(money.Currency);
        return (money.Amount / (decimal)Math.Pow(10, digits)).ToString($"F{digits}", CultureInfo.InvariantCulture);
    }
}
