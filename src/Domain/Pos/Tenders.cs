namespace Mainstreet.Domain.Pos;

public enum TenderMethod
{
    Cash,

    /// <summary>By a terminal that is not part of this product.</summary>
    Card,

    /// <summary>By phone, such as a scanned code.</summary>
    Wallet,

    Transfer,

    Voucher,
}

/// <summary>What somebody hands over.</summary>
/// <param name="Reference">What the terminal or the other side calls it; of a card it is needed.</param>
public sealed record Tender(TenderMethod Method, Money Amount, string? Reference = null);

/// <summary>What of it counts: the change was given back.</summary>
public sealed record SalePayment(TenderMethod Method, Money Amount, Money? Change, string? Reference);

/// <summary>Payments in one go, split over several ways to pay.</summary>
public static class Tenders
{
    public const int Max = 20;

    /// <summary>
    /// Only cash is given change for. Rejects <c>overpaid</c>, <c>reference_required</c>, <c>amount_out_of_range</c> and <c>currency_mismatch</c>.
    /// </summary>
    public static SalePayment[] For(Money due, IReadOnlyList<Tender> tenders)
    {
        foreach (var tender in tenders)
        {
            Check.That(tender.Amount.Currency == due.Currency, PosErrors.OtherCurrency(due.Currency));
            Check.That(tender.Amount.Amount is > 0 and <= Money.MaxAmount, PosErrors.AmountOutOfRange);
            Check.That(tender.Method != TenderMethod.Card || !string.IsNullOrWhiteSpace(tender.Reference), PosErrors.ReferenceRequired);
        }

        var change = Sum(due.Currency, tenders.Select(tender => tender.Amount)) - due;
        var payments = new List<SalePayment>();
        foreach (var tender in tenders.Reverse())
        {
            var back = tender.Method == TenderMethod.Cash ? Math.Clamp(change.Amount, 0, tender.Amount.Amount) : 0;
            change -= new Money(back, due.Currency);
            var counts = tender.Amount - new Money(back, due.Currency);
            Check.That(counts.Amount > 0, PosErrors.Overpaid);
            payments.Add(new(tender.Method, counts, back == 0 ? null : new Money(back, due.Currency), tender.Reference));
        }

        Check.That(change.Amount <= 0, PosErrors.Overpaid);
        payments.Reverse();
        return [.. payments];
    }

    internal static Money Sum(string currency, IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero(currency), (sum, amount) => sum + amount);

    internal static Money Paid(string currency, IEnumerable<SalePayment> payments) => Sum(currency, payments.Select(payment => payment.Amount));
}
