namespace Mainstreet.Domain.Pos;

/// <summary>How much goes back in which way: no card gets more back than it was charged.</summary>
internal sealed class Refunding(SalePayment[] payments, SalePayment[] earlier, Money refund)
{
    /// <summary>Rejects <c>refund_mismatch</c> and <c>refund_above_payment</c>.</summary>
    /// <param name="tenders">Null: the way it was paid, the last payment first.</param>
    public SalePayment[] By(IReadOnlyList<Tender>? tenders) => tenders is null ? AsPaid() : AsTold(tenders);

    private SalePayment[] AsPaid()
    {
        var (refunds, rest) = (new List<SalePayment>(), refund);
        foreach (var method in payments.Reverse().Select(payment => payment.Method).Distinct())
        {
            var amount = new Money(Math.Min(rest.Amount, Left(method).Amount), rest.Currency);
            if (amount.Amount > 0)
            {
                refunds.Add(new(method, amount, null, payments.Last(payment => payment.Method == method).Reference));
                rest -= amount;
            }
        }

        return rest.Amount == 0 ? [.. refunds] : [.. refunds, new(TenderMethod.Cash, rest, null, null)]; // what a card cannot get back any more
    }

    private SalePayment[] AsTold(IReadOnlyList<Tender> tenders)
    {
        Check.That(tenders.All(tender => tender.Amount.Currency == refund.Currency), PosErrors.OtherCurrency(refund.Currency));
        Check.That(tenders.All(tender => tender.Amount.Amount is > 0 and <= Money.MaxAmount), PosErrors.AmountOutOfRange);
        Check.That(Tenders.Sum(refund.Currency, tenders.Select(tender => tender.Amount)) == refund, PosErrors.RefundMismatch(refund));
        foreach (var same in tenders.Where(tender => tender.Method != TenderMethod.Cash).GroupBy(tender => tender.Method))
        {
            var left = Left(same.Key);
            Check.That(same.Sum(tender => tender.Amount.Amount) <= left.Amount, PosErrors.RefundAbovePayment(same.Key, left));
        }

        return [.. tenders.Select(tender => new SalePayment(tender.Method, tender.Amount, null, tender.Reference))];
    }

    private Money Left(TenderMethod method) => Of(payments, method) - Of(earlier, method);

    private Money Of(SalePayment[] all, TenderMethod method) => Tenders.Paid(refund.Currency, all.Where(payment => payment.Method == method));
}
