namespace Mainstreet.Domain;

/// <summary>An amount in parts.</summary>
public static class Allocation
{
    /// <summary>
    /// Parts by weight that add up to the amount: each is rounded down, and what is left goes to the largest remainders, the first of equals first.
    /// Where the amount is at most the sum of the weights, no part is more than its weight; where all weights are zero, all parts are.
    /// </summary>
    /// <param name="amount">Not negative.</param>
    /// <param name="weights">None negative.</param>
    public static Money[] Spread(this Money amount, IReadOnlyList<long> weights)
    {
        var total = weights.Aggregate((Int128)0, (sum, weight) => sum + weight);
        if (total == 0)
        {
            return [.. weights.Select(_ => Money.Zero(amount.Currency))];
        }

        var shares = weights.Select(weight => Int128.DivRem((Int128)amount.Amount * weight, total)).ToArray();
        var left = amount.Amount - shares.Sum(share => (long)share.Quotient);
        var parts = shares.Select(share => amount with { Amount = (long)share.Quotient }).ToArray();
        foreach (var (index, _) in shares.Index().OrderByDescending(share => share.Item.Remainder).Take((int)left))
        {
            parts[index] += amount with { Amount = 1 };
        }

        return parts;
    }
}
