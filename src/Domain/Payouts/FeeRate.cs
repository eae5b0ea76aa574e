namespace Mainstreet.Domain.Payouts;

/// <summary>What the platform takes of a transaction (PAY-04): a part of it, and a fixed amount in the currencies that name one.</summary>
/// <param name="BasisPoints">Hundredths of a percent: 250 is 2.5%.</param>
/// <param name="Fixed">Per transaction, at most one per currency.</param>
public sealed record FeeRate(int BasisPoints, Money[] Fixed)
{
    public static readonly FeeRate None = new(0, []);

    private const int Whole = 10_000;

    public bool Equals(FeeRate? other) => other is not null && BasisPoints == other.BasisPoints && Fixed.SequenceEqual(other.Fixed);

    public override int GetHashCode() => HashCode.Combine(BasisPoints, Fixed.Length);

    public Money FixedIn(string currency) => Array.Find(Fixed, amount => amount.Currency == currency) is { Currency: not null } found ? found : Money.Zero(currency);

    /// <summary>Rounded half away from zero, as prices are, and never more than the base.</summary>
    /// <param name="amount">What the fee is taken of; not negative.</param>
    public Money Of(Money amount)
    {
        var fee = (amount * (BasisPoints / (decimal)Whole)) + FixedIn(amount.Currency);
        return fee.Amount <= amount.Amount ? fee : amount;
    }

    /// <summary>Rejects <c>fee_rate_invalid</c>.</summary>
    public void Validate() => Check.That(
        BasisPoints is >= 0 and <= Whole && Array.TrueForAll(Fixed, amount => Currencies.IsKnown(amount.Currency) && amount.Amount is >= 0 and <= Money.MaxAmount)
        && Fixed.DistinctBy(amount => amount.Currency, StringComparer.Ordinal).Count() == Fixed.Length,
        PayoutErrors.RateInvalid);
}
