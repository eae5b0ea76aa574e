using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;

namespace Mainstreet.Application.Pos;

/// <summary>What somebody rings up. An id of the till's own makes it the same sale, however often it is sent.</summary>
/// <param name="ExpectedTotal">What the customer was told.</param>
/// <param name="PayLater">What is not paid may be paid afterwards.</param>
public sealed record TillSale(
    string? ClientId,
    RegisterSessionId SessionId,
    OrderChannel Channel,
    CustomerId? CustomerId,
    IReadOnlyList<TillLine> Lines,
    Money? Discount,
    string? DiscountReason,
    IReadOnlyList<Tender> Payments,
    bool PayLater,
    Money? ExpectedTotal,
    string? Note)
{
    public const int MaxClientId = 100;

    /// <summary>Everything but the prices, which the lane knows. Errors name the place within the sale.</summary>
    internal void CheckShape()
    {
        Check.That(ClientId is null || Check.IsText(ClientId, MaxClientId), TillErrors.Invalid("/client_id", $"The id of a client is 1 to {MaxClientId} characters."));
        Check.That(Lines.Count is > 0 and <= SaleLine.MaxLines, TillErrors.Invalid("/lines", $"A sale has 1 to {SaleLine.MaxLines} lines."));
        Check.That(Payments.Count <= Tenders.Max, TillErrors.Invalid("/payments", $"A sale has at most {Tenders.Max} payments."));
        CheckText("/note", Note);
        CheckText("/discount_reason", DiscountReason);
        CheckAmount("/discount", Discount, least: 0);
        foreach (var (i, line) in Lines.Index())
        {
            Check.That(Quantities.IsPositive(line.Quantity), TillErrors.Rule($"/lines/{i}/quantity", "invalid_quantity", $"A quantity is above 0, at most {Quantities.Max} and has at most 3 decimals."));
            Check.That(line.TaxRatePercent is null or (>= 0 and <= 100), TillErrors.Rule($"/lines/{i}/tax_rate_percent", "tax_rate_invalid", "A tax rate is 0 to 100 percent."));
            CheckAmount($"/lines/{i}/unit_price", line.UnitPrice, least: 0);
            CheckAmount($"/lines/{i}/discount", line.Discount, least: 0);
            CheckText($"/lines/{i}/reason", line.Reason);
            CheckChoices($"/lines/{i}/choices", line.Choices);
        }

        foreach (var (i, payment) in Payments.Index())
        {
            CheckAmount($"/payments/{i}/amount", payment.Amount, least: 1);
            CheckText($"/payments/{i}/reference", payment.Reference);
        }
    }

    internal void CheckCurrency(string currency)
    {
        var amounts = new[] { ("/discount", Discount), ("/expected_total", ExpectedTotal) }
            .Concat(Lines.Index().SelectMany(line => new[] { ($"/lines/{line.Index}/unit_price", line.Item.UnitPrice), ($"/lines/{line.Index}/discount", line.Item.Discount) }
                .Concat(line.Item.Choices.Index().Select(choice => ($"/lines/{line.Index}/choices/{choice.Index}/price", choice.Item.Told?.Price)))))
            .Concat(Payments.Index().Select(payment => ($"/payments/{payment.Index}/amount", (Money?)payment.Item.Amount)));
        foreach (var (place, amount) in amounts)
        {
            Check.That(amount is null || amount.Value.Currency == currency, PosErrors.OtherCurrency(currency) with { Place = $"{place}/currency" });
        }
    }

    private static void CheckChoices(string place, IReadOnlyList<TillChoice> choices)
    {
        Check.That(choices.Count <= ChosenOption.Max, TillErrors.Invalid(place, $"At most {ChosenOption.Max} choices are made with a line."));
        foreach (var (i, choice) in choices.Index().Where(choice => choice.Item.Told is not null))
        {
            Check.That(choice.Quantity is >= 1 and <= OptionGroup.MaxSelections, TillErrors.Invalid($"{place}/{i}/quantity", $"A choice is taken 1 to {OptionGroup.MaxSelections} times."));
            Check.That(Check.IsText(choice.Told!.Group, 200), TillErrors.Invalid($"{place}/{i}/group", "A name has 1 to 200 characters."));
            Check.That(Check.IsText(choice.Told.Name, 200), TillErrors.Invalid($"{place}/{i}/name", "A name has 1 to 200 characters."));
            CheckAmount($"{place}/{i}/price", choice.Told.Price, least: 0);
        }

        // as a decimal, which cannot overflow here
        Check.That(choices.Sum(choice => (decimal)(choice.Told?.Price.Amount ?? 0) * choice.Quantity) <= Money.MaxAmount, PosErrors.AmountOutOfRange with { Place = place });
    }

    private static void CheckText(string place, string? text) =>
        Check.That(Check.IsOptionalText(text, PosErrors.MaxReason), TillErrors.Invalid(place, $"This is at most {PosErrors.MaxReason} characters."));

    private static void CheckAmount(string place, Money? amount, long least) =>
        Check.That(amount is null || (amount.Value.Amount >= least && amount.Value.Amount <= Money.MaxAmount), PosErrors.AmountOutOfRange with { Place = $"{place}/amount" });
}

/// <param name="UnitPrice">With what is chosen; null: what the catalogue asks.</param>
/// <param name="TaxRatePercent">What the till counted with while it was offline; null: what the business would.</param>
/// <param name="Reason">Why it is sold for less, or for more.</param>
/// <param name="Choices">With each one, of the product's option groups.</param>
public sealed record TillLine(
    VariantId VariantId, decimal Quantity, Money? UnitPrice, Money? Discount, decimal? TaxRatePercent, string? Reason, IReadOnlyList<TillChoice> Choices);

/// <param name="Told">As a till called and priced it while it was offline; null: it could ask.</param>
public sealed record TillChoice(ChoiceId ChoiceId, int Quantity, ToldChoice? Told);

/// <param name="Price">Of one.</param>
public sealed record ToldChoice(string Group, string Name, Money Price);

/// <summary>Why a sale is refused, with the place in it.</summary>
internal static class TillErrors
{
    public static readonly DomainError SessionUnknown = DomainError.NotFound("register session") with { Place = "/session_id" };

    public static readonly DomainError CustomerUnknown = DomainError.NotFound("customer") with { Place = "/customer_id" };

    public static DomainError AlreadyRungUp(Sale sale) => DomainError.AlreadyExists("sale") with
    {
        Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["sale_id"] = sale.Id.Value, ["number"] = sale.Number },
    };

    public static DomainError NotAvailable(int line) => Rule($"/lines/{line}/variant_id", "not_available", "It is not sold.");

    public static DomainError ReasonRequired(string place) => PosErrors.ReasonRequired with { Place = place };

    public static DomainError OverrideNotAllowed(string place) =>
        new("override_not_allowed", "Another price and a discount take the permission sales:override.", ErrorKind.Forbidden) { Place = place };

    public static DomainError Invalid(string place, string message) => new("validation_failed", message, ErrorKind.Invalid) { Place = place };

    public static DomainError Rule(string place, string code, string message) => new(code, message) { Place = place };

    public static DomainError PriceChanged(SaleTotals totals) => Rule("/expected_total", "price_changed", "The total is not the expected one.") with
    {
        Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["totals"] = totals },
    };
}
