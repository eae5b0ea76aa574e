using Mainstreet.Domain.Orders;

namespace Mainstreet.Domain.Pos;

/// <summary>What happened at a till in one session, added up: its X report while it is open, its Z report afterwards (POS-06).</summary>
/// <param name="FirstNumber">Of the receipts of the session; null before the first.</param>
public sealed record SessionTotals(
    int Sales,
    Money Sold,
    Money Discounts,
    int Voids,
    Money Voided,
    int Returns,
    Money Returned,
    MethodTotal[] Payments,
    MethodTotal[] Refunds,
    TaxTotal[] Taxes,
    string? FirstNumber,
    string? LastNumber,
    Money CashIn,
    Money CashOut)
{
    public static SessionTotals None(string currency)
    {
        var zero = Money.Zero(currency);
        return new(0, zero, zero, 0, zero, 0, zero, [], [], [], null, null, zero, zero);
    }

    /// <summary>Sold, less what was voided and returned.</summary>
    public Money Net => Sold - Voided - Returned;

    internal Money Cash => CashIn - CashOut + Of(Payments) - Of(Refunds);

    internal SessionTotals With(SaleEntered entry) => entry.Kind switch
    {
        SessionEntry.Sale => Taxed(entry) with
        {
            Sales = Sales + 1,
            Sold = Sold + entry.Total,
            Discounts = Discounts + entry.Discount,
            Payments = With(Payments, entry.Payments),
            FirstNumber = FirstNumber ?? entry.Number,
            LastNumber = entry.Number,
        },
        SessionEntry.Payment => this with { Payments = With(Payments, entry.Payments) },
        SessionEntry.Void => Taxed(entry) with { Voids = Voids + 1, Voided = Voided + entry.Total, Refunds = With(Refunds, entry.Payments) },
        SessionEntry.Return => Taxed(entry) with
        {
            Returns = Returns + 1,
            Returned = Returned + entry.Total,
            Refunds = With(Refunds, entry.Payments),
            FirstNumber = FirstNumber ?? entry.Number,
            LastNumber = entry.Number,
        },
    };

    private SessionTotals Taxed(SaleEntered entry) => this with { Taxes = TaxTotal.Sum([.. Taxes, .. entry.Taxes]) };

    private static MethodTotal[] With(MethodTotal[] totals, SalePayment[] payments) =>
    [
        .. totals.Concat(payments.Select(payment => new MethodTotal(payment.Method, 1, payment.Amount)))
            .GroupBy(total => total.Method, (method, same) => same.Aggregate((sum, next) => new(method, sum.Count + next.Count, sum.Amount + next.Amount)))
            .OrderBy(total => total.Method),
    ];

    private Money Of(MethodTotal[] totals) => Array.Find(totals, total => total.Method == TenderMethod.Cash)?.Amount ?? Money.Zero(Sold.Currency);
}

public sealed record MethodTotal(TenderMethod Method, int Count, Money Amount);
