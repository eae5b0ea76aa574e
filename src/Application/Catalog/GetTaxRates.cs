using Mainstreet.Application.Businesses;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>At what the business's goods are taxed now. Errors: not_found (404) where there is no business.</summary>
public sealed record GetTaxRates : IRequest<TaxRates>;

/// <param name="RatePercent">The business's, for what has no other.</param>
public sealed record TaxRates(decimal RatePercent, bool PricesIncludeTax, IReadOnlyList<CategoryTaxRate> Categories);

/// <param name="RatePercent">That holds for it.</param>
/// <param name="OwnRatePercent">Null: it has none of its own.</param>
public sealed record CategoryTaxRate(CategoryId CategoryId, string Name, decimal RatePercent, decimal? OwnRatePercent);

internal sealed class GetTaxRatesHandler(IReadStore reads) : IRequestHandler<GetTaxRates, TaxRates>
{
    public async Task<TaxRates> Handle(GetTaxRates query, CancellationToken cancellationToken)
    {
        var settings = (await reads.Find<BusinessProfileView>("select * from rm.business_profile", null, cancellationToken))?.Settings
            ?? throw new DomainException(DomainError.NotFound("business"));
        var categories = await reads.List<CategoryView>("select * from rm.categories order by display_order, search_text, id", null, cancellationToken);
        var rates = new CategoryTree(categories.Select(category => category.State!)).Rates().ToDictionary(rate => rate.CategoryId, rate => rate.RatePercent);
        return new(settings.TaxRatePercent, settings.PricesIncludeTax,
            [.. categories.Select(category => new CategoryTaxRate(
                category.Id, category.Name, rates.GetValueOrDefault(category.Id, settings.TaxRatePercent), category.TaxRatePercent))]);
    }
}
