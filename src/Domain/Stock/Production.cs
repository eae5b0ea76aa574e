namespace Mainstreet.Domain.Stock;

/// <summary>
/// Goods that become others in one commit (STK-05), such as flour and yeast that become bread. What was made cost what went in, to the minor unit:
/// a production changes how many there are, and not what the stock is worth, as long as what goes in is there.
/// </summary>
public static class Production
{
    /// <summary>How much more of the cost one piece may carry than one of another.</summary>
    public const decimal MaxWeight = 1_000;

    /// <summary>
    /// What went in; null when that of something is not known. What is untracked costs nothing here, such as water. Rejects <c>cost_too_high</c>.
    /// </summary>
    public static Money? CostOf(IEnumerable<(StockItem Item, decimal Quantity)> inputs, string currency)
    {
        Money? sum = Money.Zero(currency);
        foreach (var (item, quantity) in inputs.Where(input => input.Item.Policy != StockPolicy.Untracked))
        {
            sum = item.CostOf(quantity) is { } cost && string.Equals(cost.Currency, currency, StringComparison.Ordinal) ? sum + cost : null;
        }

        Check.That(sum is null || sum.Value.Amount <= Money.MaxAmount, StockErrors.CostTooHigh);
        return sum;
    }

    /// <summary>What each of what was made cost: by its quantity, times its weight.</summary>
    /// <param name="outputs">Quantities and weights of at most 3 decimals; weights from 0 to <see cref="MaxWeight"/>, not all of them 0.</param>
    public static Money[] Spread(Money cost, IReadOnlyList<(decimal Quantity, decimal Weight)> outputs) =>
        cost.Spread([.. outputs.Select(output => (long)(output.Quantity * 1_000 * output.Weight * 1_000))]);
}
