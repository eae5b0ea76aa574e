namespace Mainstreet.Domain.Orders;

/// <summary>What was taxed at a rate, without the tax, and the tax. All rates together are the lines', to the last minor unit.</summary>
public sealed record TaxTotal(decimal RatePercent, Money Net, Money Tax)
{
    /// <summary>One for each rate, the lowest first.</summary>
    public static TaxTotal[] Sum(IEnumerable<TaxTotal> totals) =>
    [
        .. totals.GroupBy(total => total.RatePercent, (rate, same) => same.Aggregate((sum, next) => new(rate, sum.Net + next.Net, sum.Tax + next.Tax)))
            .OrderBy(total => total.RatePercent),
    ];

    /// <param name="lines">As they were ordered, discounts taken off.</param>
    /// <param name="taxIncluded">What they cost has their tax in it.</param>
    public static TaxTotal[] Of(IEnumerable<OrderLine> lines, bool taxIncluded) =>
        Sum(lines.Select(line => Of(line.TaxRatePercent, line.Net, line.Tax, taxIncluded)));

    internal static TaxTotal Of(decimal ratePercent, Money costs, Money tax, bool taxIncluded) => new(ratePercent, taxIncluded ? costs - tax : costs, tax);
}
