namespace Mainstreet.Domain;

/// <summary>An amount in minor units (cents) of an ISO 4217 currency. Requirement D19.</summary>
public readonly record struct Money(long Amount, string Currency)
{
    /// <summary>
    /// The most that a caller may name, in minor units: far above any sale, far below where sums overflow, and exact in a
    /// client's double.
    /// </summary>
    public const long MaxAmount = 1_000_000_000_000_000;

    public static Money Zero(string currency) => new(0, currency);

    public static Money operator +(Money left, Money right) => left with { Amount = checked(left.Amount + Same(left, right).Amount) };

    public static Money operator -(Money left, Money right) => left with { Amount = checked(left.Amount - Same(left, right).Amount) };

    public static Money operator -(Money money) => money with { Amount = checked(-money.Amount) };

    /// <summary>The price of a quantity, rounded half away from zero to the minor unit.</summary>
    public static Money operator *(Money price, decimal quantity) =>
        price with { Amount = checked((long)decimal.Round(price.Amount * quantity, 0, MidpointRounding.AwayFromZero)) };

    public override string ToString() => $"{Amount} {Currency}";

    private static Money Same(Money left, Money right) => string.Equals(left.Currency, right.Currency, StringComparison.Ordinal)
        ? right
        : throw new DomainException(new("currency_mismatch", $"{right.Currency} cannot be added to {left.Currency}."));
}
