using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Stock;

/// <summary>What the goods that are there cost (STK-06), by the weighted average of each variant, also of those that are sold no more.</summary>
/// <param name="Location">Of what is there; null: of all locations together.</param>
public sealed record GetStockValuation(LocationId? Location) : IRequest<StockValuation>;

/// <param name="Value">In minor units of the currency. No category counts for more than an amount may be: a cost in it is mistyped.</param>
/// <param name="Variants">Of how many there is something, with those whose cost is not known.</param>
/// <param name="WithoutCost">How many of them count for nothing, because no receipt has named a cost.</param>
/// <param name="ByCategory">The highest value first; goods without a category have no id.</param>
/// <param name="AsOf">When the numbers were read, by the business's clock.</param>
public sealed record StockValuation(string Currency, long Value, int Variants, int WithoutCost, IReadOnlyList<CategoryValuation> ByCategory, DateTimeOffset AsOf);

public sealed record CategoryValuation(CategoryId? CategoryId, string? Name, long Value, int Variants, int WithoutCost);

internal sealed class GetStockValuationHandler(IReadStore reads, TimeProvider clock) : IRequestHandler<GetStockValuation, StockValuation>
{
    /// <summary>
    /// What is owed is worth nothing, and what each variant is worth at all locations together is rounded, so that the parts add up and a transfer changes nothing.
    /// </summary>
    private static string Sql(LocationId? location) => $"""
        select c.id as category_id, c.name, least(coalesce(sum(s.value), 0), @most)::bigint as value, count(*)::int as variants,
               (count(*) filter (where s.without_cost))::int as without_cost
          from (select s.variant_id, round(sum(s.on_hand * s.unit_cost)) as value, bool_or(s.unit_cost is null) as without_cost
                  from rm.stock_levels s
                 where s.policy <> 'untracked' and s.on_hand > 0 and (s.cost_currency is null or s.cost_currency = @currency)
                   {StockLocations.Filter("s", location)}
                 group by s.variant_id) s
          left join rm.product_variants v on v.variant_id = s.variant_id
          left join rm.products p on p.id = v.product_id
          left join rm.categories c on c.id = p.category_id
         group by c.id, c.name
         order by 3 desc, c.name, c.id
        """;

    public async Task<StockValuation> Handle(GetStockValuation query, CancellationToken cancellationToken)
    {
        var business = await reads.Find<Books>("select currency from rm.business_profile", null, cancellationToken)
            ?? throw new DomainException(DomainError.NotFound("business"));
        var parts = await reads.List<CategoryValuation>(Sql(query.Location), new { business.Currency, query.Location, Most = Money.MaxAmount }, cancellationToken);
        return new(
            business.Currency, parts.Sum(part => part.Value), parts.Sum(part => part.Variants), parts.Sum(part => part.WithoutCost), parts, clock.GetUtcNow());
    }

    private sealed record Books(string Currency);
}
